// The structure of src/, and proof that a breach of it is found. Another tree: ENTENTE_ROOT=/its/root
// architecture_test

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "checker.h"

namespace entente::architecture {
namespace {

namespace fs = std::filesystem;

// Who sees whom, from the bottom to the top. `service` does not see `store`: only `main` knows both.
const Rules kRules{
    .below =
        {
            {"base", {}},
            {"app_files", {"base"}},
            {"http", {"base"}},
            {"numerics", {"base"}},
            {"picture", {"base"}},
            {"drawing", {"picture"}},
            {"domain", {"base"}},
            {"policy", {"base"}},
            {"ledger", {"domain", "policy"}},
            {"measures", {"domain", "numerics", "picture"}},
            {"identity", {"domain"}},
            {"accounts", {"identity"}},
            {"store", {"ledger", "accounts"}},
            {"ingest", {"ledger"}},
            {"service", {"ledger", "ingest", "measures", "identity", "policy", "domain"}},
            {"api", {"service", "accounts", "drawing", "http", "app_files"}},
            {"cli", {"api", "accounts", "http", "service", "drawing"}},
            {"main", {"cli", "store"}},
            {"public_record", {"service", "ingest", "measures"}},
        },
    .exceptions = {},
};

fs::path source_root() {
    if (const char* root = std::getenv("ENTENTE_ROOT")) return root;
    fs::path at = fs::current_path();
    while (!fs::exists(at / "src") && at.has_relative_path()) at = at.parent_path();
    return at;
}

std::string listed(const std::vector<Finding>& findings) {
    std::string text;
    for (const Finding& finding : findings) text += to_string(finding) + "\n";
    return text;
}

/// A source tree of its own for one test, gone afterwards.
class PlantedTree : public testing::Test {
protected:
    void SetUp() override {
        root_ = fs::path(testing::TempDir()) / ("entente-architecture-" + std::to_string(getpid()));
        fs::remove_all(root_);
        fs::create_directories(root_ / "src");
    }
    void TearDown() override { fs::remove_all(root_); }

    void plant(const std::string& file, const std::string& text) {
        fs::create_directories((root_ / file).parent_path());
        std::ofstream(root_ / file, std::ios::app) << text;
    }

    std::string findings(const Rules& rules = kRules) const { return listed(check(root_, rules)); }

    fs::path root_;
};

TEST(Architecture, TheSourceKeepsToItsStructure) {
    ASSERT_TRUE(fs::exists(source_root() / "src")) << "no src in " << source_root();
    EXPECT_EQ(listed(check(source_root(), kRules)), "");
}

TEST_F(PlantedTree, AnUpwardIncludeInTheRealDomainIsFoundWithItsLine) {
    fs::copy(source_root() / "src/domain", root_ / "src/domain", fs::copy_options::recursive);
    const std::string before = findings();
    const std::string file = "src/domain/embedded_schema.h";
    std::ifstream in(root_ / file);
    const auto lines = std::count(std::istreambuf_iterator<char>(in), {}, '\n');

    plant(file, "#include \"store/x.h\"\n");

    const std::string line = std::to_string(lines + 1);
    EXPECT_EQ(before.find("[upward]"), std::string::npos) << before;
    EXPECT_NE(
        findings().find(file + ":" + line + ": [upward] store/x.h: domain does not see store\n"),
        std::string::npos
    ) << findings();
}

TEST_F(PlantedTree, WhatIsBelowMayBeIncluded) {
    plant("src/cli/README.md", "");
    plant(
        "src/cli/show.cpp", "#include <CLI/CLI.hpp>\n#include \"base/day.h\"\n  #  include \"service/x.h\"\n"
    );
    EXPECT_EQ(findings(), "");
}

TEST_F(PlantedTree, TheServiceDoesNotSeeTheStore) {
    plant("src/service/README.md", "");
    plant("src/service/brief.cpp", "\n#include \"store/ledger.h\"\n");
    plant(
        "src/service/CMakeLists.txt",
        "app_module(service\n    DEPENDS ledger store\n    LIBRARIES fmt::fmt\n)\n"
    );
    EXPECT_EQ(
        findings(),
        "src/service/CMakeLists.txt:2: [upward] DEPENDS store: service does not see store\n"
        "src/service/brief.cpp:2: [upward] store/ledger.h: service does not see store\n"
    );
}

TEST_F(PlantedTree, OnlyTheStoreSpeaksToSqlite) {
    plant("src/store/README.md", "");
    plant("src/store/file.h", "#include <sqlite3.h>\n");
    plant("src/ledger/README.md", "");
    plant("src/ledger/log.cpp", "#include \"sqlite3.h\"\n");
    EXPECT_EQ(findings(), "src/ledger/log.cpp:1: [sqlite] sqlite3.h: only store speaks to SQLite\n");
}

TEST_F(PlantedTree, HeavyHeadersStayOutOfHeaders) {
    plant("src/cli/README.md", "");
    plant(
        "src/cli/a.h", "#include <CLI/CLI.hpp>\n#include <boost/asio/read.hpp>\n#include <boost/beast.hpp>\n"
    );
    plant("src/cli/a.cpp", "#include <boost/asio.hpp>\n");
    EXPECT_EQ(
        findings(),
        "src/cli/a.h:1: [heavy] CLI/CLI.hpp: takes seconds to compile; include it in a .cpp file\n"
        "src/cli/a.h:2: [heavy] boost/asio/read.hpp: takes seconds to compile; include it in a .cpp file\n"
        "src/cli/a.h:3: [heavy] boost/beast.hpp: takes seconds to compile; include it in a .cpp file\n"
    );
}

TEST_F(PlantedTree, AModuleIsListedAndHasAReadme) {
    plant("src/extra/a.cpp", "#include \"../store/x.h\"\n");
    plant("src/loose.cpp", "");
    EXPECT_EQ(
        findings(),
        "src/extra: [module] is not in the table of modules\n"
        "src/extra: [readme] has no README.md\n"
        "src/extra/a.cpp:1: [path] ../store/x.h: quoted includes start from src/: \"module/file.h\"\n"
        "src/loose.cpp: [module] stands in no module\n"
    );
}

TEST_F(PlantedTree, AnExceptionHoldsAsLongAsItIsNeeded) {
    plant("src/base/README.md", "");
    plant("src/base/a.cpp", "#include \"domain/x.h\"\n");
    Rules rules = kRules;
    rules.exceptions = {{"src/base/a.cpp", "domain/x.h", "moves next week"}};
    EXPECT_EQ(findings(rules), "");

    fs::remove(root_ / "src/base/a.cpp");
    EXPECT_EQ(findings(rules), "src/base/a.cpp: [exception] the exception for domain/x.h is not needed\n");
}

}  // namespace
}  // namespace entente::architecture
