#include "trial.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <thread>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/check.h"
#include "base/codec.h"
#include "workload.h"

namespace entente::crash {

using namespace ledger;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> lines_of(int descriptor) {
    std::string all;
    char block[4096];
    for (ssize_t got; (got = ::read(descriptor, block, sizeof block)) > 0;)
        all.append(block, static_cast<std::size_t>(got));
    std::vector<std::string> lines;
    std::istringstream stream(all);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

std::vector<std::string> environment(
    const fs::path& node,
    const Fault& fault,
    const std::string& plant,
    const fs::path& log,
    const fs::path& trace
) {
    std::vector<std::string> out{
        "LD_PRELOAD=" FAULT_SHIM,
        "FAULT_DIR=" + node.string(),
        fmt::format("FAULT_AT={}", fault.at),
        "FAULT_MODE=" + fault.mode,
        "PLANT=" + plant};
    if (!log.empty()) out.push_back("FAULT_LOG=" + log.string());
    if (!trace.empty()) out.push_back("FAULT_TRACE=" + trace.string());
    return out;
}

// The checks after a crash, one after the other; each adds what it finds.
class Inspection {
public:
    Inspection(const fs::path& directory, const Told& told, const std::string& plant)
        : directory_(directory), told_(told), plant_(plant) {}

    std::vector<std::string> run() {
        auto node = Node::open(directory_);
        if (!node) return {"the node does not open: " + node.error().message};
        remembered();
        acknowledged(**node);
        clean(**node, "after the crash");
        if (wrong_.empty()) retry(**node);
        if (wrong_.empty()) count(**node);
        if (wrong_.empty()) clean(**node, "after the retry");
        return std::move(wrong_);
    }

private:
    void clean(Node& node, const char* when) {
        const auto report = node.verify(told_.checkpoint);
        if (!report)
            return wrong_.push_back(fmt::format("verify gave up {}: {}", when, report.error().message));
        for (const auto& finding : report->findings)
            wrong_.push_back(fmt::format("verify {}: {}", when, finding.what));
        if (told_.checkpoint && !report->kept)
            wrong_.push_back(fmt::format("{} the checkpoint that was handed out does not hold", when));
    }

    // A node that forgot what it signed could sign a second history.
    void remembered() {
        if (!told_.checkpoint) return;
        const auto heads = Ratchet(directory_ / "ratchet").heads();
        if (!heads || std::find(heads->begin(), heads->end(), *told_.checkpoint) == heads->end())
            wrong_.push_back("the ratchet does not know the checkpoint that was handed out");
    }

    void acknowledged(Node& node) {
        const auto reader = node.store().read();
        if (!reader) return wrong_.push_back(reader.error().message);
        for (const auto& [key, ack] : told_.acks) {
            const auto bytes = (*reader)->entry_bytes(ack.index);
            if (!bytes || leaf_hash(*bytes) != ack.leaf)
                wrong_.push_back(fmt::format("lost: {} was acknowledged as entry {}", key, ack.index));
        }
    }

    void retry(Node& node) {
        Plants plants;
        plants.no_idempotency = plant_ == "no_idempotency";
        std::vector<std::string> lines;
        write_all(node, false, plants, [&](const std::string& line) { lines.push_back(line); });
        const auto again = Told::read(lines);
        if (again.acks.size() != kRecords)
            return wrong_.push_back(
                fmt::format("a retry acknowledged {} of {} keys", again.acks.size(), kRecords)
            );
        for (const auto& [key, ack] : told_.acks) {
            const auto found = again.acks.find(key);
            if (found != again.acks.end() &&
                (found->second.index != ack.index || found->second.leaf != ack.leaf))
                wrong_.push_back(fmt::format(
                    "doubled: {} was entry {}, the retry made it entry {}",
                    key,
                    ack.index,
                    found->second.index
                ));
        }
    }

    void count(Node& node) {
        std::map<std::int64_t, int> numbers;
        int batches = 0;
        const auto reader = node.store().read();
        if (!reader) return wrong_.push_back(reader.error().message);
        const auto walked = (*reader)->each_entry(0, [&](const StoredLeaf& leaf) -> Result<void> {
            ENTENTE_ASSIGN_OR_RETURN(const auto entry, decode(leaf.bytes));
            if (entry.kind == "import")
                ++batches;
            else if (const auto* number = entry.f->if_contains("number"))
                ++numbers[number->as_int64()];
            return {};
        });
        if (!walked) wrong_.push_back(walked.error().message);
        for (int number = 1; number <= kRecords; ++number)
            if (numbers[number] != 1)
                wrong_.push_back(fmt::format(
                    "{}: record {} is there {} times",
                    numbers[number] > 1 ? "doubled" : "lost",
                    number,
                    numbers[number]
                ));
        if (batches > 1) wrong_.push_back(fmt::format("doubled: {} batches", batches));
    }

    const fs::path& directory_;
    const Told& told_;
    const std::string& plant_;
    std::vector<std::string> wrong_;
};

}  // namespace

namespace {

struct Child {
    pid_t id = 0;
    int output = -1;
};

Child start_writer(const fs::path& node, const char* what, const std::vector<std::string>& settings) {
    int ends[2];
    check(::pipe2(ends, O_CLOEXEC) == 0, "a pipe can be made");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    std::vector<char*> variables;
    for (const auto& setting : settings) variables.push_back(const_cast<char*>(setting.c_str()));
    variables.push_back(nullptr);
    char* words[] = {
        const_cast<char*>(CRASH_WRITER), const_cast<char*>(node.c_str()), const_cast<char*>(what), nullptr};
    Child child{0, ends[0]};
    const int started = ::posix_spawn(&child.id, CRASH_WRITER, &actions, nullptr, words, variables.data());
    check(started == 0, "crash_writer can be started");
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    return child;
}

Run end_of(const Child& child) {
    Run run;
    run.lines = lines_of(child.output);
    ::close(child.output);
    int status = 0;
    check(::waitpid(child.id, &status, 0) == child.id, "crash_writer ends");
    run.killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return run;
}

}  // namespace

Run run_writer(
    const fs::path& node,
    const Fault& fault,
    const std::string& plant,
    const fs::path& log,
    const fs::path& trace
) {
    return end_of(start_writer(node, "batch", environment(node, fault, plant, log, trace)));
}

Run run_writers_until_killed(const fs::path& node, std::chrono::microseconds after) {
    const auto child = start_writer(node, "threads", {});
    std::this_thread::sleep_for(after);
    ::kill(child.id, SIGKILL);
    return end_of(child);
}

Told Told::read(const std::vector<std::string>& lines) {
    Told told;
    bool refused = false;
    for (const auto& line : lines) {
        std::istringstream words(line);
        std::string what, key, text;
        std::uint64_t number = 0;
        words >> what;
        if (what == "refused") refused = true;
        if (what == "ack" && words >> key >> number >> text) {
            told.acks[key] = {number, Hash::from_bytes(from_hex(text).value_or("")).value_or(Hash{})};
            told.went_on_after_refusal |= refused;
        }
        if (what == "checkpoint" && words >> number >> text)
            told.checkpoint = Checkpoint{
                Node::signer().verifier().name(),
                number,
                Hash::from_bytes(from_base64(text).value_or("")).value_or(Hash{})};
    }
    return told;
}

std::vector<std::string> check_after_crash(const fs::path& node, const Told& told, const std::string& plant) {
    return Inspection(node, told, plant).run();
}

Scratch::Scratch() {
    const fs::path memory = "/dev/shm";
    const auto base = ::access(memory.c_str(), W_OK) == 0 ? memory : fs::temp_directory_path();
    path_ = fs::canonical(base) / ("entente-crash-" + RecordId::random().text());
    fs::create_directory(path_);
}
Scratch::~Scratch() {
    fs::remove_all(path_);
}

void copy_node(const fs::path& from, const fs::path& to) {
    fs::remove_all(to);
    fs::copy(from, to, fs::copy_options::recursive);
}

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

}  // namespace entente::crash
