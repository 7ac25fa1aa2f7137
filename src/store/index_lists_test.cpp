// What is answered out of remembered sets is what SQL answers, and what counting by hand gives: on records made at
// random, with labels, corrections and retractions, for three readers and three sizes of the log.
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <map>
#include <random>
#include <set>

#include <fmt/format.h>

#include "domain/content.h"
#include "ledger/ledger.h"
#include "ledger/record_index.h"
#include "policy/label.h"
#include "store/memory/memory_ledger_store.h"
#include "store/sqlite/sqlite_record_index.h"

namespace entente {
namespace {

using namespace ledger;
using Kind = FilterValue::Kind;

constexpr const char* kPolicy = "alfa.example/policy/1";
constexpr std::array<const char*, 4> kActors{
    "odhioh4khu73isn4hq5m4zkhza",
    "odhioh4khu73isn4hq5m4zkhze",
    "odhioh4khu73isn4hq5m4zkhzi",
    "odhioh4khu73isn4hq5m4zkhzm"};
constexpr std::array<const char*, 4> kLevels{"minister", "working", "colonel", "unit"};
constexpr std::array<const char*, 5> kWords{"maritime", "talks", "visit", "staff", "arctic"};

const domain::Schema& schema() {
    return domain::Schema::builtin();
}

/// One revision as the test knows it.
struct Known {
    std::string rec;
    std::uint64_t since = 0;  ///< size of the log from which it counts
    std::optional<std::uint64_t> until;
    policy::Label label;
    domain::Content content;
    bool is_shock = false;
};

class RandomRecord {
public:
    RandomRecord()
        : directory_(std::filesystem::temp_directory_path() / ("entente-" + RecordId::random().text())) {
        std::filesystem::create_directory(directory_);
        EXPECT_TRUE(Vault::create(directory_));
        vault_.emplace(*Vault::open(directory_));
        store_ = store::make_memory_ledger_store();
        ledger_ = *Ledger::open(*store_, *vault_, AccountId::random(), system_clock());
        asked_anew_ = *store::open_sqlite_record_index(file(), schema());
        remembering_ = *store::open_sqlite_record_index(file(), schema(), {}, memory_);
    }
    ~RandomRecord() {
        asked_anew_.reset(), remembering_.reset();
        std::filesystem::remove_all(directory_);
    }
    std::filesystem::path file() const { return directory_ / "index.db"; }

    void grow(int records) {
        for (int i = 0; i < records; ++i) {
            const auto draw = random_() % 20;
            if (draw < 3 && !known_.empty()) {
                auto& old = known_[random_() % known_.size()];
                if (!old.until) end(old, draw == 0);
            } else if (draw == 3) {
                put({RecordId::random().text(), 0, {}, label(), shock(), true}, "record");
            } else {
                put({RecordId::random().text(), 0, {}, label(), engagement(), false}, "record");
            }
        }
    }
    std::unique_ptr<RecordView> view(bool remember, const policy::AuthzContext& who, std::uint64_t as_of) {
        auto& index = remember ? *remembering_ : *asked_anew_;
        EXPECT_TRUE(index.catch_up(*store_, *vault_));
        return *index.read(who, as_of);
    }
    std::vector<const Known*> seen(const policy::AuthzContext& who, std::uint64_t as_of) const {
        std::vector<const Known*> out;
        for (const auto& one : known_)
            if (one.since <= as_of && (!one.until || *one.until > as_of) && policy::decide(one.label, who))
                out.push_back(&one);
        return out;
    }
    std::uint64_t size() const { return size_; }
    std::uint64_t draw(std::uint64_t below) { return random_() % below; }
    store::sqlite::IndexMemory& memory() { return *memory_; }

private:
    policy::Label label() {
        auto out = policy::Label::originator_only("AAA", kPolicy);
        if (random_() % 3 == 0) return out;
        out.releasable_to = {"AAA"};
        if (random_() % 2) out.releasable_to->push_back("BBB");
        if (random_() % 3 == 0) out.releasable_to->push_back("CCC");
        return out;
    }
    domain::Content engagement() {
        const int year = 2000 + static_cast<int>(random_() % 6);
        domain::Content out{
            {"category", random_() % 2 ? "DLG" : "CAL"},
            {"title", fmt::format("{} {} {}", kWords[random_() % 5], kWords[random_() % 5], random_() % 50)},
            {"status", "completed"},
            {"source_id", fmt::format("c{}", known_.size())}};
        if (random_() % 8)
            out["held"] = json::object{
                {"from", fmt::format("{}-{:02}-03", year, 1 + random_() % 12)},
                {"precision", "range"},
                {"to", fmt::format("{}-12-30", year)}};
        const auto level = random_() % 7;
        if (level < 4) out["level"] = kLevels[level];
        if (level == 4) out["level"] = json::object{{"none", "unknown"}};
        if (level == 5) out["level"] = json::object{{"none", "not_released"}};
        json::array sides;
        for (const auto* actor : kActors)
            if (random_() % 2) {
                json::object side{{"actor", actor}};
                if (random_() % 2) side["people"] = static_cast<std::int64_t>(random_() % 9);
                sides.push_back(std::move(side));
            }
        if (!sides.empty()) out["participations"] = std::move(sides);
        if (random_() % 2) out["places"] = json::array{random_() % 2 ? "Brest" : "Yokosuka", "Apia"};
        return out;
    }
    domain::Content shock() {
        const auto on = fmt::format("200{}-05-01", random_() % 6);
        return {
            {"kind", "incident"},
            {"title", fmt::format("{} incident", kWords[random_() % 5])},
            {"on", json::object{{"from", on}, {"precision", "day"}, {"to", on}}},
            {"initiators", json::array{kActors[random_() % 4]}}};
    }
    void put(Known one, const char* kind) {
        const auto* type = one.is_shock ? "shock" : "engagement";
        const auto parts = domain::split(*schema().find(type), one.content);
        Draft draft;
        draft.kind = kind, draft.rec = one.rec, draft.type = type, draft.clear = parts.clear,
        draft.sealed = parts.sealed, draft.label = one.label.bytes();
        const auto receipt = ledger_->append(draft);
        EXPECT_TRUE(receipt) << receipt.error().message;
        one.since = size_ = receipt->index + 1;
        if (std::string_view(kind) != "retract") known_.push_back(std::move(one));
    }
    void end(Known& old, bool for_good) {
        auto next = old;
        next.until.reset();
        if (!for_good) next.content = old.is_shock ? shock() : engagement(), next.label = label();
        if (for_good) next.content = {};
        old.until = size_ + 1;
        put(std::move(next), for_good ? "retract" : "supersede");
    }

    std::filesystem::path directory_;
    std::shared_ptr<store::sqlite::IndexMemory> memory_ =
        std::make_shared<store::sqlite::IndexMemory>(std::size_t{1} << 20);
    std::optional<Vault> vault_;
    std::unique_ptr<LedgerStore> store_;
    std::unique_ptr<Ledger> ledger_;
    std::unique_ptr<RecordIndex> asked_anew_, remembering_;
    std::vector<Known> known_;
    std::mt19937_64 random_{7};
    std::uint64_t size_ = 0;
};

FilterValue value(Kind kind, const std::string& text = {}) {
    FilterValue out;
    out.kind = kind, out.text = text;
    return out;
}
FilterValue days(Kind kind, int from, int to) {
    auto out = value(kind);
    if (from) out.from = day_of(from, 3, 1)->value;
    if (to) out.to = day_of(to, 10, 31)->value;
    return out;
}

RecordQuery question(RandomRecord& world) {
    RecordQuery out;
    const auto types = world.draw(8);
    out.types = types == 0   ? std::vector<std::string>{}
                : types == 1 ? std::vector<std::string>{"engagement", "shock"}
                             : std::vector<std::string>{"engagement"};
    const bool one = out.types.size() == 1;
    if (world.draw(3) == 0) out.actors.push_back(kActors[world.draw(4)]);
    if (world.draw(4) == 0) out.since = day_of(2000 + static_cast<int>(world.draw(6)), 4, 1);
    if (world.draw(4) == 0) out.until = day_of(2001 + static_cast<int>(world.draw(5)), 4, 1);
    if (world.draw(4) == 0)
        out.text = std::array{
            "talks",
            "arctic OR visit",
            "\"maritime talks\"",
            "staff -talks",
            "title:visit",
            "mar*"}[world.draw(one ? 6 : 4)];
    const std::array<FieldFilter, 11> filters{
        FieldFilter{"level", false, {value(Kind::text, "minister"), value(Kind::text, "unit")}},
        FieldFilter{"level", true, {value(Kind::text, "minister")}},
        FieldFilter{"level", false, {value(Kind::empty, "unknown")}},
        FieldFilter{"level", false, {value(Kind::left_out)}},
        FieldFilter{"participations.actor", false, {value(Kind::text, kActors[1])}},
        FieldFilter{"participations.actor", true, {value(Kind::text, kActors[2])}},
        FieldFilter{"places", false, {value(Kind::text, "Brest"), value(Kind::none)}},
        FieldFilter{"held", false, {days(Kind::overlaps, 2001, 2002)}},
        FieldFilter{"held", false, {days(Kind::within, 2000, 2003), days(Kind::within, 2005, 0)}},
        FieldFilter{"held", true, {days(Kind::overlaps, 0, 2002)}},
        FieldFilter{"category", false, {value(Kind::any)}}};
    for (int i = 0; one && i < 2; ++i)
        if (world.draw(2)) out.filters.push_back(filters[world.draw(filters.size())]);
    if (one && world.draw(3) == 0) out.equals.emplace_back("category", "DLG");
    out.newest_first = world.draw(2) == 0;
    if (one && world.draw(2)) {
        out.sort = std::array{"held", "title", "level", "source_id"}[world.draw(4)];
        out.descending = world.draw(2) == 0;
    }
    out.limit = 1 + world.draw(40);
    return out;
}

std::string told(const Result<RecordPage>& page) {
    if (!page) return page.error().message;
    auto out = fmt::format("{} {}\n", page->total, page->more);
    for (const auto& record : page->records) out += fmt::format("{} {}\n", record.rec, record.number);
    return out;
}

std::string told(const Result<FacetPage>& page) {
    if (!page) return page.error().message;
    auto out = fmt::format("{} {} {}\n", page->records, page->with_value, page->with_sum);
    for (const auto* rows : {&page->rows, &page->empty})
        for (const auto& row : *rows)
            out += fmt::format("{} {} {}\n", row.value, row.year.value_or(-1), row.records);
    return out;
}

const std::array<policy::AuthzContext, 3>& readers() {
    static const std::array<policy::AuthzContext, 3> all{
        policy::AuthzContext::home("AAA", kPolicy),
        policy::AuthzContext::partner("BBB", kPolicy),
        policy::AuthzContext::partner("CCC", kPolicy)};
    return all;
}

TEST(IndexListsTest, AnswersAsSqlDoes) {
    RandomRecord world;
    std::set<std::string> different;  // answers that were met: not the same one over and over
    for (int round = 0; round < 3; ++round) {
        world.grow(250);
        for (const auto& who : readers())
            for (const auto as_of : {world.size(), world.size() - 60}) {
                const auto sets = world.view(true, who, as_of), again = world.view(true, who, as_of);
                const auto sql = world.view(false, who, as_of);
                for (int i = 0; i < 60; ++i) {
                    auto query = question(world);
                    const auto expected = sql->list(query);
                    different.insert(told(expected));
                    ASSERT_EQ(told(sets->list(query)), told(expected)) << query.text << " " << query.sort;
                    ASSERT_EQ(told(again->list(query)), told(expected)) << "what another view learned";
                    if (!expected->records.empty()) {
                        query.after = expected->records[world.draw(expected->records.size())].rec;
                        ASSERT_EQ(told(sets->list(query)), told(sql->list(query)));
                        query.after = RecordId::random().text();
                        ASSERT_EQ(told(sets->list(query)), told(sql->list(query)));
                        query.after.clear();
                    }
                    if (query.types.size() != 1) continue;
                    const auto names = sets->tally_values({"engagement", "places", {}, {}});
                    const auto expected_names = sql->tally_values({"engagement", "places", {}, {}});
                    ASSERT_TRUE(names && expected_names);
                    ASSERT_EQ(names->size(), expected_names->size());
                    for (std::size_t n = 0; n < names->size(); ++n) {
                        ASSERT_EQ((*names)[n].value, (*expected_names)[n].value);
                        ASSERT_EQ((*names)[n].records, (*expected_names)[n].records);
                    }
                    for (const char* field :
                         {"level",
                          "category",
                          "participations.actor",
                          "places",
                          "held",
                          "title",
                          "participations.people"}) {
                        const FacetQuery facets{query, field, "", world.draw(3) == 0};
                        ASSERT_EQ(told(sets->facets(facets)), told(sql->facets(facets)))
                            << field << " " << facets.by_year;
                    }
                    const FacetQuery sums{query, "level", "unnamed_parties", false};
                    ASSERT_EQ(told(sets->facets(sums)), told(sql->facets(sums)));
                }
            }
    }
    EXPECT_GT(different.size(), 500U);
    EXPECT_LE(world.memory().bytes(), std::size_t{1} << 20);
}

TEST(IndexListsTest, CountsWhatAReaderMaySeeAndNothingElse) {
    RandomRecord world;
    world.grow(700);
    std::set<std::size_t> totals;
    for (const auto& who : readers())
        for (const auto as_of : {world.size(), world.size() / 2}) {
            std::size_t total = 0, ministers_with_first = 0;
            std::map<std::string, std::size_t> by_actor, by_level;
            for (const auto* one : world.seen(who, as_of)) {
                if (one->is_shock) continue;
                ++total;
                std::set<std::string> actors;
                if (const auto* sides = one->content.if_contains("participations"))
                    for (const auto& side : sides->as_array())
                        actors.insert(text_at(side.as_object(), "actor"));
                // These actors are no records: another nation is told of none.
                if (who.is_home())
                    for (const auto& actor : actors) ++by_actor[actor];
                if (const auto level = text_at(one->content, "level"); !level.empty()) ++by_level[level];
                ministers_with_first +=
                    text_at(one->content, "level") == "minister" && actors.contains(kActors[0]);
            }
            totals.insert(total);
            RecordQuery all;
            all.types = {"engagement"};
            RecordQuery some = all;
            some.filters = {{"level", false, {value(Kind::text, "minister")}}};
            some.actors = {kActors[0]};
            for (const bool remember : {true, false}) {
                const auto view = world.view(remember, who, as_of);
                EXPECT_EQ(*view->count(all), total);
                EXPECT_EQ(*view->count(some), ministers_with_first);
                for (const auto& [field, expected] :
                     {std::pair("participations.actor", by_actor), std::pair("level", by_level)}) {
                    const auto facets = view->facets({all, field, "", false});
                    ASSERT_TRUE(facets);
                    std::map<std::string, std::size_t> counted;
                    for (const auto& row : facets->rows) counted[row.value] = row.records;
                    EXPECT_EQ(counted, expected) << field;
                }
            }
        }
    EXPECT_EQ(totals.size(), 6U) << "three readers at two sizes see different numbers of records";
}

TEST(IndexMemoryTest, LetsGoWhatWasNotUsedForLongest) {
    struct Thing {
        std::size_t size;
        std::size_t bytes() const { return size; }
    };
    store::sqlite::IndexMemory memory(100'000);
    int made = 0;
    const auto ask = [&](const std::string& key, std::size_t size) {
        return memory.get<Thing>(key, [&]() -> Result<Thing> {
            ++made;
            return Thing{size};
        });
    };
    for (int i = 0; i < 40; ++i) {
        ASSERT_TRUE(ask(fmt::format("{}", i), 5'000));
        ASSERT_TRUE(ask("0", 5'000));  // in use all the time
        EXPECT_LE(memory.bytes(), 100'000U);
    }
    EXPECT_EQ(made, 40);
    ASSERT_TRUE(ask("1", 5'000));
    EXPECT_EQ(made, 41) << "that one had gone";
    ASSERT_TRUE(ask("large", 50'000));
    ASSERT_TRUE(ask("large", 50'000));
    EXPECT_EQ(made, 43) << "what is larger than a quarter is not kept";
    const auto failed = memory.get<Thing>("bad", []() -> Result<Thing> {
        return fail(ErrorCode::unavailable, "", "not now");
    });
    EXPECT_FALSE(failed);
    EXPECT_TRUE(ask("bad", 10)) << "a failure is not remembered";
}

}  // namespace
}  // namespace entente
