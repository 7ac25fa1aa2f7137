#include "api/tasks.h"

#include <algorithm>
#include <chrono>

#include <boost/json/serialize.hpp>

#include "base/check.h"

namespace entente::api {
namespace {

// Often enough to be seen moving, seldom enough not to be the work.
constexpr auto kBetweenWords = std::chrono::milliseconds(200);
constexpr std::size_t kMostFinished = 50;

}  // namespace

struct Tasks::Task : TaskHandle {
    Task(Tasks& all, std::uint64_t number, std::string name)
        : owner(all), id(number), what(std::move(name)) {}

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

    Tasks& owner;
    std::uint64_t id;
    std::string what;
    std::string words;
    double share = 0;
    std::atomic<bool> asked_to_stop = false;
    std::optional<Result<json::object>> result;
    std::chrono::steady_clock::time_point told{};
    std::thread thread;
};

Tasks::Tasks(http::EventTopics& topics) : topics_(topics) {}

Tasks::~Tasks() {
    for (auto& [id, task] : tasks_) {
        task->asked_to_stop = true;
        if (task->thread.joinable()) task->thread.join();
    }
}

json::object Tasks::describe(const Task& task, bool with_result) const {
    json::object out{
        {"id", std::to_string(task.id)}, {"what", task.what}, {"share", task.share}, {"words", task.words}};
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

json::object Tasks::start(std::string what, Work work) {
    const std::lock_guard lock(lock_);
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
    auto& task = *tasks_.emplace(id, std::make_unique<Task>(*this, id, std::move(what))).first->second;
    task.thread = std::thread([this, &task, work = std::move(work)] {
        try {
            finish(task, work(task));
        } catch (const BugError& bug) {
            finish(task, fail(ErrorCode::unavailable, "", std::string("a bug of ours: ") + bug.what()));
        }
    });
    return describe(task, true);
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
