// A whole node on disk, with the public record in it: damage to the index, a restored backup, a lost key.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include <sqlite3.h>

#include "base/files.h"
#include "service/import_contacts.h"
#include "service/verify_node.h"
#include "service/write_record.h"
#include "store/sqlite/sqlite_ledger_store.h"
#include "store/sqlite/sqlite_record_index.h"

namespace entente {
namespace {

namespace fs = std::filesystem;
using service::Access;
using service::Node;

class NodeTest : public testing::Test {
protected:
    NodeTest() : directory_(fs::temp_directory_path() / ("entente-" + RecordId::random().text())) {
        stores_.ledger = [](const fs::path& file) { return store::open_sqlite_ledger_store(file); };
        stores_.index = [this](const fs::path& file) {
            return store::open_sqlite_record_index(file, schema_);
        };
        stores_.index_name = store::record_index_name(schema_);
        const auto made = Node::create(
            {directory_ / "node", directory_ / "keys", "USA", "test.example/usa/ledger"}, stores_, schema_
        );
        EXPECT_TRUE(made) << made.error().message;
    }
    ~NodeTest() override { fs::remove_all(directory_); }

    std::unique_ptr<Node> open(Access access) {
        auto node = Node::open(directory_ / "node", access, stores_, schema_);
        EXPECT_TRUE(node) << node.error().message;
        return *std::move(node);
    }
    /// The coded files of the public record, without its twenty times larger counted ones.
    void import() {
        const auto folder = directory_ / "coded";
        fs::create_directories(folder);
        for (const char* file :
             {"sources", "channels", "shocks", "disruptions", "contacts", "coverage", "additions"})
            fs::copy_file(
                fs::path("data/public-record") / (std::string(file) + ".csv"),
                folder / (std::string(file) + ".csv"),
                fs::copy_options::overwrite_existing
            );
        const auto node = open(Access::write);
        const auto outcome = service::import_contacts(*node, {folder, false, false});
        ASSERT_TRUE(outcome) << outcome.error().message;
        ASSERT_TRUE(outcome->kept);
    }
    Result<service::Written> enter(Node& node, const char* day) {
        return service::record(
            node,
            "engagement",
            {{"category", {"DLG"}}, {"with", {"USA,CHN"}}, {"held", {day}}, {"source", {"unknown"}}},
            {}
        );
    }
    void edit_index(const char* sql) {
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open((directory_ / "node" / stores_.index_name).c_str(), &database), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(database);
        EXPECT_GT(sqlite3_changes(database), 0) << sql;
        sqlite3_close(database);
    }
    service::VerifyNodeOutcome verified(bool deep) {
        const auto node = open(Access::read);
        const auto outcome = service::verify_node(*node, {std::nullopt, deep});
        EXPECT_TRUE(outcome) << outcome.error().message;
        return *outcome;
    }

    const domain::Schema& schema_ = domain::Schema::builtin();
    fs::path directory_;
    service::Stores stores_;
};

TEST_F(NodeTest, DamageToTheIndexIsFoundByDeepVerifyAndMendedByRebuild) {
    import();
    EXPECT_TRUE(verified(true).index_difference.empty());
    for (const char* sql :
         {"UPDATE t_engagement SET category=category+1 WHERE rev=(SELECT max(rev) FROM t_engagement)",
          "UPDATE text SET text=text||'x' WHERE id=5",
          "DELETE FROM reference WHERE rev=(SELECT max(rev) FROM reference)",
          "UPDATE revision SET content='{}' WHERE rev=400",
          "DELETE FROM t_disruption__stopped_by",
          "UPDATE revision SET label=(SELECT max(id) FROM label)+1 WHERE rev=300",
          "DELETE FROM system_entry WHERE idx=3"}) {
        edit_index(sql);
        const auto outcome = verified(true);
        EXPECT_TRUE(outcome.report.findings.empty()) << "the ledger itself is whole";
        EXPECT_FALSE(outcome.index_difference.empty()) << sql;
        const auto node = open(Access::write);
        const auto difference = node->rebuild_index();
        ASSERT_TRUE(difference);
        EXPECT_FALSE(difference->empty());
        EXPECT_TRUE(node->compare_index()->empty()) << "mended: " << sql;
    }
}

TEST_F(NodeTest, AnIndexThatIsGoneOrNoDatabaseIsMadeAgain) {
    import();
    const auto before = open(Access::read)->view().value()->list({}).value().total;
    for (const char* content :
         {"", "this is no database at all, but it is long enough to be taken for a page of one"}) {
        for (const char* suffix : {"-wal", "-shm"})
            fs::remove(directory_ / "node" / (stores_.index_name + suffix));
        ASSERT_TRUE(replace_file(directory_ / "node" / stores_.index_name, content));
        EXPECT_EQ(open(Access::read)->view().value()->list({}).value().total, before);
    }
}

TEST_F(NodeTest, AnIndexWithTornPagesIsMadeAgain) {
    import();
    const auto file = directory_ / "node" / stores_.index_name;
    for (const char* suffix : {"-wal", "-shm"}) fs::remove(file.string() + suffix);
    const auto whole = read_file(file).value();
    ASSERT_GT(whole.size(), 280U * 4096) << "the damage lies inside the file";
    // What is read at opening lies in the first pages, and is met there or not.
    for (const std::size_t first : {40U, 120U, 200U, 260U}) {
        auto bytes = whole;
        for (std::size_t page = first; page * 4096 + 4096 <= bytes.size(); ++page)
            bytes.replace(page * 4096, 4096, std::string(4096, '\xA5'));
        for (const char* suffix : {"-wal", "-shm"}) fs::remove(file.string() + suffix);
        ASSERT_TRUE(replace_file(file, bytes));
        const auto node = open(Access::write);
        ASSERT_TRUE(node->rebuild_index());
        EXPECT_TRUE(node->compare_index()->empty());
        EXPECT_EQ(
            node->view()
                .value()
                ->list({{"engagement"}, {}, {}, {}, {}, {}, true, SIZE_MAX, {}})
                .value()
                .total,
            299U
        ) << "torn from page "
          << first;
    }
}

TEST_F(NodeTest, ARestoredBackupDoesNotSignASecondHistory) {
    {
        const auto node = open(Access::write);
        ASSERT_TRUE(enter(*node, "2024-01-01"));
    }
    fs::copy(directory_ / "node", directory_ / "backup", fs::copy_options::recursive);
    {
        const auto node = open(Access::write);
        ASSERT_TRUE(enter(*node, "2024-01-02"));
    }
    fs::remove_all(directory_ / "node");
    fs::rename(directory_ / "backup", directory_ / "node");
    {
        const auto outcome = verified(false);
        ASSERT_FALSE(outcome.report.findings.empty()) << "the ratchet knows of an entry that is not there";
        EXPECT_EQ(outcome.report.first_bad(), outcome.report.entries);
    }
    const auto before = fs::file_size(directory_ / "node/ledger.db");
    const auto refused = Node::open(directory_ / "node", Access::write, stores_, schema_);
    ASSERT_FALSE(refused) << "it is found before anything is written";
    EXPECT_EQ(refused.error().code, ErrorCode::conflict);
    EXPECT_EQ(fs::file_size(directory_ / "node/ledger.db"), before);
    EXPECT_TRUE(open(Access::read)->view()) << "reading goes on";
}

TEST_F(NodeTest, KeysAreNeededAndAreNotAmongTheData) {
    EXPECT_EQ(
        Node::create({directory_ / "other", directory_ / "other/keys", "USA", ""}, stores_, schema_)
            .error()
            .field,
        "keys"
    );
    fs::rename(directory_ / "keys", directory_ / "elsewhere");
    const auto node = Node::open(directory_ / "node", Access::read, stores_, schema_);
    ASSERT_FALSE(node);
    EXPECT_EQ(node.error().field, "keys");
}

TEST_F(NodeTest, ARatchetThatIsDamagedOrGoneStopsWriting) {
    const auto file = directory_ / "keys/ratchet";
    const auto good = read_file(file).value();
    ASSERT_TRUE(good.ends_with("=\n"));
    auto changed = good;
    changed[changed.size() - 2] = '!';
    for (const auto& content : {changed, std::string("nonsense here\n"), std::string()}) {
        ASSERT_TRUE(replace_file(file, content, 0600));
        EXPECT_FALSE(Node::open(directory_ / "node", Access::write, stores_, schema_)) << content;
        // By itself, too: a restored backup may hold no checkpoint that would betray the loss.
        const auto head = ledger::Ratchet(file).head();
        EXPECT_TRUE(content.empty() ? head && !*head : !head && head.error().code == ErrorCode::corrupt)
            << content;
    }
    // A line that a crash cut short is passed over: what it said was never signed.
    ASSERT_TRUE(replace_file(file, good + "test.example/usa/ledger 99 AAAA", 0600));
    ASSERT_TRUE(enter(*open(Access::write), "2024-01-01"));
    ASSERT_TRUE(enter(*open(Access::write), "2024-01-02"));
    EXPECT_TRUE(verified(true).report.findings.empty());
}

TEST_F(NodeTest, AKeyFileThatIsTooShortIsNotFilledUpWithNewKeys) {
    import();
    const auto file = directory_ / "keys/data.keys";
    const auto good = read_file(file).value();
    ASSERT_TRUE(replace_file(file, good.substr(0, good.size() / 3), 0600));
    EXPECT_FALSE(Node::open(directory_ / "node", Access::write, stores_, schema_));
    EXPECT_EQ(fs::file_size(file), good.size() / 3) << "nothing was added";
    ASSERT_TRUE(replace_file(file, good, 0600));
    EXPECT_TRUE(enter(*open(Access::write), "2024-01-01"));
}

TEST_F(NodeTest, ManyCommandsThatFindNoIndexMakeOne) {
    import();
    const auto entries = open(Access::read)->standing()->entries;
    for (int round = 0; round < 3; ++round) {
        for (const char* suffix : {"", "-wal", "-shm"})
            fs::remove(directory_ / "node" / (stores_.index_name + suffix));
        std::vector<std::jthread> commands;
        for (int i = 0; i < 6; ++i)
            commands.emplace_back([&, i] {
                const auto node = open(i == 0 ? Access::write : Access::read);
                const auto view = node->view();
                ASSERT_TRUE(view) << view.error().message;
                EXPECT_EQ(
                    view.value()->list({{"engagement"}, {}, {}, {}, {}, {}, true, SIZE_MAX, {}})->total, 299U
                );
                EXPECT_EQ(view.value()->resolve({"actor"}, "USA")->size(), 1U);
            });
        commands.clear();
        EXPECT_EQ(open(Access::read)->standing()->entries, entries) << "the log did not grow";
    }
}

TEST_F(NodeTest, InitLeavesNothingBehindWhenItFails) {
    ASSERT_TRUE(replace_file(directory_ / "file", "x"));
    EXPECT_FALSE(Node::create({directory_ / "file", directory_ / "k2", "USA", ""}, stores_, schema_));
    EXPECT_FALSE(
        Node::create({directory_ / "n2", directory_ / "k2", "USA", "bad\rorigin/x"}, stores_, schema_)
    );
    EXPECT_FALSE(Node::create({directory_ / "n2", directory_ / "k2", "NATO", ""}, stores_, schema_));
    EXPECT_FALSE(Node::create({directory_ / "n2", directory_ / "keys", "USA", ""}, stores_, schema_))
        << "keys of another node";
    EXPECT_FALSE(fs::exists(directory_ / "k2") || fs::exists(directory_ / "n2"));
    EXPECT_TRUE(Node::create({directory_ / "n2", directory_ / "k2", "USA", ""}, stores_, schema_));
    EXPECT_EQ(
        fs::status(directory_ / "n2").permissions() & (fs::perms::group_all | fs::perms::others_all),
        fs::perms::none
    );
}

TEST_F(NodeTest, AWriterKeepsOthersOut) {
    const auto first = open(Access::write);
    const auto lock = FileLock::acquire(directory_ / "node/writer.lock", 0);
    ASSERT_FALSE(lock);
    EXPECT_EQ(lock.error().code, ErrorCode::unavailable);
}

TEST_F(NodeTest, AReaderGoesOnBesideAWriter) {
    const auto first = open(Access::write);
    const auto reader = open(Access::read);
    EXPECT_TRUE(enter(*first, "2024-01-01"));
    EXPECT_EQ(
        reader->view().value()->list({{"engagement"}, {}, {}, {}, {}, {}, true, SIZE_MAX, {}}).value().total,
        1U
    );
}

TEST_F(NodeTest, ReadersBesideAWriterSeeWholeStatesAndDoNotDisturbTheIndex) {
    std::atomic<bool> done = false;
    std::vector<std::jthread> readers;
    for (int i = 0; i < 3; ++i)
        readers.emplace_back([&] {
            std::size_t last = 0;
            while (!done) {
                const auto node = open(Access::read);
                const auto view = node->view();
                ASSERT_TRUE(view) << view.error().message;
                const auto page =
                    view.value()->list({{"engagement"}, {}, {}, {}, {}, {}, true, SIZE_MAX, {}});
                ASSERT_TRUE(page) << page.error().message;
                EXPECT_EQ(page->records.size(), page->total);
                EXPECT_GE(page->total, last) << "what was seen does not go away";
                last = page->total;
            }
        });
    {
        const auto node = open(Access::write);
        for (int i = 0; i < 25; ++i) {
            const auto written = enter(*node, "2024-01-01");
            EXPECT_TRUE(written) << written.error().message;
        }
    }
    done = true;
    readers.clear();
    EXPECT_TRUE(open(Access::read)->compare_index()->empty());
    EXPECT_TRUE(verified(true).index_difference.empty());
}

TEST_F(NodeTest, AnIndexOfAnotherHistoryIsMadeAgain) {
    fs::copy(directory_ / "node/ledger.db", directory_ / "older.db");
    {
        const auto node = open(Access::write);
        ASSERT_TRUE(enter(*node, "2024-01-01"));
    }
    for (const char* suffix : {"", "-wal", "-shm"})
        fs::remove(directory_ / (std::string("node/ledger.db") + suffix));
    fs::copy(directory_ / "older.db", directory_ / "node/ledger.db");
    EXPECT_EQ(
        open(Access::read)
            ->view()
            .value()
            ->list({{"engagement"}, {}, {}, {}, {}, {}, true, SIZE_MAX, {}})
            .value()
            .total,
        0U
    );
}

TEST_F(NodeTest, TheLogExplainsItselfAndPersonsAreNotReadableInTheLedgerFile) {
    import();
    const auto node = open(Access::read);
    const auto schema = node->view().value()->system_entries("schema").value();
    EXPECT_EQ(schema.size(), schema_.types().size() + schema_.lists().size());
    const auto ledger = read_file(directory_ / "node/ledger.db").value() +
                        read_file(directory_ / "node/ledger.db-wal").value_or("");
    for (const char* secret : {"Dempsey", "Shangri-La Dialogue and meeting", "Samuel Paparo"})
        EXPECT_EQ(ledger.find(secret), std::string::npos) << secret;
    EXPECT_NE(ledger.find("Honolulu"), std::string::npos) << "places are clear";
}

}  // namespace
}  // namespace entente
