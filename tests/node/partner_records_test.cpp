// All ties of one actor read at once are the ties that are read one by one.
#include <gtest/gtest.h>

#include <filesystem>

#include "service/import_contacts.h"
#include "service/partner_records.h"
#include "store/sqlite/sqlite_ledger_store.h"
#include "store/sqlite/sqlite_record_index.h"

namespace entente {
namespace {

namespace fs = std::filesystem;
using service::Access;
using service::Node;

/// A node with the public record, made once.
class PartnerRecordsTest : public testing::Test {
protected:
    static void SetUpTestSuite() {
        directory() = fs::temp_directory_path() / ("entente-" + RecordId::random().text());
        ASSERT_TRUE(Node::create(
            {directory() / "node", directory() / "keys", "USA", "test.example/usa/ledger"}, stores(), schema()
        ));
        const auto node = open(Access::write);
        const auto outcome = service::import_contacts(*node, {"data/public-record", false, false});
        ASSERT_TRUE(outcome) << outcome.error().message;
    }
    static void TearDownTestSuite() { fs::remove_all(directory()); }

    static fs::path& directory() {
        static fs::path path;
        return path;
    }
    static const domain::Schema& schema() { return domain::Schema::builtin(); }
    static service::Stores stores() {
        service::Stores out;
        out.ledger = [](const fs::path& file) { return store::open_sqlite_ledger_store(file); };
        out.index = [](const fs::path& file) { return store::open_sqlite_record_index(file, schema()); };
        out.index_name = store::record_index_name(schema());
        return out;
    }
    static std::unique_ptr<Node> open(Access access) {
        return Node::open(directory() / "node", access, stores(), schema()).value();
    }
    static std::string actor(ledger::RecordView& view, const char* code) {
        return view.resolve({"actor"}, code).value().at(0).first;
    }
};

template <class Fact>
std::vector<std::string> ids(std::span<const Fact> facts) {
    std::vector<std::string> out;
    for (const auto& one : facts) out.push_back(one.evidence.id);
    return out;
}

TEST_F(PartnerRecordsTest, AreThoseOfEachPairByItself) {
    const auto node = open(Access::read);
    const auto view = node->view().value();
    const auto home = actor(*view, "USA");
    const Day at = *parse_iso_day("2012-06-30");
    const auto& parameters = measures::builtin_parameters();
    const auto partners = service::load_partner_records(*view, {home, at, false}).value();
    const auto strengths = service::strengths_of(partners, parameters, at);
    ASSERT_GT(partners.size(), 150U);
    std::size_t strands_counted = 0;
    for (std::size_t i = 0; i < partners.size(); ++i) {
        const auto& name = partners[i].actor.name;
        if (i % 16 != 0 && name != "China" && name != "Thailand") continue;
        service::MeasureRequest asked;
        asked.a = home, asked.b = partners[i].actor.id, asked.at = at;
        service::BriefRequest pair;
        pair.a = home, pair.b = asked.b, pair.on = at;
        auto facts = service::load_brief_facts(*view, pair).value();
        const service::PairRecord alone(std::move(facts), {}, asked);
        const auto& all = partners[i].record->facts();
        const auto& one = alone.facts();
        EXPECT_EQ(ids(all.tie.tallies), ids(one.tie.tallies)) << name;
        EXPECT_EQ(ids(all.tie.agreements), ids(one.tie.agreements)) << name;
        EXPECT_EQ(ids(all.channels), ids(one.channels)) << name;
        EXPECT_EQ(ids(all.disruptions), ids(one.disruptions)) << name;
        EXPECT_EQ(ids(all.shocks), ids(one.shocks)) << name;
        std::vector<std::string> both;
        for (const auto& engagement : one.tie.engagements)
            if (measures::names_both(engagement.actors, one.tie.pair)) both.push_back(engagement.evidence.id);
        EXPECT_EQ(ids(all.tie.engagements), both) << name;
        const auto masses = measures::weigh(one.tie, parameters, at);
        const auto expected = measures::strength(one.tie, masses, *measures::drawn(parameters), at);
        EXPECT_EQ(strengths[i].drawn_totals, expected.drawn_totals) << name;
        EXPECT_EQ(strengths[i].total, expected.total) << name;
        EXPECT_EQ(strengths[i].band, expected.band) << name;
        EXPECT_EQ(strengths[i].outer, expected.outer) << name;
        EXPECT_EQ(strengths[i].words, expected.words) << name;
        for (std::size_t strand = 0; strand < expected.strands.size(); ++strand) {
            const auto& found = strengths[i].strands[strand];
            EXPECT_EQ(found.stock, expected.strands[strand].stock) << name;
            EXPECT_EQ(found.drawn_fullness, expected.strands[strand].drawn_fullness) << name;
            strands_counted += found.fullness.has_value();
        }
    }
    EXPECT_GT(strands_counted, 20U);
}

TEST_F(PartnerRecordsTest, NobodyIsAPartnerOfHimself) {
    const auto node = open(Access::read);
    const auto view = node->view().value();
    const auto home = actor(*view, "CHN");
    const auto all = service::load_partner_facts(*view, home).value();
    EXPECT_FALSE(all.empty());
    for (const auto& facts : all) {
        EXPECT_EQ(facts.a.evidence.id, home);
        EXPECT_NE(facts.b.evidence.id, home);
    }
    EXPECT_EQ(service::load_partner_facts(*view, "nobody").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace entente
