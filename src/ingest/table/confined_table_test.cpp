#include "ingest/table/confined_table.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include <fmt/format.h>

#include "ingest/table/test_files.h"
#include "ingest/table/worker_wire.h"

namespace entente::ingest::table {
namespace {

namespace fs = std::filesystem;

class Confined : public testing::Test {
protected:
    fs::path file(const std::string& name, const std::string& bytes) {
        const auto path = fs::path(testing::TempDir()) / fmt::format("confined-{}-{}", getpid(), name);
        std::ofstream(path, std::ios::binary) << bytes;
        made_.push_back(path);
        return path;
    }
    void TearDown() override {
        for (const auto& path : made_) fs::remove(path);
    }
    std::vector<fs::path> made_;
};

std::string all_of(const Result<std::unique_ptr<TableReader>>& reader) {
    if (!reader)
        return "ERROR " + reader.error().field + ": " + reader.error().message + reader.error().advice;
    std::string out = fmt::format("{}", fmt::join((*reader)->columns(), "·"));
    TableRow row;
    for (;;) {
        const auto more = (*reader)->next(row);
        if (!more) return out + " | ERROR " + more.error().field + ": " + more.error().message;
        if (!*more) return fmt::format("{} || {}", out, fmt::join((*reader)->remarks(), "; "));
        out += fmt::format(" | {} {}: {}", row.sheet, row.line, fmt::join(row.cells, "·"));
        for (const auto& note : row.notes)
            out += fmt::format(" ({} {} {})", note.cell, note.fault, note.text);
    }
}

TEST_F(Confined, CannotBeToldFromReadingHere) {
    std::string text = "a\tb\n";
    for (int i = 0; i < 50'000; ++i) text += fmt::format("{}\t\"é {}\n", i, i * 3);
    const std::string rows =
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>x</t></is></c></row>"
        "<row r=\"2\"><c r=\"A2\"><f>1</f><v>1</v></c></row>";
    for (const auto& path :
         {file("a.tsv", text),
          file("b.tsv.zst", zstd(text)),
          file("c.gz", gzip("a,b\n1,2\n")),
          file("d.ndjson", "{\"a\":1}\n{\"a\":2}\n"),
          file("e.xlsx", zip(workbook({{"One", rows}, {"Two", rows}}))),
          file("f.csv", "a,b\n1,Caf\xE9\n"),
          file("g.csv", "\xFF\xFE"),
          file("h.csv", "")}) {
        TableOptions options;
        if (path.extension() == ".xlsx") options.sheet = "*";
        EXPECT_EQ(all_of(open_confined_table(path, options)), all_of(open_table(path, options))) << path;
    }
    EXPECT_EQ(all_of(open_confined_table("/nowhere.csv")).substr(0, 20), "ERROR /nowhere.csv: ");
}

TEST_F(Confined, ItsTimeIsLimitedByTheClock) {
    // A pipe that nobody writes to: the worker waits for ever.
    const auto path = fs::path(testing::TempDir()) / fmt::format("confined-fifo-{}", getpid());
    ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
    const int held = ::open(path.c_str(), O_RDWR);
    WorkerLimits limits;
    limits.wall = std::chrono::milliseconds(300);
    const auto said = all_of(open_confined_table(path, {}, limits));
    EXPECT_NE(said.find("reading was stopped before the first row at 0 s, the limit of time"), said.npos)
        << said;
    ::close(held);
    fs::remove(path);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
// What /proc says about the worker that this process started; empty when there is none yet.
std::string status_of_worker() {
    for (const auto& entry : fs::directory_iterator("/proc")) {
        std::ifstream in(entry.path() / "status");
        const std::string status{std::istreambuf_iterator<char>(in), {}};
        if (status.find(fmt::format("\nPPid:\t{}\n", getpid())) == status.npos) continue;
        if (status.find("\nSeccomp:\t2\n") != status.npos) return status;
    }
    return {};
}

TEST_F(Confined, TheSystemItselfSaysThatTheWorkerIsConfined) {
    const auto path = fs::path(testing::TempDir()) / fmt::format("confined-status-{}", getpid());
    ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
    const int held = ::open(path.c_str(), O_RDWR);
    WorkerLimits limits;
    limits.wall = std::chrono::seconds(3);
    std::thread asking([&] { (void)open_confined_table(path, {}, limits); });
    std::string status;
    for (int i = 0; i < 250 && status.empty(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        status = status_of_worker();
    }
    EXPECT_EQ(write(held, "a\n", 2), 2);
    ::close(held);
    asking.join();
    fs::remove(path);
    EXPECT_NE(status.find("\nNoNewPrivs:\t1\n"), status.npos) << status;
    EXPECT_NE(status.find("\nSeccomp:\t2\n"), status.npos) << status;
}

#endif
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_F(Confined, ItsMemoryIsLimited) {
    TableOptions options;
    options.limits.row_bytes = options.limits.cell_bytes = 1U << 30;
    WorkerLimits limits;
    limits.memory_bytes = 128U << 20;
    const auto path = file("wide.csv", "a\n1\n" + std::string(100U << 20, 'x'));
    const auto said = all_of(open_confined_table(path, options, limits));
    EXPECT_NE(said.find("reading was stopped behind line 2 at 128 MiB of memory, the limit"), said.npos)
        << said;
}
#endif

TEST_F(Confined, ItsProcessorTimeIsLimited) {
    // Unpacks for ever within a ratio that is allowed here.
    std::string text = "a\n";
    text += std::string(400U << 20, '\n');
    TableOptions options;
    options.limits.ratio = 1U << 30, options.limits.unpacked_bytes = 1ULL << 40;
    std::string packed;
    const auto one = zstd(text);
    for (int i = 0; i < 100; ++i) packed += one;
    WorkerLimits limits;
    limits.processor_seconds = 1;
    const auto said = all_of(open_confined_table(file("long.csv.zst", packed), options, limits));
    EXPECT_NE(said.find("at 1 s of processor time, the limit"), said.npos) << said;
}

TEST(WorkerWire, WhatIsPutComesBackAndACutOneIsNotGood) {
    TableRow row;
    row.line = 1'000'000, row.cells = {"a", "", std::string_view("z\0z", 3)};
    row.notes = {{2, "note", true}};
    std::string body;
    put_row(body, row);
    TableRow back;
    FrameBody whole(body);
    whole.row(back);
    EXPECT_TRUE(whole.good() && whole.at_end());
    EXPECT_EQ(back.cells, row.cells);
    EXPECT_EQ(back.line, row.line);
    ASSERT_EQ(back.notes.size(), 1U);
    EXPECT_TRUE(back.notes[0].fault);
    for (std::size_t size = 0; size < body.size(); ++size) {
        FrameBody cut(std::string_view(body).substr(0, size));
        cut.row(back);
        EXPECT_FALSE(cut.good()) << size;
    }
}

}  // namespace
}  // namespace entente::ingest::table
