#include "measures/tie/compare.h"

#include <gtest/gtest.h>

#include "measures/test_facts.h"

namespace entente::measures {
namespace {

using test::day;

/// A tie covered in all strands of engagements, with so many dialogues a year.
Strength tie(int dialogues, bool covered = true) {
    std::vector<Engagement> engagements;
    for (int i = 0; i < dialogues; ++i)
        engagements.push_back(
            test::engagement("e" + std::to_string(i), to_iso(day("2019-01-05") + i * 300 / dialogues).c_str())
        );
    const std::vector<Coverage> statements{test::coverage("v1", "census", {"usa", "chn"}, "1990..2030")};
    const TieFacts facts{
        test::kPair,
        engagements,
        {},
        {},
        {},
        covered ? std::span(statements) : std::span<const Coverage>(),
        false};
    const auto masses = weigh(facts, builtin_parameters(), day("2020-01-01"));
    auto out = strength(facts, masses, *drawn(builtin_parameters()), day("2020-01-01"));
    for (auto& one : out.strands) one.records.clear();
    return out;
}

TEST(Compare, CountsTheDrawsInWhichTheFirstIsStronger) {
    const auto strong = tie(12), weak = tie(2);
    double greater = 0;
    for (std::size_t i = 0; i < strong.drawn_totals.size(); ++i)
        greater += strong.drawn_totals[i] > weak.drawn_totals[i];
    const auto chance = chance_stronger(strong, weak, {});
    ASSERT_TRUE(chance);
    EXPECT_NEAR(*chance, greater / static_cast<double>(strong.drawn_totals.size()), 1e-12);
    EXPECT_NEAR(*chance + *chance_stronger(weak, strong, {}), 1, 1e-12);
    EXPECT_EQ(*chance_stronger(weak, weak, {}), 0.5);
    EXPECT_GT(*chance_stronger(strong, weak, builtin_parameters().strand("dialogue")), 0.99);
    // Neither has a leader visit: the same in every draw.
    EXPECT_EQ(*chance_stronger(strong, weak, builtin_parameters().strand("leaders")), 0.5);
}

TEST(Compare, GivesChancesAndNoRank) {
    const auto answer = compare_ties(
        "United States",
        {{"Thailand", tie(12)}, {"Fiji", tie(2)}, {"Oz", tie(12, false)}},
        builtin_parameters(),
        {},
        day("2020-01-01")
    );
    ASSERT_EQ(answer.tables.size(), 3U);
    EXPECT_TRUE(answer.tables[2].explains);
    EXPECT_EQ(answer.tables[2].rows.size(), 3 * builtin_parameters().strands.size());
    // In the order asked, whatever is stronger.
    EXPECT_EQ(answer.tables[0].rows[1][0].text, "Fiji");
    EXPECT_EQ(answer.tables[0].rows[2][1].text, "cannot be said");
    EXPECT_FALSE(answer.tables[0].rows[2][1].number);
    EXPECT_EQ(answer.tables[1].rows[0][1].text, "-");
    EXPECT_EQ(answer.tables[1].rows[0][2].text, "> 99 %");
    EXPECT_EQ(answer.tables[1].rows[1][1].text, "< 1 %");
    EXPECT_EQ(answer.tables[1].rows[2][1].text, "cannot be said");
    EXPECT_TRUE(answer.headline.starts_with("Of 2 ties known well enough, 1 of 1 comparisons is sure"))
        << answer.headline;
    EXPECT_TRUE(answer.warnings.empty());
}

TEST(Compare, OfTiesThatAreNotSeenSaysNothing) {
    const auto answer = compare_ties(
        "United States",
        {{"Thailand", tie(12)}, {"Oz", tie(12, false)}},
        builtin_parameters(),
        {},
        day("2020-01-01")
    );
    EXPECT_EQ(answer.reason, "not covered");
    ASSERT_EQ(answer.tables.size(), 2U);
    EXPECT_TRUE(answer.tables[1].explains);
}

}  // namespace
}  // namespace entente::measures
