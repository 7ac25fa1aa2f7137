#include "api/tasks.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <boost/json/serialize.hpp>

#include "base/check.h"

namespace entente::api {
namespace {

// Often enough to be seen moving, seldom enough not to be the work.
constexpr auto kBetweenWords = std::chrono::milliseconds(200);
constexpr std::size_t kMostFinished = 50;

}  // namespace

struct Tasks::Task : TaskHandle {
    Task(Tasks& all, std::uint64_t number, Wanted asked) : owner(all), id(number), wanted(std::move(asked)) {}

    void tell(double how_far, const std::string& line) override {
        json::object said;
        {
            const std::lock_guard lock(owner.lock_);
            share = std::clamp(how_far, 0.0, 1.0), words = line;
            const auto now = std::chrono::steady_clock::now();
            if (now - told < kBetweenWords) return;
            told = now;
            said = owner.describe(*this, false);
        }
        owner.topics_.publish("task", json::serialize(said));
    }
    bool stopped() const override { return asked_to_stop; }
    const std::string& name() const override { return wanted.name; }

    Tasks& owner;
    std::uint64_t id;
    Wanted wanted;
    std::string words;
    double share = 0;
    std::atomic<bool> asked_to_stop = false;
    std::optional<Result<json::object>> result;
    std::chrono::steady_clock::time_point told{};
    std::thread thread;
};

Tasks::Tasks(http::EventTopics& topics) : topics_(topics) {}

Tasks::~Tasks() {
    stop_all();
    for (auto& [id, task] : tasks_)
        if (task->thread.joinable()) task->thread.join();
}

void Tasks::stop_all() {
    const std::lock_guard lock(lock_);
    ended_ = true;
    for (auto& [id, task] : tasks_) task->asked_to_stop = true;
}

json::object Tasks::describe(const Task& task, bool with_result) const {
    json::object out{
        {"id", std::to_string(task.id)},
        {"what", task.wanted.name},
        {"share", task.share},
        {"words", task.words}};
    if (!task.result) {
        out["state"] = task.asked_to_stop ? "stopping" : "running";
        return out;
    }
    if (*task.result) {
        out["state"] = "done";
        if (with_result) out["result"] = **task.result;
        return out;
    }
    const auto& error = task.result->error();
    out["state"] = task.asked_to_stop ? "stopped" : "failed";
    json::object problem{
        {"title", task.asked_to_stop ? "Stopped" : "Failed"},
        {"status", error.code == ErrorCode::unavailable ? 503 : 422},
        {"detail", error.field.empty() ? error.message : error.field + ": " + error.message}};
    if (!error.field.empty()) problem["field"] = error.field;
    if (!error.advice.empty()) problem["advice"] = error.advice;
    out["problem"] = std::move(problem);
    return out;
}

void Tasks::finish(Task& task, Result<json::object> result) {
    json::object said;
    {
        const std::lock_guard lock(lock_);
        task.result = std::move(result);
        if (*task.result) task.share = 1;
        said = describe(task, false);
    }
    topics_.publish("task", json::serialize(said));
}

Result<std::optional<Tasks::Begun>> Tasks::find_running(const Wanted& wanted) const {
    std::vector<std::string> running;
    for (const auto& [id, task] : tasks_) {
        if (task->result) continue;
        const bool same_kind = task->wanted.kind == wanted.kind;
        if (same_kind && wanted.replaces &&
            (task->wanted.question != wanted.question || task->asked_to_stop)) {
            task->asked_to_stop = true;
            continue;
        }
        running.push_back(fmt::format("'{}'", task->wanted.name));
        if (!same_kind) continue;
        if (task->wanted.question == wanted.question && !task->asked_to_stop)
            return Begun{describe(*task, true), false};
        return fail(
            ErrorCode::conflict,
            "",
            fmt::format("{} is under way already, task {}", running.back(), id),
            "wait until it is done, or stop it"
        );
    }
    if (ended_) return fail(ErrorCode::unavailable, "", "the server is stopping");
    if (running.size() >= kMostRunning)
        return fail(
            ErrorCode::unavailable,
            "",
            fmt::format("found {} under way, expected one free place", fmt::join(running, " and ")),
            "wait until one is done, or stop it"
        );
    return std::nullopt;
}

Result<Tasks::Begun> Tasks::start(Wanted wanted, Work work) {
    const std::lock_guard lock(lock_);
    ENTENTE_ASSIGN_OR_RETURN(auto running, find_running(wanted));
    if (running) return *std::move(running);
    // Those that ended longest ago are forgotten.
    std::size_t finished = 0;
    for (auto at = tasks_.rbegin(); at != tasks_.rend(); ++at) finished += at->second->result.has_value();
    for (auto at = tasks_.begin(); at != tasks_.end() && finished > kMostFinished;) {
        if (!at->second->result) {
            ++at;
            continue;
        }
        at->second->thread.join();
        at = tasks_.erase(at), --finished;
    }
    const auto id = ++last_;
    auto& task = *tasks_.emplace(id, std::make_unique<Task>(*this, id, std::move(wanted))).first->second;
    task.thread = std::thread([this, &task, work = std::move(work)] {
        try {
            finish(task, work(task));
        } catch (const BugError& bug) {
            finish(task, fail(ErrorCode::unavailable, "", std::string("a bug of ours: ") + bug.what()));
        }
    });
    return Begun{describe(task, true), true};
}

Result<json::object> Tasks::show(std::uint64_t id) const {
    const std::lock_guard lock(lock_);
    const auto found = tasks_.find(id);
    if (found == tasks_.end()) return fail(ErrorCode::not_found, "id", "there is no such task");
    return describe(*found->second, true);
}

Result<json::object> Tasks::stop(std::uint64_t id) {
    std::thread over;
    json::object out;
    {
        const std::lock_guard lock(lock_);
        const auto found = tasks_.find(id);
        if (found == tasks_.end()) return fail(ErrorCode::not_found, "id", "there is no such task");
        auto& task = *found->second;
        if (!task.result) {
            task.asked_to_stop = true;
            return describe(task, true);
        }
        out = describe(task, true);
        over = std::move(task.thread);
        if (over.joinable()) over.join();
        tasks_.erase(found);
    }
    return out;
}

json::array Tasks::list() const {
    const std::lock_guard lock(lock_);
    json::array out;
    for (const auto& [id, task] : tasks_) out.push_back(describe(*task, false));
    return out;
}

}  // namespace entente::api
