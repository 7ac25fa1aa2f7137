#include "measures/validity/panel.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "measures/validity/comparison_day.h"
#include "measures/validity/test_world.h"
#include "measures/validity/tie_on_day.h"

namespace entente::measures::validity {
namespace {

using test::World;

const Parameters& parameters() {
    return builtin_parameters();
}
std::size_t exercise() {
    return parameters().strand("exercise");
}

TEST(YearlyCounts, CountWhatWasTalliedAndWhatBegan) {
    RecordMass tally, meeting, course;
    tally.strand = exercise(), tally.kind = "exercises", tally.factor = 3;
    tally.on = {test::day("2005-01-01"), test::day("2005-12-31"), 0.5};
    meeting.strand = parameters().strand("leaders"), meeting.kind = "KLE", meeting.factor = 0.5;
    meeting.on = {test::day("2005-12-30"), test::day("2006-01-02"), 3};
    course.strand = parameters().strand("training"), course.kind = "training", course.factor = 12.6;
    course.on = {test::day("2005-10-01"), test::day("2006-09-30"), 12.6};
    const Masses masses{{tally, meeting, meeting, course}, {}};
    EXPECT_EQ(yearly_counts(masses, exercise(), parameters()), (std::map<int, std::int64_t>{{2005, 3}}));
    EXPECT_EQ(yearly_counts(masses, meeting.strand, parameters()), (std::map<int, std::int64_t>{{2005, 2}}));
    // The first of October begins fiscal year 2006.
    EXPECT_EQ(yearly_counts(masses, course.strand, parameters()), (std::map<int, std::int64_t>{{2006, 13}}));
}

TEST(CoveredYears, AreCoveredToTheirLastDay) {
    World world;
    const auto& tie = world.partner(1, false).tie;
    CoveredYears covered(parameters());
    EXPECT_TRUE(covered.whole(tie, exercise(), 2010, world.facts.at));
    EXPECT_FALSE(covered.whole(tie, exercise(), 2011, world.facts.at));
    EXPECT_FALSE(covered.whole(tie, exercise(), 1979, world.facts.at));
    EXPECT_FALSE(covered.whole(tie, parameters().strand("training"), 2005, world.facts.at));
    // Not over yet on the day asked.
    CoveredYears early(parameters());
    EXPECT_FALSE(early.whole(tie, exercise(), 2010, test::day("2010-12-30")));
}

TEST(ComparisonDay, IsTheLastYearWithEnoughCovered) {
    World world;
    for (int i = 0; i < 12; ++i) world.partner(1, false);
    world.partner(1, false, false);
    const auto found = comparison_day(world.facts, parameters());
    EXPECT_EQ(found.day, test::day("2010-12-31"));
    EXPECT_EQ(found.partners, 12U);
    // Leaders, dialogue, exchange, exercise, institution.
    EXPECT_NEAR(covered_share(world.facts.partners[0].tie, parameters(), found.day), 0.68, 1e-12);
    EXPECT_EQ(covered_share(world.facts.partners[12].tie, parameters(), found.day), 0);
    // Whom no study names for ten years is no partner any more.
    world.facts.partners[3].named_in = {1999, 2000};
    EXPECT_EQ(comparison_day(world.facts, parameters()).day, test::day("2010-12-31"));
    EXPECT_EQ(comparison_day(world.facts, parameters()).partners, 11U);
}

TEST(Panels, HoldEachPartnersYearsAsCounted) {
    World world;
    for (int i = 0; i < 12; ++i) world.partner(0.5 + i, false);
    const Panels panels(world.facts, parameters());
    const auto& panel = panels.strands()[exercise()];
    EXPECT_EQ(panel.partners, 12U);
    ASSERT_EQ(panel.rows.size(), 12U * 30);  // 1980 to 2009, with the next year covered
    EXPECT_TRUE(panels.strands()[parameters().strand("training")].rows.empty());
    const auto row = panel.rows[100];
    std::int64_t count = 0, next = 0;
    double mass = 0, fading = 0;
    for (const auto& part : world.facts.partners[row.partner].tie.tallies[0].parts) {
        const int year = calendar(*part.period->from).year;
        if (year == row.year) count += part.number;
        if (year == row.year + 1) next += part.number;
        // A tallied exercise weighs 0.169, spread over its year, day by day.
        if (year > row.year) continue;
        for (Day at = *part.period->from; at <= *part.period->to; at = at + 1)
            fading += 0.169 * static_cast<double>(part.number) / (*part.period->to - *part.period->from + 1) *
                      std::exp2(-(*day_of(row.year, 12, 31) - at) / 540.0);
        mass += 1;
    }
    EXPECT_GT(mass, 0);
    EXPECT_EQ(row.count, count);
    EXPECT_EQ(row.next, next);
    EXPECT_NEAR(panels.stock(exercise(), row, 540), fading, 1e-10);
    EXPECT_NEAR(panel.mean_mass, 0.169, 1e-12);
    EXPECT_NEAR(*panels.logged_stock(panel, 540)(row), std::log1p(fading / 0.169), 1e-9);
}

TEST(Panels, HoldTheTotalThatStrengthGives) {
    World world;
    for (int i = 0; i < 12; ++i) world.partner(1 + i, false);
    world.partner(1, false, false);
    const Panels panels(world.facts, parameters());
    const auto& row = panels.strands()[exercise()].rows[200];
    const auto& tie = world.facts.partners[row.partner].tie;
    const Day end = *day_of(row.year, 12, 31);
    EXPECT_NEAR(
        panels.total(exercise(), row).value(),
        strength(tie, weigh(tie, parameters(), end), *drawn(parameters()), end).total.value(),
        1e-12
    );
    EXPECT_FALSE(panels.total(exercise(), {12, 2000, 0, 0, 0}));
}

// By hand: seen are exercise (0.17, full 0.4) and agreements (0.10, full 0.9), and leaders (0.18, full 0.1). Without
// agreements: 100 · (0.17 · 0.4 + 0.18 · 0.1)/0.35 = 24.571.
TEST(TotalWithout, ByHand) {
    Strength tie;
    for (std::size_t strand = 0; strand < parameters().strands.size(); ++strand) {
        StrandStrength one;
        one.strand = strand;
        tie.strands.push_back(one);
    }
    tie.strands[exercise()].fullness = 0.4;
    tie.strands[parameters().strand("agreement")].fullness = 0.9;
    tie.strands[parameters().strand("leaders")].fullness = 0.1;
    // 0.35 of the 0.90 that is left is less than 0.4 of it.
    EXPECT_FALSE(total_without(tie, parameters(), parameters().strand("agreement")));
    tie.strands[parameters().strand("dialogue")].fullness = 0;
    EXPECT_NEAR(
        total_without(tie, parameters(), parameters().strand("agreement")).value(), 100 * 0.086 / 0.5, 1e-12
    );
}

}  // namespace
}  // namespace entente::measures::validity
