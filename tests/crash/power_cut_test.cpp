// Power cuts by replay: the fault shim traces what a run of the writer wrote, flushed and said; each state
// here is one in which a disk that honours flushes can be after a cut at a random point. The node is opened
// on it and held against what had been said by then. ENTENTE_SEED repeats a run; ENTENTE_POWER_CUTS sets the
// number of states (default 1,000).
#include <gtest/gtest.h>

#include <chrono>
#include <iostream>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "replay.h"
#include "workload.h"

namespace entente::crash {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFewestOperations = 140;

struct Outcome {
    std::uint64_t states = 0;
    std::uint64_t bad = 0;
    std::uint64_t lost = 0;  // states that lack something that was acknowledged
    std::vector<std::string> examples;
};

class Cuts {
public:
    explicit Cuts(const std::string& plant = {}) {
        Node::create(scratch_.path() / "initial");
        copy_node(scratch_.path() / "initial", scratch_.path() / "traced");
        const auto file = scratch_.path() / "trace";
        EXPECT_EQ(run_writer(scratch_.path() / "traced", {}, plant, {}, file).lines.back(), "end");
        trace_ = read_trace(file);
    }
    std::vector<Operation>& trace() { return trace_; }

    Outcome run(std::uint64_t states, std::uint64_t seed) const {
        const PowerCut cut(scratch_.path() / "initial", trace_);
        Outcome outcome;
        std::mutex mutex;
        const auto work = [&](unsigned worker) {
            const auto node = scratch_.path() / fmt::format("node-{}", worker);
            for (std::uint64_t at = worker; at < states; at += 2) {
                std::mt19937_64 random(seed + at);
                const auto done = random() % (cut.operations() + 1);
                const auto told = cut.make(done, random, node);
                const auto wrong = check_after_crash(node, told);
                std::lock_guard lock(mutex);
                note(outcome, wrong, fmt::format("state {} (cut behind operation {})", seed + at, done));
            }
        };
        std::jthread other(work, 1U);
        work(0U);
        other.join();
        return outcome;
    }

private:
    static void note(Outcome& outcome, const std::vector<std::string>& wrong, const std::string& where) {
        ++outcome.states;
        if (wrong.empty()) return;
        ++outcome.bad;
        outcome.lost += wrong[0].starts_with("lost:");
        if (outcome.examples.size() < 10) outcome.examples.push_back(where + ": " + wrong[0]);
    }

    Scratch scratch_;
    std::vector<Operation> trace_;
};

TEST(PowerCut, NoStateLosesWhatWasAcknowledged) {
    const auto seed = from_environment(
        "ENTENTE_SEED",
        static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count())
    );
    Cuts cuts;
    const auto outcome = cuts.run(from_environment("ENTENTE_POWER_CUTS", 1'000), seed);
    for (const auto& example : outcome.examples) ADD_FAILURE() << example;
    std::cout << fmt::format(
        "power cuts: seed {}: {} operations, {} states, {} wrong\n",
        seed,
        cuts.trace().size(),
        outcome.states,
        outcome.bad
    );
    EXPECT_EQ(outcome.bad, 0U);
    EXPECT_GE(cuts.trace().size(), kFewestOperations);
}

// The replayer itself: without a flush that matters, it must find states that break the promise.

TEST(PowerCut, FindsThatSynchronousNormalLosesAcknowledgedEntries) {
    const auto outcome = Cuts("synchronous_normal").run(200, 1);
    std::cout << fmt::format(
        "power cuts: synchronous=NORMAL: {} of {} states wrong, {} of them lost what was acknowledged\n",
        outcome.bad,
        outcome.states,
        outcome.lost
    );
    EXPECT_GE(outcome.lost, 20U);
}

Outcome without_flush_of(const std::string& path) {
    Cuts cuts;
    std::erase_if(cuts.trace(), [&](const Operation& operation) {
        return operation.kind == Operation::Kind::sync && operation.path == path;
    });
    const auto outcome = cuts.run(200, 1);
    std::cout << fmt::format(
        "power cuts: without the flush of {}: {} of {} states wrong\n", path, outcome.bad, outcome.states
    );
    return outcome;
}

TEST(PowerCut, FindsAMissingFlushOfEachFile) {
    for (const char* path : {"ledger.db-wal", "ratchet", "keys/data.keys", "."})
        EXPECT_GE(without_flush_of(path).bad, 5U) << path;
}

// Found by this test: a block of the key file whose length reached the disk before its content.
TEST(PowerCut, AKeyBlockThatACrashLeftIsMadeAgainUnlessItsKeysAreInUse) {
    const Scratch scratch;
    ASSERT_TRUE(ledger::Vault::create(scratch.path()));
    auto vault = *ledger::Vault::open(scratch.path());
    ASSERT_TRUE(vault.ensure(0, 1));
    const auto file = scratch.path() / "data.keys";
    const auto whole = fs::file_size(file);
    fs::resize_file(file, whole / 2);
    fs::resize_file(file, whole);
    auto torn = *ledger::Vault::open(scratch.path());
    EXPECT_EQ(torn.ensure(1, 2).error().code, ErrorCode::corrupt);
    ASSERT_TRUE(torn.ensure(0, 1));
    EXPECT_EQ(fs::file_size(file), whole);
    const auto box = torn.lock({}, "value");
    ASSERT_TRUE(box);
    auto again = *ledger::Vault::open(scratch.path());
    EXPECT_EQ(*again.open_box({}, *box), "value");
}

}  // namespace
}  // namespace entente::crash
