// Who changed what, beside a list kept by hand of what was put.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "domain/content.h"
#include "ledger/ledger.h"
#include "ledger/record_index.h"
#include "policy/label.h"
#include "store/memory/memory_ledger_store.h"
#include "store/sqlite/sqlite_record_index.h"

namespace entente {
namespace {

using namespace ledger;

class IndexChangesTest : public testing::Test {
protected:
    IndexChangesTest()
        : directory_(std::filesystem::temp_directory_path() / ("entente-" + RecordId::random().text())) {
        std::filesystem::create_directory(directory_);
        EXPECT_TRUE(Vault::create(directory_));
        vault_.emplace(*Vault::open(directory_));
        store_ = store::make_memory_ledger_store();
        ledger_ = *Ledger::open(*store_, *vault_, accounts_[0], system_clock());
        index_ = *store::open_sqlite_record_index(directory_ / "index.db", schema_);
    }
    ~IndexChangesTest() override {
        index_.reset();
        std::filesystem::remove_all(directory_);
    }

    Draft draft(const char* kind, const std::string& rec) const {
        Draft out;
        out.kind = kind, out.rec = rec, out.type = "shock";
        out.label = policy::Label::originator_only("AAA", "alfa.example/policy/1").bytes();
        if (out.kind != "retract") {
            const domain::Content content{
                {"kind", "law"},
                {"on", json::object{{"from", "2001-04-01"}, {"precision", "day"}, {"to", "2001-04-01"}}},
                {"title", "A law"},
                {"source_id", rec}};
            const auto parts = domain::split(*schema_.find("shock"), content);
            out.clear = parts.clear, out.sealed = parts.sealed;
        }
        if (out.kind == "supersede" || out.kind == "retract")
            out.reason = "correction", out.prev = leaves_.at(rec);
        return out;
    }
    void put(const char* kind, const std::string& rec) {
        const auto receipt = ledger_->append(draft(kind, rec));
        ASSERT_TRUE(receipt) << receipt.error().message;
        leaves_[rec] = receipt->leaf;
        Change change;
        change.index = receipt->index, change.by = by_, change.kind = kind, change.rec = rec;
        change.number = ++numbers_[rec];
        put_.insert(put_.begin(), change);
    }
    void put_batch(std::size_t rows) {
        auto batch = draft("record", RecordId::random().text());
        batch.kind = "import", batch.type = {}, batch.sealed = {}, batch.clear = json::object{};
        std::vector<Draft> all;
        for (std::size_t i = 0; i < rows; ++i) {
            all.push_back(draft("record", RecordId::random().text()));
            all.back().kind = "row", all.back().label = {}, all.back().at = "0:" + std::to_string(i + 1);
        }
        const auto receipt = ledger_->append_batch(batch, all);
        ASSERT_TRUE(receipt) << receipt.error().message;
        Change change;
        change.index = receipt->index, change.by = by_, change.kind = "import", change.rec = batch.rec;
        change.rows = rows;
        put_.insert(put_.begin(), change);
    }
    void write_as(std::size_t which) {
        by_ = accounts_[which].text();
        ledger_->write_as(accounts_[which]);
    }
    std::vector<Change> asked(const ChangesQuery& query, std::optional<std::uint64_t> as_of = {}) {
        EXPECT_TRUE(index_->catch_up(*store_, *vault_));
        const auto view = index_->read(policy::AuthzContext::home("AAA", "alfa.example/policy/1"), as_of);
        const auto changes = (*view)->changes(query);
        EXPECT_TRUE(changes) << changes.error().message;
        return changes.value_or(std::vector<Change>{});
    }
    std::vector<Change> by_hand(const ChangesQuery& query, std::optional<std::uint64_t> as_of = {}) const {
        std::vector<Change> out;
        for (const auto& one : put_)
            if (one.index < query.before.value_or(UINT64_MAX) && one.index < as_of.value_or(UINT64_MAX) &&
                (query.account.empty() || one.by == query.account) && out.size() < query.limit)
                out.push_back(one);
        return out;
    }
    static void expect_same(const std::vector<Change>& found, const std::vector<Change>& expected) {
        ASSERT_EQ(found.size(), expected.size());
        for (std::size_t i = 0; i < found.size(); ++i) {
            EXPECT_EQ(found[i].index, expected[i].index);
            EXPECT_EQ(found[i].by, expected[i].by);
            EXPECT_EQ(found[i].kind, expected[i].kind);
            EXPECT_EQ(found[i].rec, expected[i].rec);
            EXPECT_EQ(found[i].number, expected[i].number);
            EXPECT_EQ(found[i].rows, expected[i].rows);
        }
    }

    const domain::Schema& schema_ = domain::Schema::builtin();
    const std::vector<AccountId> accounts_{AccountId::random(), AccountId::random(), AccountId::random()};
    std::filesystem::path directory_;
    std::optional<Vault> vault_;
    std::unique_ptr<LedgerStore> store_;
    std::unique_ptr<Ledger> ledger_;
    std::unique_ptr<RecordIndex> index_;
    std::string by_ = accounts_[0].text();
    std::vector<Change> put_;  // the latest first
    std::map<std::string, Hash> leaves_;
    std::map<std::string, std::uint32_t> numbers_;
};

TEST_F(IndexChangesTest, AnEmptyLogHasNone) {
    EXPECT_TRUE(asked({}).empty());
}

TEST_F(IndexChangesTest, EachEntryNamesItsAuthorAndABatchIsOneLine) {
    const auto rec = RecordId::random().text();
    put("record", rec);
    write_as(1);
    put("supersede", rec);
    put_batch(300);
    write_as(2);
    put("retract", rec);
    const auto found = asked({});
    ASSERT_EQ(found.size(), 4U);
    EXPECT_EQ(found[0].kind, "retract");
    EXPECT_EQ(found[0].reason, "correction");
    EXPECT_EQ(found[0].by, accounts_[2].text());
    EXPECT_EQ(found[1].rows, 300U);
    EXPECT_EQ(found[1].by, accounts_[1].text());
    EXPECT_EQ(found[3].by, accounts_[0].text());
    expect_same(found, by_hand({}));
}

TEST_F(IndexChangesTest, AnyQuestionIsAnsweredAsByHand) {
    std::mt19937 random(7);
    std::vector<std::string> live;
    for (int i = 0; i < 60; ++i) {
        write_as(random() % 3);
        const auto what = random() % 10;
        if (what < 2) {
            put_batch(random() % 4);
        } else if (what < 6 || live.empty()) {
            live.push_back(RecordId::random().text());
            put("record", live.back());
        } else {
            const auto at = static_cast<std::ptrdiff_t>(random() % live.size());
            const bool ends = what == 9;
            put(ends ? "retract" : "supersede", live[static_cast<std::size_t>(at)]);
            if (ends) live.erase(live.begin() + at);
        }
    }
    for (int i = 0; i < 200; ++i) {
        ChangesQuery query;
        query.limit = 1 + random() % 30;
        if (random() % 2) query.before = random() % 70;
        if (random() % 2) query.account = accounts_[random() % 3].text();
        std::optional<std::uint64_t> as_of;
        if (random() % 2) as_of = 1 + random() % 60;
        expect_same(asked(query, as_of), by_hand(query, as_of));
    }
}

}  // namespace
}  // namespace entente
