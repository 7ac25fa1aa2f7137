#include "measures/validity/sections.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "measures/validity/test_world.h"

namespace entente::measures::validity {
namespace {

using test::World;

const Section& section(const Validated& found, std::string_view name) {
    return *std::ranges::find(found.sections, name, &Section::name);
}

const std::vector<Cell>& row(const AnswerTable& table, std::string_view first) {
    return *std::ranges::find_if(table.rows, [&](const auto& one) { return one[0].text == first; });
}

void people(World& world, int allies, int others, double of_allies, double of_others) {
    for (int i = 0; i < allies; ++i) world.partner(of_allies * (1 + i % 3), true);
    for (int i = 0; i < others; ++i) world.partner(of_others * (1 + i % 3), false);
}

TEST(KnownGroups, AreToldApartByWhatTheyDo) {
    World world;
    people(world, 8, 16, 8, 1);
    world.partner(20, true, false);
    const auto found = validate(world.facts, builtin_parameters());
    const auto& groups = section(found, "known_groups");
    EXPECT_TRUE(groups.said);
    EXPECT_TRUE(groups.finding.starts_with("By the total, allies bound to defence stand above others"))
        << groups.finding;
    EXPECT_NE(groups.finding.find(", 8 against 16 partners."), std::string::npos) << groups.finding;
    EXPECT_NE(groups.finding.find(" 1 more of them have no total"), std::string::npos) << groups.finding;
    // The same from the totals themselves, couple by couple: nothing but exercises differs.
    double wins = 0;
    const auto day = test::day("2010-12-31");
    std::vector<double> totals;
    for (int i = 0; i < 24; ++i) {
        const auto& tie = world.facts.partners[static_cast<std::size_t>(i)].tie;
        const auto& parameters = builtin_parameters();
        totals.push_back(*strength(tie, weigh(tie, parameters, day), *drawn(parameters), day).total);
    }
    for (std::size_t i = 0; i < 8; ++i)
        for (std::size_t j = 8; j < 24; ++j)
            wins += totals[i] > totals[j] ? 1 : totals[i] == totals[j] ? 0.5 : 0;
    EXPECT_NEAR(*groups.tables[0].rows[0][4].number, wins / (8 * 16), 1e-12);
}

TEST(KnownGroups, OfFewAreNotTold) {
    World world;
    people(world, 3, 16, 8, 1);
    const auto found = validate(world.facts, builtin_parameters());
    const auto& groups = section(found, "known_groups");
    EXPECT_FALSE(groups.said);
    EXPECT_EQ(
        groups.finding,
        "Whether allies bound to defence stand above others cannot be said: 3 of them and 16 others have a "
        "total "
        "without the agreements."
    );
}

// What a partner does is steady, so that more years tell more than the last one.
TEST(Foretelling, SteadyHabitsAreToldByTheStock) {
    World world;
    people(world, 12, 24, 4, 0.5);
    const auto found = validate(world.facts, builtin_parameters());
    const auto& foretelling = section(found, "foretelling");
    EXPECT_TRUE(foretelling.said);
    ASSERT_EQ(foretelling.paragraphs.size(), 1U);
    EXPECT_NE(foretelling.paragraphs[0].find("tells more of the next year in: exercise."), std::string::npos)
        << foretelling.paragraphs[0];
    // The world draws each year anew around one mean: the longest memory is the best.
    const auto& profile = row(section(found, "half_lives").tables[0], "exercise");
    EXPECT_LT(*profile[2].number, 0);
    EXPECT_GT(*profile.back().number, 540);
}

TEST(Stops, OfFewPairsAreNotTold) {
    World world;
    people(world, 12, 4, 4, 0.5);
    for (int i = 0; i < 12; ++i) world.outage(static_cast<std::size_t>(i % 4), "2003-04-01", "2004-02-03");
    const auto found = validate(world.facts, builtin_parameters());
    EXPECT_FALSE(section(found, "outages").said);
    EXPECT_EQ(
        section(found, "outages").finding,
        "By the total it cannot be said: of 12 outages between two actors, 12 outages of 4 pairs had one on "
        "the day "
        "before; 10 outages of 5 pairs are needed."
    );
}

TEST(Stops, AreComparedCoupleByCouple) {
    World world;
    for (int i = 0; i < 14; ++i) world.partner(1 + 3 * i, false);
    const std::vector<const char*> ends{
        "2004-01-15",
        "2003-05-01",
        "2003-12-15",
        "2005-11-15",
        "2003-10-15",
        "2003-09-15",
        "2004-08-15",
        "2003-07-15",
        "2003-06-15",
        "2003-05-15",
        "2003-04-15",
        "2003-04-05",
        "2005-04-15",
        ""};
    for (std::size_t i = 0; i < 14; ++i) world.outage(i, "2003-04-01", ends[i]);
    double couples = 0, agree = 0;
    std::vector<double> totals;
    for (const auto& partner : world.facts.partners) {
        const auto& parameters = builtin_parameters();
        const auto before = test::day("2003-03-31");
        totals.push_back(
            *strength(partner.tie, weigh(partner.tie, parameters, before), *drawn(parameters), before).total
        );
    }
    // The one without a known end lasted a day at least: it is in no couple whose order is certain.
    for (std::size_t i = 0; i < 13; ++i)
        for (std::size_t j = 0; j < 13; ++j) {
            if (test::day(ends[i]) >= test::day(ends[j])) continue;
            couples += 1, agree += totals[i] > totals[j] ? 1 : totals[i] == totals[j] ? 0.5 : 0;
        }
    const auto found = validate(world.facts, builtin_parameters());
    const auto& total = row(section(found, "outages").tables[0], "total");
    EXPECT_EQ(total[1].text, "14");
    EXPECT_EQ(*total[4].number, couples);
    EXPECT_NEAR(*total[5].number, agree / couples, 1e-12);
}

TEST(Sources, ThatMoveWithTheTotalAreSaidFirst) {
    World world;
    people(world, 0, 8, 1, 3);
    for (int i = 0; i < 8; ++i) world.partner(0, false);
    const auto found = validate(world.facts, builtin_parameters());
    EXPECT_EQ(found.sections.front().name, "sources");
    // Of those without an exercise no source is cited.
    EXPECT_TRUE(found.sections.front().finding.starts_with("The total moves with the number of sources cited")
    );
    const auto& numbers = found.sections.front().tables[1].rows;
    ASSERT_EQ(numbers.size(), 2U);
    EXPECT_EQ(numbers[0][1].text, "8");
    EXPECT_EQ(numbers[1][1].text, "8");
}

TEST(Draws, OfOneStrandLeaveTheOrderAsItIs) {
    World world;
    people(world, 12, 8, 4, 0.5);
    const auto found = validate(world.facts, builtin_parameters());
    const auto& draws = section(found, "sensitivity");
    EXPECT_TRUE(draws.said);
    // Only exercises are on record: a half-life may change places, a weight cannot.
    EXPECT_GT(*draws.tables[0].rows[0][1].number, 0.8);
    EXPECT_LE(*draws.tables[0].rows[0][3].number, 1);
}

TEST(Validity, OfAnEmptyRecordSaysNothing) {
    World world;
    const auto found = validate(world.facts, builtin_parameters());
    EXPECT_EQ(found.compared, 0U);
    for (const auto& one : found.sections) {
        EXPECT_FALSE(one.said) << one.name;
        EXPECT_FALSE(one.finding.empty()) << one.name;
    }
}

}  // namespace
}  // namespace entente::measures::validity
