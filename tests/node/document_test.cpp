// Documents in a whole node on disk: damage is found, no byte lies in the clear, nothing is left behind.
#include <gtest/gtest.h>

#include <filesystem>

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/files.h"
#include "base/id.h"
#include "ingest/document/read_text.h"
#include "ledger/document.h"
#include "service/add_document.h"
#include "service/verify_node.h"
#include "store/sqlite/sqlite_ledger_store.h"
#include "store/sqlite/sqlite_record_index.h"

namespace entente {
namespace {

namespace fs = std::filesystem;
using service::Access;
using service::Node;

constexpr const char* kMarker = "zyzzyva-in-the-harbour";

class DocumentNode : public testing::Test {
protected:
    DocumentNode() : directory_(fs::temp_directory_path() / ("entente-" + RecordId::random().text())) {
        stores_.ledger = [](const fs::path& file) { return store::open_sqlite_ledger_store(file); };
        stores_.read_text = ingest::document::remembering_text_reader();
        stores_.index = [this](const fs::path& file) {
            return store::open_sqlite_record_index(file, schema_, stores_.read_text);
        };
        stores_.index_name = store::record_index_name(schema_);
        const auto made = Node::create(
            {directory_ / "node", directory_ / "keys", "USA", "test.example/usa/ledger"}, stores_, schema_
        );
        EXPECT_TRUE(made) << made.error().message;
    }
    ~DocumentNode() override { fs::remove_all(directory_); }

    std::unique_ptr<Node> open(Access access) {
        auto node = Node::open(directory_ / "node", access, stores_, schema_);
        EXPECT_TRUE(node) << node.error().message;
        return *std::move(node);
    }
    service::AddedDocument add(const std::string& bytes) {
        const auto file = directory_ / "file";
        EXPECT_TRUE(replace_file(file, bytes));
        const auto node = open(Access::write);
        const auto added = service::add_document(*node, file, {{"citations", {"unknown"}}}, {});
        EXPECT_TRUE(added) << added.error().message;
        return added.value_or(service::AddedDocument{});
    }
    Result<service::OpenDocument> read(const std::string& rec) {
        const auto node = open(Access::read);
        const auto view = *node->view();
        return service::open_document(*node, *view, rec);
    }
    std::string first_finding() {
        const auto node = open(Access::read);
        const auto outcome = service::verify_node(*node, {});
        EXPECT_TRUE(outcome) << outcome.error().message;
        return outcome->report.findings.empty() ? "" : outcome->report.findings[0].what;
    }
    void edit(const std::string& sql) {
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open((directory_ / "node/ledger.db").c_str(), &database), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(database);
        EXPECT_GT(sqlite3_changes(database), 0) << sql;
        EXPECT_EQ(
            sqlite3_exec(database, "PRAGMA wal_checkpoint(TRUNCATE)", nullptr, nullptr, nullptr), SQLITE_OK
        );
        sqlite3_close(database);
    }
    /// Names of the node's files that hold these bytes.
    std::vector<std::string> holding(const std::string& bytes) {
        std::vector<std::string> out;
        for (const auto& file : fs::recursive_directory_iterator(directory_ / "node"))
            if (file.is_regular_file() &&
                read_file(file.path()).value_or("").find(bytes) != std::string::npos)
                out.push_back(file.path().filename().string());
        return out;
    }

    const domain::Schema& schema_ = domain::Schema::builtin();
    fs::path directory_;
    service::Stores stores_;
};

TEST_F(DocumentNode, AChangedByteIsFoundOnReadingAndByVerify) {
    const auto one = add(std::string(2 * ledger::kChunkBytes, 'x')).written.revision;
    const auto two = add(std::string(2 * ledger::kChunkBytes, 'y')).written.revision;
    EXPECT_EQ(read(one.rec)->bytes.size(), 2 * ledger::kChunkBytes);
    EXPECT_EQ(first_finding(), "");
    // One bit in the middle of the second chunk, then that chunk in the place of the other document's.
    for (const auto& sql :
         {fmt::format(
              "UPDATE payload SET box=CAST(substr(box,1,500)||(CASE WHEN hex(substr(box,501,1))='00' THEN "
              "x'01' ELSE x'00' END)||substr(box,502) AS BLOB) WHERE row=-2 AND slot=1 AND idx={}",
              one.index
          ),
          fmt::format(
              "UPDATE payload SET box=(SELECT p.box FROM payload AS p WHERE p.row=-2 AND p.slot=1 AND "
              "p.idx={}) WHERE row=-2 AND slot=1 AND idx={}",
              two.index,
              one.index
          )}) {
        edit(sql);
        const auto bad = read(one.rec);
        ASSERT_FALSE(bad);
        EXPECT_EQ(bad.error().code, ErrorCode::corrupt);
        EXPECT_NE(bad.error().message.find("chunk 2 of 2 does not open"), std::string::npos)
            << bad.error().message;
        EXPECT_NE(first_finding().find("chunk 2 of 2 does not open"), std::string::npos);
        EXPECT_TRUE(read(two.rec));
    }
    edit(fmt::format("DELETE FROM payload WHERE row=-2 AND slot=1 AND idx={}", one.index));
    EXPECT_NE(first_finding().find("chunk 2 of 2 is missing"), std::string::npos);
}

TEST_F(DocumentNode, NoByteLiesInTheClearAndErasureLeavesNone) {
    // Bytes that are no text have none in the index: they lie in no file at all.
    const auto binary = add(std::string("\0\1", 2) + "secret-payload-of-no-kind").written.revision;
    EXPECT_TRUE(holding("secret-payload-of-no-kind").empty());
    const auto text = add(fmt::format("A note.\nWe met {} at noon.\n", kMarker)).written.revision;
    for (const auto& file : holding(kMarker)) EXPECT_TRUE(file.starts_with("projection-")) << file;
    EXPECT_FALSE(holding(kMarker).empty());
    // What an erasure does to the ledger: the digest's disclosure goes, and its key with it; the chunks too.
    edit(fmt::format("DELETE FROM payload WHERE idx={}", text.index));
    for (const auto& file : fs::directory_iterator(directory_ / "node"))
        if (file.path().filename().string().starts_with("projection-")) fs::remove(file.path());
    const auto gone = read(text.rec);
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code, ErrorCode::not_found);
    EXPECT_TRUE(holding(kMarker).empty()) << holding(kMarker)[0];
    EXPECT_TRUE(read(binary.rec));
}

TEST_F(DocumentNode, WithoutTheKeyOfItsDigestNothingComesBack) {
    const auto added = add("some bytes of text\n").written.revision;
    // The disclosure of the digest alone: the chunk is still there, and can be opened by nobody.
    const auto node = open(Access::read);
    const auto reader = *node->store().read();
    const auto boxes = *reader->boxes(added.index, -1);
    const auto chunk = **reader->chunk(added.index, 0);
    std::uint32_t slot = 0;
    for (const auto& box : boxes)
        if (box.address.key == chunk.address.key) slot = box.address.slot;
    edit(fmt::format("DELETE FROM payload WHERE idx={} AND row=-1 AND slot={}", added.index, slot));
    EXPECT_EQ(read(added.rec).error().code, ErrorCode::not_found);
    EXPECT_NE(first_finding(), "");
}

TEST_F(DocumentNode, TheSameBytesFromTheSameSourceAddNothing) {
    const auto first = add("some text\n");
    const auto again = add("some text\n");
    EXPECT_FALSE(first.on_record);
    EXPECT_TRUE(again.on_record);
    EXPECT_EQ(again.written.revision.rec, first.written.revision.rec);
    EXPECT_FALSE(add("SOME text\n").on_record);  // of the same size
    const auto node = open(Access::read);
    ledger::RecordQuery documents;
    documents.types = {"document"};
    EXPECT_EQ(node->view().value()->count(documents).value(), 2U);
}

}  // namespace
}  // namespace entente
