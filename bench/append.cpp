// bench_append DIRECTORY: durable single records a second through Ledger::append, beside bare SQLite commits
// of the same bytes on the same disk, in alternating rounds.
#include <sqlite3.h>

#include <atomic>
#include <iostream>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "support.h"

namespace entente::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kRounds = 9;
constexpr int kRecords = 400;  // a round

// One table, one row a transaction: the least that SQLite can do for a durable write.
class Bare {
public:
    explicit Bare(const fs::path& file) {
        require(sqlite3_open(file.c_str(), &database_) == SQLITE_OK, "the bare database can be opened");
        run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE bare(number INTEGER PRIMARY KEY, "
            "bytes BLOB NOT NULL)");
        sqlite3_prepare_v2(database_, "INSERT INTO bare(bytes) VALUES(?1)", -1, &insert_, nullptr);
    }
    ~Bare() {
        sqlite3_finalize(insert_);
        sqlite3_close(database_);
    }
    Bare(const Bare&) = delete;
    Bare& operator=(const Bare&) = delete;

    void commit(const std::string& bytes) {
        std::lock_guard lock(mutex_);
        sqlite3_bind_blob64(insert_, 1, bytes.data(), bytes.size(), SQLITE_STATIC);
        require(sqlite3_step(insert_) == SQLITE_DONE, "a bare commit");
        sqlite3_reset(insert_);
    }

private:
    void run(const char* sql) {
        require(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) == SQLITE_OK, sql);
    }
    sqlite3* database_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
    std::mutex mutex_;
};

// Records a second with `threads` writers at once.
double rate(int threads, int records, const std::function<void(int)>& write) {
    std::atomic<int> next = 0;
    const auto work = [&] {
        for (int number; (number = next++) < records;) write(number);
    };
    const double time = seconds([&] {
        std::vector<std::jthread> others;
        for (int i = 1; i < threads; ++i) others.emplace_back(work);
        work();
    });
    return records / time;
}

// Entry bytes and sealed bytes of one of our records.
std::string bytes_of_one(Node& node) {
    const auto receipt = require(node.ledger->append(record(0, false)));
    const auto reader = require(node.store->read());
    auto bytes = require(reader->entry_bytes(receipt.index));
    std::cout << fmt::format("one record: {} bytes of entry", bytes.size());
    for (const auto& box : require(reader->boxes(receipt.index, -1))) {
        std::cout << fmt::format(", {} sealed", box.box.size());
        bytes += box.box;
    }
    std::cout << "\n";
    return bytes;
}

void compare(Node& node, Bare& bare, const std::string& bytes, int threads) {
    const int records = kRecords * (threads > 1 ? 3 : 1);
    std::vector<double> ours, theirs, ratios;
    for (int round = 0; round < kRounds; ++round) {
        // Made beforehand, like the bytes of the bare commits.
        std::vector<ledger::Draft> drafts;
        for (int i = 0; i < records; ++i) drafts.push_back(record(static_cast<std::uint64_t>(i), false));
        const auto append = [&](int number) {
            require(node.ledger->append(drafts[static_cast<std::size_t>(number)]).has_value(), "append");
        };
        const auto commit = [&](int) { bare.commit(bytes); };
        // The order alternates, so that neither always has the disk after the other.
        if (round % 2) theirs.push_back(rate(threads, records, commit));
        ours.push_back(rate(threads, records, append));
        if (round % 2 == 0) theirs.push_back(rate(threads, records, commit));
        ratios.push_back(ours.back() / theirs.back());
    }
    const auto row = [](const char* name, const Spread& s, const char* format) {
        std::cout << fmt::format("  {:<22}", name)
                  << fmt::format(fmt::runtime(format), s.least, s.middle, s.most) << "\n";
    };
    std::cout << fmt::format(
        "{} writer{}, {} rounds of {} records   {:>8} {:>8} {:>8}\n",
        threads,
        threads > 1 ? "s" : " ",
        kRounds,
        records,
        "least",
        "median",
        "most"
    );
    constexpr const char* kRate = "                {:>8.0f} {:>8.0f} {:>8.0f}  records/s";
    row("Ledger::append", spread(ours), kRate);
    row("bare SQLite commit", spread(theirs), kRate);
    row("ratio", spread(ratios), "                {:>8.2f} {:>8.2f} {:>8.2f}");
}

}  // namespace
}  // namespace entente::bench

int main(int count, char** words) {
    using namespace entente::bench;
    require(count == 2, "bench_append DIRECTORY");
    const fs::path directory = words[1];
    fs::remove_all(directory);
    {
        Node node(directory);
        Bare bare(directory / "bare.db");
        const auto bytes = bytes_of_one(node);
        compare(node, bare, bytes, 1);
        compare(node, bare, bytes, kThreads);
    }
    fs::remove_all(directory);
}
