// Hostile files against the real program: each ends within the limits of TRUST P12 (30 s, 10 s of processor
// time, 512 MiB), with an answer that names place and reason, and leaves the node as it was, byte by byte.
#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include <fmt/format.h>

#include "base/hash.h"
#include "corpus.h"

namespace entente::hostile {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMap = R"({"entente_map": 1, "source": {"key": "hostile", "title": "Hostile"},
 "id": {"columns": "id", "repeats": "number"},
 "records": [{"type": "engagement", "fields": {"category": "KLE", "held": {"column": "when"},
 "participations": [{"actor": "USA"}, {"actor": {"column": "who", "scheme": "name"}}]}}]})";

struct Outcome {
    std::string text;
    int code = -1;
    double wall = 0, processor = 0, peak_mib = 0;
};

class Hostile : public testing::Test {
protected:
    void SetUp() override {
        const char* program = std::getenv("ENTENTE_PROGRAM");
        ASSERT_TRUE(program) << "ENTENTE_PROGRAM names the program";
        program_ = program;
        folder_ = fs::path(testing::TempDir()) / fmt::format("entente-hostile-{}", getpid());
        fs::remove_all(folder_);
        fs::create_directories(folder_ / "in");
        ASSERT_EQ(run({"init", "--home", "USA", "--keys", (folder_ / "keys").string()}).code, 0);
        std::ofstream(folder_ / "map.json") << kMap;
        ASSERT_EQ(run({"list"}).code, 1);  // makes the index
    }
    void TearDown() override { fs::remove_all(folder_); }

    Outcome run(std::vector<std::string> words) const {
        words.insert(words.begin(), {program_, "--node", (folder_ / "node").string()});
        std::vector<char*> pointers;
        for (auto& word : words) pointers.push_back(word.data());
        pointers.push_back(nullptr);
        const auto out = folder_ / "out";
        const auto begun = std::chrono::steady_clock::now();
        const pid_t child = fork();
        if (child == 0) {
            const int to = open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
            dup2(to, 1), dup2(to, 2);
            execv(pointers[0], pointers.data());
            _exit(127);
        }
        int status = 0;
        rusage used{};
        wait4(child, &status, 0, &used);  // with its own children: the worker is one of them
        Outcome outcome;
        outcome.wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
        outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        const auto seconds = [](const timeval& time) {
            return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
        };
        outcome.processor = seconds(used.ru_utime) + seconds(used.ru_stime);
        outcome.peak_mib = static_cast<double>(used.ru_maxrss) / 1024;
        std::ifstream in(out);
        outcome.text.assign(std::istreambuf_iterator<char>(in), {});
        return outcome;
    }

    // All that a node is, but for the locks and what SQLite keeps for itself. Data keys are flushed before
    // the rows that they lock, so that an import which is refused late leaves keys behind that lock nothing.
    Hash node() const {
        Sha256Stream all;
        for (const auto* name : {"node/ledger.db", "node/node.json", "keys/ratchet"}) {
            std::ifstream in(folder_ / name, std::ios::binary);
            all.update(std::string(std::istreambuf_iterator<char>(in), {}));
        }
        return all.finish();
    }

    void write(const std::string& name, const std::string& bytes) const {
        std::ofstream(folder_ / "in" / name, std::ios::binary) << bytes;
    }

    Outcome import(const std::string& name, std::vector<std::string> more = {}) const {
        more.insert(
            more.begin(),
            {"import", "table", "--map", (folder_ / "map.json").string(), (folder_ / "in" / name).string()}
        );
        return run(std::move(more));
    }

    std::string program_;
    fs::path folder_;
};

TEST_F(Hostile, EachFileEndsWithinItsLimitsWithAnAnswerAndLeavesTheNodeAsItWas) {
    const auto before = node();
    double wall = 0, processor = 0, peak = 0;
    std::string slowest, largest;
    std::size_t files = 0;
    for (const auto& one : corpus()) {
        write(one.name, one.bytes);
        std::vector<std::string> words;
        if (!one.whole_file) words.emplace_back("--preview");
        const auto outcome = import(one.name, words);
        fs::remove(folder_ / "in" / one.name);
        EXPECT_EQ(outcome.code, one.whole_file ? 2 : 0) << one.name << ": " << outcome.text;
        EXPECT_NE(outcome.text.find(one.says), std::string::npos) << one.name << ": " << outcome.text;
        EXPECT_NE(outcome.text.find(one.name), std::string::npos) << one.name << ": " << outcome.text;
        EXPECT_EQ(outcome.text.find('\x1B'), std::string::npos) << one.name;
        EXPECT_LT(outcome.wall, 30) << one.name;
        EXPECT_LT(outcome.processor, 20) << one.name;
        EXPECT_LT(outcome.peak_mib, 512) << one.name;
        EXPECT_EQ(node(), before) << one.name;
        if (outcome.wall > wall) wall = outcome.wall, slowest = one.name;
        if (outcome.peak_mib > peak) peak = outcome.peak_mib, largest = one.name;
        processor = std::max(processor, outcome.processor);
        ++files;
        // A proposal looks at the file, too.
        if (one.bytes.size() < 20'000) {
            write(one.name, one.bytes);
            const auto proposed = run({"import", "table", (folder_ / "in" / one.name).string()});
            EXPECT_TRUE(proposed.code == 0 || proposed.code == 2) << one.name << ": " << proposed.text;
            EXPECT_EQ(node(), before) << one.name;
            fs::remove(folder_ / "in" / one.name);
        }
    }
    fmt::print(
        stderr,
        "{} files; at most {:.2f} s ({}), {:.2f} s of processor time, {:.0f} MiB ({})\n",
        files,
        wall,
        slowest,
        processor,
        peak,
        largest
    );
    EXPECT_EQ(run({"verify", "--deep"}).code, 0);
}

TEST_F(Hostile, MutantsOfSoundFilesAreTakenOrRefusedAndNothingIsHalfImported) {
    const auto before = node();
    std::mt19937 random(20'240'101);
    std::vector<Case> sound;
    for (auto& one : corpus())
        if (!one.whole_file && one.bytes.size() < 100'000) sound.push_back(std::move(one));
    ASSERT_GT(sound.size(), 5U);
    for (int i = 0; i < 40; ++i) {
        const auto& one = sound[random() % sound.size()];
        auto bytes = one.bytes;
        for (std::size_t edits = 1 + random() % 8; edits > 0; --edits)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        write(one.name, bytes);
        const auto outcome = import(one.name, {"--preview"});
        EXPECT_TRUE(outcome.code == 0 || outcome.code == 2) << one.name << " " << i << ": " << outcome.text;
        EXPECT_EQ(node(), before);
    }
}

TEST_F(Hostile, ASoundFileIsTaken) {  // or none of the above would say anything
    const auto before = node();
    write("sound.csv", "id,who,when\n1,France,2024-01-02\n2,Utopia,2024-01-02\n");
    const auto outcome = import("sound.csv");
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    EXPECT_NE(outcome.text.find("2 seen = 1 accepted + 1 set aside"), std::string::npos) << outcome.text;
    EXPECT_NE(node(), before);
}

}  // namespace
}  // namespace entente::hostile
