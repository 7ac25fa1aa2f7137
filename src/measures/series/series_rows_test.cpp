#include "measures/series/series_rows.h"

#include <gtest/gtest.h>

#include <random>

#include "base/id.h"
#include "measures/test_facts.h"

namespace entente::measures::series {
namespace {

std::string id() {
    return RecordId::random().text();
}

/// Records of every type that weighs, among three actors, with gaps of every kind.
struct World {
    std::vector<std::string> actors{id(), id(), id()};
    std::vector<Engagement> engagements;
    std::vector<Agreement> agreements;
    std::vector<TrainingLine> lines;
    std::vector<Tally> tallies;

    explicit World(std::mt19937_64& random, int records) {
        for (int i = 0; i < records; ++i) {
            add_engagement(random);
            if (i % 4 == 0) add_agreement(random);
            if (i % 3 == 0) add_line(random);
            if (i % 2 == 0) add_tally(random);
        }
    }

    std::vector<std::string> some(std::mt19937_64& random) const {
        auto out = actors;
        if (random() % 3) out.erase(out.begin() + static_cast<std::ptrdiff_t>(random() % 3));
        return out;
    }
    static std::string year(std::mt19937_64& random) { return std::to_string(2000 + random() % 15); }

    void add_engagement(std::mt19937_64& random) {
        static const std::vector<std::string> kinds{
            "KLE", "CAL", "DLG", "EXR", "PEP", "TRG", "PME", "CAP", "POL"};
        static const std::vector<std::string> statuses{"completed", "ongoing", "announced", "planned"};
        static const std::vector<std::string> levels{"", "minister", "working"};
        static const std::vector<std::string> dates{"", "-05", "-05-03", "-05-03..2015-06-01", "-05-03.."};
        auto date = dates[random() % dates.size()];
        auto one = test::engagement(id(), date.empty() && random() % 2 ? "" : (year(random) + date).c_str());
        one.category = kinds[random() % kinds.size()], one.level = levels[random() % levels.size()];
        one.status = statuses[random() % statuses.size()];
        one.actors = some(random);
        one.people.resize(one.actors.size());
        for (auto& people : one.people)
            if (random() % 2) people.value = static_cast<std::int64_t>(random() % 50);
        if (random() % 9 == 0) one.unnamed_parties.none = domain::Empty::unknown;
        if (random() % 5 == 0) one.evidence.general_knowledge = {"all"};
        engagements.push_back(one);
    }
    void add_agreement(std::mt19937_64& random) {
        static const std::vector<std::string> states{"in_force", "signed", "terminated"};
        Agreement one;
        one.evidence.id = id();
        one.kind = random() % 2 ? "framework" : "other";
        one.state = states[random() % states.size()];
        one.parties = some(random);
        one.in_force = test::stated(random() % 4 ? year(random) : "");
        if (random() % 2) one.ended = test::stated(year(random));
        agreements.push_back(one);
    }
    void add_line(std::mt19937_64& random) {
        TrainingLine one;
        one.evidence.id = id();
        one.deliverer = actors[random() % 2], one.recipient = actors[2];
        one.fiscal_year = random() % 5 ? static_cast<int>(2000 + random() % 15) : 0;
        if (random() % 4) one.people.value = static_cast<std::int64_t>(random() % 9);
        if (random() % 2) one.held = test::stated(year(random) + "-05-03..2015-07-01");
        if (random() % 3 == 0) one.school_families = {"war_college"};
        lines.push_back(one);
    }
    void add_tally(std::mt19937_64& random) {
        static const std::vector<std::string> what{
            "exercises", "agreements_in_force", "training", "alliances_in_force"};
        Tally one;
        one.evidence.id = id();
        one.what = what[random() % what.size()];
        one.parties = {actors[random() % 2], actors[2]};
        if (one.what == "training") one.deliverer = one.parties[0], one.recipient = one.parties[1];
        one.period = test::date(one.what == "training" ? "2004-10-01..2005-09-30" : "2000..2014");
        for (int part = 0; part < 3; ++part) {
            TallyPart of;
            if (one.what != "training") of.period = test::date(year(random).c_str());
            of.programme = random() % 2 ? "IMET" : "FMF";
            of.number = static_cast<std::int64_t>(random() % 4);
            if (random() % 3) of.people.value = static_cast<std::int64_t>(random() % 30);
            one.parts.push_back(of);
        }
        tallies.push_back(one);
    }

    template <class Fact>
    static void add_all(SeriesRows& rows, const std::vector<Fact>& facts, Place& place) {
        for (const auto& one : facts) rows.add(++place, one.evidence.id, one, builtin_parameters());
    }
    void add_to(SeriesRows& rows) const {
        Place place = 0;
        add_all(rows, engagements, place);
        add_all(rows, agreements, place);
        add_all(rows, lines, place);
        add_all(rows, tallies, place);
    }
    std::size_t records() const {
        return engagements.size() + agreements.size() + lines.size() + tallies.size();
    }
    TieFacts facts(const Pair& pair, bool general_knowledge) const {
        return {pair, engagements, agreements, tallies, lines, {}, general_knowledge};
    }
};

void expect_same(const Masses& ours, const Masses& expected) {
    ASSERT_EQ(ours.items.size(), expected.items.size());
    for (std::size_t i = 0; i < expected.items.size(); ++i) {
        const auto &a = ours.items[i], &b = expected.items[i];
        EXPECT_EQ(
            std::tie(a.on.first, a.on.last, a.on.mass, a.on.spread),
            std::tie(b.on.first, b.on.last, b.on.mass, b.on.spread)
        );
        EXPECT_EQ(
            std::tie(a.strand, a.kind, a.choice, a.announced, a.imputed, a.evidence.id),
            std::tie(b.strand, b.kind, b.choice, b.announced, b.imputed, b.evidence.id)
        );
    }
    EXPECT_EQ(ours.left_out.size(), expected.left_out.size());
}

TEST(SeriesRows, GiveTheMassesOfTheFacts) {
    std::mt19937_64 random(41);
    const auto& parameters = builtin_parameters();
    std::size_t weighed = 0;
    for (int round = 0; round < 20; ++round) {
        const World world(random, 20);
        SeriesRows rows;
        world.add_to(rows);
        const auto read = SeriesRows::read(rows.take_bytes()).value();
        const auto ties = read.ties(std::vector<bool>(world.records() + 1, true));
        ASSERT_EQ(ties.size(), 3U);
        for (const auto& tie : ties)
            for (const char* at : {"2003-05-03", "2007-12-31", "2020-01-01"})
                for (const bool general : {false, true}) {
                    const auto expected = weigh(world.facts(tie.pair, general), parameters, test::day(at));
                    expect_same(tie.masses(parameters, general, test::day(at)), expected);
                    weighed += expected.items.size();
                }
    }
    EXPECT_GT(weighed, 1000U);
}

TEST(SeriesRows, LookOnlyAtWhatCountsAndAtWhomTheyAreAskedFor) {
    std::mt19937_64 random(42);
    const World world(random, 10);
    SeriesRows rows;
    world.add_to(rows);
    EXPECT_TRUE(rows.ties({}).empty());
    EXPECT_TRUE(rows.ties(std::vector<bool>(world.records() + 1)).empty());
    const std::vector<bool> all(world.records() + 1, true);
    EXPECT_EQ(rows.ties(all, world.actors[0]).size(), 2U);
    EXPECT_TRUE(rows.ties(all, id()).empty());
    // The engagements stand first.
    std::vector<bool> engagements(world.engagements.size() + 1, true);
    World only = world;
    only.agreements.clear(), only.lines.clear(), only.tallies.clear();
    for (const auto& tie : rows.ties(engagements))
        expect_same(
            tie.masses(builtin_parameters(), true, test::day("2015-01-01")),
            weigh(only.facts(tie.pair, true), builtin_parameters(), test::day("2015-01-01"))
        );
}

TEST(SeriesRows, AreTheSameBytesHoweverTheyWereAdded) {
    std::mt19937_64 random(43);
    const World world(random, 10);
    SeriesRows at_once, later;
    world.add_to(at_once);
    const auto bytes = at_once.take_bytes();
    std::string grown;
    Place place = 0;
    const auto add = [&](const auto& facts) {
        for (const auto& one : facts) {
            later.add(++place, one.evidence.id, one, builtin_parameters());
            grown += later.take_bytes();
            later = SeriesRows::read(grown).value();
        }
    };
    add(world.engagements), add(world.agreements), add(world.lines), add(world.tallies);
    EXPECT_EQ(grown, bytes);
    EXPECT_EQ(later.items() * SeriesRows::kBytes, bytes.size());
}

TEST(SeriesRows, RefuseBytesThatAreNotTheirs) {
    std::mt19937_64 random(44);
    SeriesRows rows;
    World(random, 4).add_to(rows);
    const auto bytes = rows.take_bytes();
    for (int round = 0; round < 300; ++round) {
        auto broken = bytes;
        broken[random() % broken.size()] ^= static_cast<char>(1 << random() % 8);
        EXPECT_FALSE(SeriesRows::read(broken));
    }
    EXPECT_FALSE(SeriesRows::read(bytes.substr(1)));
    EXPECT_FALSE(SeriesRows::read(bytes.substr(0, bytes.size() - 1)));
    EXPECT_FALSE(SeriesRows::read(bytes.substr(SeriesRows::kBytes))) << "rows moved up";
}

}  // namespace
}  // namespace entente::measures::series
