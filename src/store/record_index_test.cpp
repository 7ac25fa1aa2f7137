#include <gtest/gtest.h>

#include <filesystem>

#include <sqlite3.h>

#include "domain/content.h"
#include "ledger/document.h"
#include "ledger/ledger.h"
#include "ledger/record_index.h"
#include "policy/label.h"
#include "store/memory/memory_ledger_store.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/sqlite_record_index.h"

namespace entente {
namespace {

using namespace ledger;

class RecordIndexTest : public testing::Test {
protected:
    RecordIndexTest()
        : directory_(std::filesystem::temp_directory_path() / ("entente-" + RecordId::random().text())) {
        std::filesystem::create_directory(directory_);
        EXPECT_TRUE(Vault::create(directory_));
        vault_.emplace(*Vault::open(directory_));
        store_ = store::make_memory_ledger_store();
        ledger_ = *Ledger::open(*store_, *vault_, AccountId::random(), system_clock());
        auto index = store::open_sqlite_record_index(directory_ / "index.db", schema_);
        EXPECT_TRUE(index) << index.error().message;
        index_ = *std::move(index);
    }
    ~RecordIndexTest() override {
        index_.reset();
        std::filesystem::remove_all(directory_);
    }

    std::string label(const char* originator) const {
        return policy::Label::originator_only(originator, "alfa.example/policy/1").bytes();
    }

    Receipt put(
        const char* kind,
        const std::string& rec,
        const char* type,
        const domain::Content& content,
        const char* originator = "AAA"
    ) {
        const auto parts = domain::split(*schema_.find(type), content);
        Draft draft;
        draft.kind = kind, draft.rec = rec, draft.type = type, draft.clear = parts.clear,
        draft.sealed = parts.sealed, draft.label = label(originator);
        auto receipt = ledger_->append(draft);
        EXPECT_TRUE(receipt) << receipt.error().message;
        return *receipt;
    }
    std::unique_ptr<RecordView> view(std::optional<std::uint64_t> as_of = {}) {
        EXPECT_TRUE(index_->catch_up(*store_, *vault_));
        auto view = index_->read(policy::AuthzContext::home("AAA", "alfa.example/policy/1"), as_of);
        EXPECT_TRUE(view) << view.error().message;
        return *std::move(view);
    }
    RecordPage listed(const RecordQuery& query) {
        auto page = view()->list(query);
        EXPECT_TRUE(page) << page.error().message;
        return page.value_or(RecordPage{});
    }
    static domain::Content shock(const char* title, const char* day) {
        return {
            {"kind", "law"},
            {"on", json::object{{"from", day}, {"precision", "day"}, {"to", day}}},
            {"initiators", json::array{"odhioh4khu73isn4hq5m4zkhzy"}},
            {"title", title},
            {"source_id", std::string("s") + day}};
    }

    const domain::Schema& schema_ = domain::Schema::builtin();
    std::filesystem::path directory_;
    std::optional<Vault> vault_;
    std::unique_ptr<LedgerStore> store_;
    std::unique_ptr<Ledger> ledger_;
    std::unique_ptr<RecordIndex> index_;
};

TEST_F(RecordIndexTest, RevisionsAsOfAndHistory) {
    const auto rec = RecordId::random().text();
    put("record", rec, "shock", shock("first", "2020-01-01"));
    put("supersede", rec, "shock", shock("second", "2020-01-02"));
    put("retract", rec, "shock", {{"note", json::array{"entered by mistake"}}});
    EXPECT_EQ(text_at((*view(1)->current(rec))->content, "title"), "first");
    EXPECT_EQ(text_at((*view(2)->current(rec))->content, "title"), "second");
    EXPECT_FALSE(*view()->current(rec));
    const auto history = *view()->history(rec);
    ASSERT_EQ(history.size(), 3U);
    EXPECT_EQ(history[0].until, 2U);
    EXPECT_EQ(history[1].number, 2U);
    EXPECT_FALSE(history[2].until);
    EXPECT_EQ(view(1)->history(rec)->size(), 1U);
    EXPECT_FALSE((*view(1)->history(rec))[0].until) << "what came later is not known then";
    EXPECT_FALSE(index_->read(policy::AuthzContext::home("AAA", "p"), 99));
}

TEST_F(RecordIndexTest, EveryRevisionHasItsPlaceAndAViewSaysWhichCount) {
    const auto mine = RecordId::random().text(), theirs = RecordId::random().text(),
               gone = RecordId::random().text();
    put("record", mine, "shock", shock("first", "2020-01-01"));
    put("record", theirs, "shock", shock("theirs", "2020-01-02"), "BBB");
    put("record", gone, "shock", shock("gone", "2020-01-03"));
    put("record", RecordId::random().text(), "source", {{"key", "k"}, {"title", "of another type"}});
    put("supersede", mine, "shock", shock("second", "2020-01-04"));
    put("retract", gone, "shock", {{"note", json::array{"entered by mistake"}}});
    const auto all = view();
    std::vector<std::string> seen;
    std::vector<std::uint64_t> places;
    const auto visit = [&](std::uint64_t place, const Revision& revision) -> Result<void> {
        places.push_back(place);
        seen.push_back(revision.kind == "retract" ? "-" : text_at(revision.content, "title"));
        return {};
    };
    EXPECT_EQ(index_->each_revision({"shock"}, 0, visit).value(), 6U);
    EXPECT_EQ(places, (std::vector<std::uint64_t>{1, 2, 3, 5, 6}));
    EXPECT_EQ(seen, (std::vector<std::string>{"first", "theirs", "gone", "second", "-"}));
    places.clear();
    EXPECT_TRUE(index_->each_revision({"shock"}, 4, visit));
    EXPECT_EQ(places, (std::vector<std::uint64_t>{5, 6}));
    const auto counting = [&](std::optional<std::uint64_t> as_of) {
        const auto found = view(as_of)->current_places({"shock"}).value();
        std::vector<std::uint64_t> out;
        for (std::uint64_t place = 0; place < found.size(); ++place)
            if (found[place]) out.push_back(place);
        return out;
    };
    EXPECT_EQ(counting(3), (std::vector<std::uint64_t>{1, 3}))
        << "what others keep to themselves does not count";
    EXPECT_EQ(counting({}), (std::vector<std::uint64_t>{5}));
}

TEST_F(RecordIndexTest, ListsNarrowOrderAndPage) {
    std::vector<std::string> ids;
    for (int i = 1; i <= 9; ++i) {
        ids.push_back(RecordId::random().text());
        put("record",
            ids.back(),
            "shock",
            shock(i % 2 ? "odd one" : "even one", ("2020-01-0" + std::to_string(i)).c_str()));
    }
    RecordQuery query;
    query.types = {"shock"}, query.text = "ODD", query.limit = 2;
    auto page = listed(query);
    EXPECT_EQ(page.total, 5U);
    ASSERT_EQ(page.records.size(), 2U);
    EXPECT_EQ(page.records[0].rec, ids[8]);
    query.after = page.records[1].rec;
    EXPECT_EQ(listed(query).records[0].rec, ids[4]);
    RecordQuery by_actor;
    by_actor.actors = {"odhioh4khu73isn4hq5m4zkhzy"}, by_actor.since = day_of(2020, 1, 8),
    by_actor.newest_first = false;
    EXPECT_EQ(listed(by_actor).records[0].rec, ids[7]);
    RecordQuery equal;
    equal.equals = {{"kind", "law"}};
    EXPECT_EQ(listed(equal).total, 9U);
    equal.equals = {{"kind", "coup"}};
    EXPECT_EQ(listed(equal).total, 0U);
    equal.equals = {{"colour", "red"}};
    EXPECT_FALSE(view()->list(equal));
    EXPECT_EQ(view()->resolve({"shock"}, "S2020-01-03")->front().first, ids[2]);
    EXPECT_EQ(view()->resolve({}, ids[3].substr(0, 9))->front().first, ids[3]);
    EXPECT_TRUE(view()->resolve({"actor"}, ids[3])->empty());
}

TEST_F(RecordIndexTest, DistinctValuesAreCountedWithWhatStandsBehindThem) {
    const std::string colombia = "odhioh4khu73isn4hq5m4zkhzy", peru = "p5x2kqyzt7n3w4m6r2v5j7c3aq";
    const auto line =
        [&](const char* unit, const std::string& nation, int people, const char* cost, const char* day) {
            return domain::Content{
                {"recipient", nation},
                {"course", "Seminar"},
                {"recipient_unit", unit},
                {"held", json::object{{"from", day}, {"precision", "day"}, {"to", day}}},
                {"people", people},
                {"cost", json::object{{"amount", cost}, {"currency", "USD"}}}};
        };
    const auto changed = RecordId::random().text(), gone = RecordId::random().text();
    put("record", RecordId::random().text(), "training_line", line("MOD", colombia, 3, "10.5", "2010-03-01"));
    put("record", changed, "training_line", line("MOD", colombia, 4, "2", "2009-01-01"));
    put("record", RecordId::random().text(), "training_line", line("MOD", peru, 5, "1", "2011-01-01"));
    put("record", gone, "training_line", line("Army", peru, 6, "1", "2011-01-01"));
    put("record",
        RecordId::random().text(),
        "training_line",
        line("MOD", colombia, 99, "99", "2001-01-01"),
        "BBB");
    put("supersede", changed, "training_line", line("MOD", colombia, 7, "2", "2012-01-01"));
    put("retract", gone, "training_line", {});
    const TallyQuery query{"training_line", "recipient_unit", "recipient", {"people", "cost"}};
    const auto now = view()->tally_values(query);
    ASSERT_TRUE(now) << now.error().message;
    ASSERT_EQ(now->size(), 2U) << "what was retracted is not counted, nor what the context may not see";
    EXPECT_EQ((*now)[0].by, colombia);
    EXPECT_EQ((*now)[0].records, 2U);
    EXPECT_EQ((*now)[0].sums, (std::vector<double>{10, 12.5}));
    EXPECT_EQ(to_iso(*(*now)[0].first), "2010-03-01");
    EXPECT_EQ(to_iso(*(*now)[0].last), "2012-01-01");
    EXPECT_EQ((*now)[1].by, peru);
    const auto before = view(5)->tally_values(query);
    ASSERT_TRUE(before);
    ASSERT_EQ(before->size(), 3U);
    EXPECT_EQ((*before)[0].value, "Army");
    EXPECT_EQ((*before)[1].sums[0], 7) << "3 and 4, before the correction";
    EXPECT_EQ(view()->tally_values({"training_line", "recipient_unit", "", {}})->size(), 1U);
    EXPECT_TRUE(view()->tally_values({"engagement", "places", "", {}})->empty()) << "a repeated field";
    EXPECT_FALSE(view()->tally_values({"training_line", "held", "", {}}));
    EXPECT_FALSE(view()->tally_values({"training_line", "course", "engagements", {}}));
    EXPECT_FALSE(view()->tally_values({"training_line", "course", "", {"course"}}));
    EXPECT_FALSE(view()->tally_values({"nothing", "course", "", {}}));
}

TEST_F(RecordIndexTest, WhatTheContextMayNotSeeIsNotThere) {
    const auto seen = RecordId::random().text(), hidden = RecordId::random().text();
    put("record", seen, "shock", shock("seen", "2020-01-01"));
    put("record", hidden, "shock", shock("hidden", "2020-01-02"), "BBB");
    EXPECT_EQ(listed({}).total, 1U);
    EXPECT_FALSE(*view()->current(hidden));
    EXPECT_TRUE(view()->history(hidden)->empty());
    EXPECT_TRUE(view()->resolve({}, "s2020-01-02")->empty());
    EXPECT_TRUE(view()->resolve_any(hidden)->empty());
    RecordQuery query;
    query.text = "hidden";
    EXPECT_EQ(listed(query).total, 0U);
}

// The text of a document lies under its record's label, follows its revisions, and comes again with the
// index.
TEST_F(RecordIndexTest, TextOfDocumentsFollowsTheirLabels) {
    const auto open = [&] {
        return *store::open_sqlite_record_index(
            directory_ / "documents.db",
            schema_,
            [](std::string_view, std::string_view bytes) {
                DocumentText text;
                text.pages = {std::string(bytes), "second page"};
                return text;
            }
        );
    };
    index_ = open();
    const auto add = [&](const std::string& rec, const std::string& bytes, const char* originator) {
        const domain::Content content{
            {"title", "A paper"},
            {"media_type", "text/plain"},
            {"size", static_cast<std::int64_t>(bytes.size())},
            {"language", originator},
            {"digest", document_digest(std::string(32, 's'), bytes)}};
        auto parts = domain::split(*schema_.find("document"), content);
        Draft draft;
        draft.kind = "record", draft.rec = rec, draft.type = "document", draft.clear = parts.clear;
        draft.sealed = parts.sealed, draft.label = label(originator);
        draft.file = std::make_shared<const std::string>(bytes);
        ASSERT_TRUE(ledger_->append(draft));
    };
    RecordQuery harbour, hidden, documents;
    harbour.text = "harbour", hidden.text = "submarine", documents.types = {"document"};
    const auto seen = RecordId::random().text(), secret = RecordId::random().text();
    add(seen, "the harbour", "AAA");
    const auto facets_of = [&] {
        FacetQuery query;
        query.where = documents, query.field = "language";
        return view()->facets(query).value();
    };
    const auto before = facets_of();
    add(secret, "the harbour and a submarine", "BBB");
    EXPECT_EQ(listed(harbour).total, 1U);
    EXPECT_EQ(listed(hidden).total, 0U);
    EXPECT_EQ(listed(documents).total, 1U);
    EXPECT_EQ(facets_of().rows.size(), before.rows.size());
    EXPECT_EQ(facets_of().records, before.records);
    EXPECT_TRUE(view()->pages(secret)->empty());
    EXPECT_EQ(*view()->pages(seen), (std::vector<std::string>{"the harbour", "second page"}));
    const auto other = index_->read(policy::AuthzContext::home("BBB", "alfa.example/policy/1"), {});
    EXPECT_EQ((*other)->list(hidden)->total, 1U);  // it is there, for those who may see it

    put("supersede", seen, "document", {{"title", "Renamed"}, {"media_type", "text/plain"}, {"size", 11}});
    EXPECT_EQ(listed(harbour).records.at(0).content.at("title"), "Renamed");
    EXPECT_EQ(view()->pages(seen)->size(), 2U);
    const auto dump = *index_->dump();
    ASSERT_TRUE(index_->rebuild(*store_, *vault_));
    EXPECT_EQ(*index_->dump(), dump);
    put("retract", seen, "document", {});
    EXPECT_EQ(listed(harbour).total, 0U);
    EXPECT_TRUE(view()->pages(seen)->empty());
}

TEST_F(RecordIndexTest, RebuildGivesAnEqualDumpAndDamageShows) {
    for (int i = 1; i <= 5; ++i)
        put("record",
            RecordId::random().text(),
            "shock",
            shock("x", ("2020-01-0" + std::to_string(i)).c_str()));
    (void)view();
    const auto before = *index_->dump();
    EXPECT_NE(before.find("t_shock|"), std::string::npos);
    ASSERT_TRUE(index_->clear());
    (void)view();
    EXPECT_EQ(*index_->dump(), before);
    ASSERT_TRUE(index_->rebuild(*store_, *vault_));
    EXPECT_EQ(*index_->dump(), before);
    {
        auto connection = *store::sqlite::Connection::open(
            directory_ / "index.db", store::sqlite::Durability::full, store::sqlite::Access::read_write
        );
        ASSERT_TRUE(connection.execute("UPDATE t_shock SET kind=kind+1 WHERE rev=3"));
    }
    EXPECT_NE(*index_->dump(), before);
}

// A long log is taken in without the indexes over revisions and with what is sorted held back; they come back
// when a revision is superseded, and at the end.
// A batch whose rows go into the index while the log takes them.
class BatchRowsTest : public RecordIndexTest {
protected:
    Draft batch() const {
        Draft out;
        out.kind = "import", out.rec = RecordId::random().text(), out.label = label("AAA");
        out.clear = json::object{{"source", "odhioh4khu73isn4hq5m4zkhzy"}, {"files", json::array{}}};
        return out;
    }
    Draft row(int i) const {
        auto parts = domain::split(
            *schema_.find("engagement"),
            domain::in_declared_order(
                *schema_.find("engagement"),
                {{"title", "Visit " + std::to_string(i)},
                 {"kind", "visit"},
                 {"source_id", "e" + std::to_string(i)},
                 {"place", i % 2 ? json::value("Córdoba") : json::value(json::object{{"none", "unknown"}})},
                 {"dates", json::object{{"from", "2021-03-04"}, {"precision", "day"}, {"to", "2021-03-04"}}}}
            )
        );
        Draft out;
        out.kind = "row", out.rec = RecordId::random().text(), out.type = "engagement";
        out.clear = std::move(parts.clear), out.sealed = std::move(parts.sealed);
        out.at = "1:" + std::to_string(i);
        return out;
    }
    Result<Receipt> append(BatchRows& ahead, const std::vector<Draft>& rows) {
        auto import = batch();
        auto at = rows.begin();
        return ledger_->append_batch(
            import,
            [&](Draft& next) -> Result<bool> {
                if (at == rows.end()) {
                    ahead.end();
                    return false;
                }
                next = *at++;
                return true;
            },
            [&](WrittenRow written) { EXPECT_TRUE(ahead.put(revision_of(std::move(written), schema_))); }
        );
    }
    std::vector<Draft> rows(int count) const {
        std::vector<Draft> out;
        for (int i = 0; i < count; ++i) out.push_back(row(i));
        return out;
    }
};

TEST_F(BatchRowsTest, WhatIsTakenAlongIsWhatTheLogSays) {
    put("record", RecordId::random().text(), "shock", shock("An act", "2020-01-02"));
    // In one piece at the end, and from a thread of its own.
    for (const int count : {3, 700}) {
        auto before = rows(count);
        (void)view();
        auto ahead = index_->take_rows(label("AAA"));
        ASSERT_TRUE(ahead) << ahead.error().message;
        const auto receipt = append(**ahead, before);
        ASSERT_TRUE(receipt) << receipt.error().message;
        const auto kept = (*ahead)->keep(*store_);
        ASSERT_TRUE(kept) << kept.error().message;
        ahead->reset();
        EXPECT_EQ(*index_->applied(), receipt->index + 1);
        const auto taken = *index_->dump();
        ASSERT_TRUE(index_->rebuild(*store_, *vault_));
        EXPECT_EQ(*index_->dump(), taken);
        EXPECT_EQ(text_at(view()->current(before[1].rec)->value().content, "title"), "Visit 1");
    }
    // A corrected row and a withdrawn one.
    std::vector<Draft> first = rows(2), second = first;
    auto ahead = *index_->take_rows(label("AAA"));
    ASSERT_TRUE(append(*ahead, first));
    ASSERT_TRUE(ahead->keep(*store_));
    ahead.reset();
    second[0].prev = view()->current(first[0].rec)->value().leaf;
    (*second[0].clear)["source_id"] = "corrected";
    second[1] = {}, second[1].kind = "row", second[1].rec = first[1].rec, second[1].type = "engagement";
    second[1].prev = view()->current(first[1].rec)->value().leaf, second[1].reason = "not_in_source";
    ahead = *index_->take_rows(label("AAA"));
    ASSERT_TRUE(append(*ahead, second));
    ASSERT_TRUE(ahead->keep(*store_));
    ahead.reset();
    EXPECT_EQ(text_at(view()->current(first[0].rec)->value().content, "source_id"), "corrected");
    EXPECT_FALSE(view()->current(first[1].rec)->has_value());
    const auto taken = *index_->dump();
    ASSERT_TRUE(index_->rebuild(*store_, *vault_));
    EXPECT_EQ(*index_->dump(), taken);
}

TEST_F(BatchRowsTest, WhatIsNotKeptLeavesTheIndexAsItWas) {
    put("record", RecordId::random().text(), "shock", shock("An act", "2020-01-02"));
    (void)view();
    const auto before = *index_->dump();
    for (const int count : {3, 700}) {
        auto ahead = *index_->take_rows(label("AAA"));
        for (int i = 0; i < count; ++i) {
            WrittenRow written;
            written.fields.kind = "row", written.fields.rec = RecordId::random().text();
            written.fields.type = "engagement", written.fields.f = *row(i).clear;
            written.index = 1, written.number = static_cast<std::uint64_t>(i);
            ASSERT_TRUE(ahead->put(revision_of(std::move(written), schema_)));
        }
        ahead.reset();
        EXPECT_EQ(*index_->dump(), before);
    }
    // In the log and not kept, as when the program ends between the two: the log is read.
    const auto lines = rows(2);
    auto ahead = *index_->take_rows(label("AAA"));
    ASSERT_TRUE(append(*ahead, lines));
    ahead.reset();
    EXPECT_TRUE(view()->current(lines[0].rec)->has_value());
}

TEST_F(BatchRowsTest, ARowWithAnotherLabelIsNotTakenAlong) {
    (void)view();
    auto ahead = *index_->take_rows(label("AAA"));
    Revision revision;
    revision.label = policy::label_digest(label("BBB"));
    const auto put = ahead->put(std::move(revision));
    ASSERT_FALSE(put);
    EXPECT_EQ(put.error().field, "label");
}

TEST_F(RecordIndexTest, ALongLogAtOnceGivesTheSameIndexAsStepByStep) {
    constexpr int kRows = 9'000;  // beyond those from which on the indexes are dropped
    const auto line = [](int i) {
        return domain::Content{
            {"recipient", "odhioh4khu73isn4hq5m4zkhzy"},
            {"course", "Course " + std::to_string(i % 700)},
            {"place", i % 3 ? json::value("Córdoba") : json::value(json::object{{"none", "unknown"}})},
            {"people", i},
            {"source_id", "L" + std::to_string(i * 7919 % kRows)}};
    };
    const auto batch = [&](int from, int to) {
        std::vector<Draft> rows;
        for (int i = from; i < to; ++i) {
            Draft row;
            row.kind = "row", row.rec = RecordId::random().text(), row.type = "training_line";
            row.clear = line(i), row.at = "1:" + std::to_string(i);
            rows.push_back(std::move(row));
        }
        Draft import;
        import.kind = "import", import.rec = RecordId::random().text(), import.label = label("AAA");
        import.clear = json::object{};
        EXPECT_TRUE(ledger_->append_batch(import, rows));
    };
    const auto indexes = [&] {
        auto connection = *store::sqlite::Connection::open(
            directory_ / "index.db", store::sqlite::Durability::full, store::sqlite::Access::read_only
        );
        auto s = *connection.prepare(
            "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'revision\\_%' ESCAPE '\\'"
        );
        EXPECT_TRUE(*s.step());
        return s.integer(0);
    };
    for (int i = 0; i < kRows; i += kRows / 3) batch(i, i + kRows / 3), (void)view();
    const auto rec = view()->resolve({"training_line"}, text_at(line(5), "source_id"))->front().first;
    put("supersede", rec, "training_line", line(5));
    batch(kRows, kRows + 50);
    (void)view();
    EXPECT_EQ(indexes(), 2);
    const auto before = *index_->dump();
    ASSERT_TRUE(index_->rebuild(*store_, *vault_));
    EXPECT_EQ(*index_->dump(), before) << "a supersession behind many rows";
    EXPECT_EQ(indexes(), 2);
    EXPECT_EQ(view()->history(rec)->size(), 2U);
    ASSERT_TRUE(index_->clear());
    (void)view();
    EXPECT_EQ(*index_->dump(), before);
    RecordQuery query;
    query.types = {"training_line"}, query.text = "cordoba";
    const auto page = listed(query);
    std::size_t expected = 0;
    for (int i = 0; i < kRows + 50; ++i) expected += i % 3 != 0;
    EXPECT_EQ(page.total, expected);
    EXPECT_EQ(text_at(page.records[0].content, "place"), "Córdoba");
    query.text = "", query.equals = {{"course", "Course 5"}};
    EXPECT_EQ(listed(query).total, 13U);
}

}  // namespace
}  // namespace entente
