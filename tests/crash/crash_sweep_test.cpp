// Sweeps over every call by which the writer changes a file of its node, and makes it go wrong in every way
// that the kind of call can: the process is killed before or behind it, a write is torn, the disk fails or is
// full, once or for ever. After each the node is opened again and held against what the writer had told the
// world.
//
// A kill leaves the page cache intact, so that a missing flush cannot show here: power_cut_test looks for
// that.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <fstream>
#include <iostream>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "trial.h"
#include "workload.h"

namespace entente::crash {
namespace {

namespace fs = std::filesystem;

// A sweep that visits fewer points than this has lost sight of calls: the shim or the workload is broken.
constexpr std::size_t kFewestCalls = 125;
constexpr std::size_t kFewestPoints = 980;
constexpr std::size_t kFewestPointsAfterACrash = 600;

struct Call {
    long number = 0;
    std::string kind;
    std::string path;
};
struct Point {
    Call call;
    std::string mode;
};

const std::vector<std::string>& modes_of(const std::string& kind) {
    static const std::vector<std::string> write{
        "kill_before",
        "kill_after",
        "torn_half",
        "torn_last",
        "eio_once",
        "eio_forever",
        "enospc_once",
        "enospc_forever",
        "short"};
    static const std::vector<std::string> grow{
        "kill_before", "kill_after", "eio_once", "eio_forever", "enospc_once", "enospc_forever"};
    static const std::vector<std::string> other{"kill_before", "kill_after", "eio_once", "eio_forever"};
    if (kind == "write") return write;
    return kind == "create" || kind == "truncate" || kind == "rename" ? grow : other;
}

class Sweep {
public:
    /// `before`: how an earlier run of the writer ended on the node that the sweep starts from; at 0 there
    /// was none.
    explicit Sweep(const Fault& before = {}) {
        const auto initial = scratch_.path() / "initial";
        Node::create(initial);
        if (before.at > 0) before_ = run_writer(initial, before).lines;
        copy_node(initial, scratch_.path() / "counted");
        const auto log = scratch_.path() / "log";
        first_ = run_writer(scratch_.path() / "counted", {}, {}, log);
        std::ifstream lines(log);
        for (Call call; lines >> call.number >> call.kind >> call.path;) calls_.push_back(call);
    }

    const Run& first() const { return first_; }
    const std::vector<Call>& calls() const { return calls_; }
    fs::path counted() const { return scratch_.path() / "counted"; }

    std::vector<Point> points(const std::function<bool(const std::string&)>& wanted) const {
        std::vector<Point> out;
        for (const auto& call : calls_)
            for (const auto& mode : modes_of(call.kind))
                if (wanted(mode)) out.push_back({call, mode});
        return out;
    }

    // Runs all points on two threads. Gives what went wrong, a line each.
    std::vector<std::string> visit(const std::vector<Point>& points, const std::string& plant = {}) {
        std::atomic<std::size_t> next = 0;
        std::vector<std::string> wrong;
        std::mutex mutex;
        const auto work = [&](int worker) {
            const auto node = scratch_.path() / fmt::format("node-{}", worker);
            for (std::size_t at; (at = next++) < points.size();) {
                const auto& point = points[at];
                for (const auto& what : try_point(node, point, plant)) {
                    std::lock_guard lock(mutex);
                    wrong.push_back(fmt::format(
                        "call {} ({} {}), {}: {}",
                        point.call.number,
                        point.call.kind,
                        point.call.path,
                        point.mode,
                        what
                    ));
                }
            }
        };
        std::jthread other(work, 1);
        work(0);
        other.join();
        return wrong;
    }

private:
    std::vector<std::string> try_point(const fs::path& node, const Point& point, const std::string& plant)
        const {
        copy_node(scratch_.path() / "initial", node);
        const auto run = run_writer(node, {point.call.number, point.mode}, plant);
        const bool deadly = point.mode.starts_with("kill") || point.mode.starts_with("torn");
        if (deadly != run.killed) return {deadly ? "the writer was not killed" : "the writer was killed"};
        auto lines = before_;
        lines.insert(lines.end(), run.lines.begin(), run.lines.end());
        const auto told = Told::read(lines);
        auto wrong = check_after_crash(node, told, plant);
        if (Told::read(run.lines).went_on_after_refusal)
            wrong.push_back("the node took writes after one that it had refused");
        return wrong;
    }

    Scratch scratch_;
    std::vector<std::string> before_;  // what the run before the sweep said
    Run first_;
    std::vector<Call> calls_;
};

void report(const std::vector<std::string>& wrong) {
    for (std::size_t i = 0; i < std::min<std::size_t>(wrong.size(), 20); ++i) ADD_FAILURE() << wrong[i];
    if (wrong.size() > 20) ADD_FAILURE() << "and " << wrong.size() - 20 << " more";
}

std::size_t with(const std::vector<std::string>& wrong, const char* word) {
    return static_cast<std::size_t>(std::count_if(wrong.begin(), wrong.end(), [&](const std::string& line) {
        return line.find(word) != std::string::npos;
    }));
}

std::string by_kind(const std::vector<Call>& calls) {
    std::map<std::string, int> kinds;
    for (const auto& call : calls) ++kinds[call.kind];
    std::string out;
    for (const auto& [kind, count] : kinds)
        out += fmt::format("{}{} {}", out.empty() ? "" : ", ", count, kind);
    return out;
}

std::size_t sweep_all(Sweep& sweep, const std::string& from) {
    const auto points = sweep.points([](const std::string&) { return true; });
    const auto wrong = sweep.visit(points);
    report(wrong);
    std::cout << fmt::format(
        "crash sweep {}: {} calls ({}) x modes = {} points, {} lost, {} doubled, {} wrong in all\n",
        from,
        sweep.calls().size(),
        by_kind(sweep.calls()),
        points.size(),
        with(wrong, "lost:"),
        with(wrong, "doubled:"),
        wrong.size()
    );
    return points.size();
}

TEST(CrashSweep, EveryCallInEveryModeLosesNothingAndDoublesNothing) {
    Sweep sweep;
    ASSERT_EQ(sweep.first().lines.back(), "end");
    ASSERT_EQ(Told::read(sweep.first().lines).acks.size(), kRecords + 1U);
    EXPECT_GE(sweep_all(sweep, "of a new node"), kFewestPoints);
    EXPECT_GE(sweep.calls().size(), kFewestCalls);
}

// The node of the second sweep has crashed before: in the middle of a commit, or while the log was moved into
// the database at the end. What recovery writes is swept with the rest.
TEST(CrashSweep, ACrashAfterACrashLosesNothingEither) {
    Sweep whole;
    const auto last_write = std::find_if(whole.calls().rbegin(), whole.calls().rend(), [](const Call& call) {
        return call.path == "ledger.db" && call.kind == "write";
    });
    ASSERT_NE(last_write, whole.calls().rend());
    // Half way through: a call that can be torn, whatever the number of calls.
    const auto half = whole.calls().begin() + static_cast<std::ptrdiff_t>(whole.calls().size() / 2);
    const auto torn = std::find_if(half, whole.calls().end(), [](const Call& call) {
        return call.path == "ledger.db-wal" && call.kind == "write";
    });
    ASSERT_NE(torn, whole.calls().end());
    Sweep commit({torn->number, "torn_half"}), move({last_write->number, "torn_half"});
    EXPECT_GE(
        sweep_all(commit, "after a torn commit") + sweep_all(move, "after a torn checkpoint of the database"),
        kFewestPointsAfterACrash
    );
}

// The checker itself: each planted defect must be reported.

TEST(CrashSweep, CatchesAnAcknowledgementBeforeTheCommit) {
    Sweep sweep;
    const auto wrong = sweep.visit(
        sweep.points([](const std::string& mode) { return mode == "kill_before"; }), "ack_before_commit"
    );
    EXPECT_GE(with(wrong, "lost:"), 6U);
}

TEST(CrashSweep, CatchesARetryWithoutItsKey) {
    Sweep sweep;
    const auto wrong = sweep.visit(
        sweep.points([](const std::string& mode) { return mode == "kill_after"; }), "no_idempotency"
    );
    EXPECT_GE(with(wrong, "doubled:"), 6U);
}

TEST(CrashSweep, CatchesAFailedCommitThatPassesForAGoodOne) {
    Sweep sweep;
    const auto wrong = sweep.visit(
        sweep.points([](const std::string& mode) { return mode == "eio_once"; }), "ignore_failed_commit"
    );
    EXPECT_GE(with(wrong, "lost:"), 1U);
}

TEST(CrashSweep, CatchesACheckpointAheadOfTheLog) {
    Sweep sweep;
    auto told = Told::read(sweep.first().lines);
    EXPECT_EQ(check_after_crash(sweep.counted(), told), std::vector<std::string>{});
    told.checkpoint->size += 1;
    EXPECT_NE(check_after_crash(sweep.counted(), told), std::vector<std::string>{});
}

}  // namespace
}  // namespace entente::crash
