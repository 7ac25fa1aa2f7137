#include "measures/validity/ranks.h"

#include <gtest/gtest.h>

#include <cmath>

#include "numerics/philox.h"

namespace entente::measures::validity {
namespace {

using Values = std::vector<double>;

/// Whole numbers from 0 to 5, so that there are many ties.
Values drawn_values(std::size_t number, std::uint64_t what) {
    const numerics::Draws draws("ranks test 1");
    Values out;
    for (std::size_t i = 0; i < number; ++i) out.push_back(std::floor(6 * draws.uniform(i, what)));
    return out;
}

double naive_area(const Values& members, const Values& others) {
    double wins = 0;
    for (const double a : members)
        for (const double b : others) wins += a > b ? 1 : a == b ? 0.5 : 0;
    return wins / static_cast<double>(members.size() * others.size());
}

TEST(Ranks, EqualValuesShareTheirRanks) {
    EXPECT_EQ(ranks_of(Values{5, 1, 5, 7}), (Values{2.5, 1, 2.5, 4}));
    EXPECT_EQ(ranks_of(Values{}), Values{});
}

// By hand: 3 beats 2, 0 and 1; 1 beats 0 and ties with 1: 4.5 of 6. Placements of members 1 and 0.5 (variance 0.125), of
// others 0.5, 1 and 0.75 (variance 0.0625): 0.125/2 + 0.0625/3 = 0.0833.
TEST(AreaUnderCurve, ByHand) {
    const auto area = area_under_curve(Values{3, 1}, Values{2, 0, 1}).value();
    EXPECT_DOUBLE_EQ(area.value, 0.75);
    EXPECT_NEAR(area.standard_error, std::sqrt(1.0 / 12), 1e-15);
    // ln 3 ± 1.644854 · 0.288675/0.1875
    ASSERT_TRUE(area.band);
    EXPECT_NEAR(area.band->low, 1 / (1 + std::exp(-(std::log(3) - 2.5324177))), 1e-6);
    EXPECT_NEAR(area.band->high, 1 / (1 + std::exp(-(std::log(3) + 2.5324177))), 1e-6);
}

TEST(AreaUnderCurve, IsTheShareOfPairsCountedOneByOne) {
    for (std::uint64_t trial = 0; trial < 20; ++trial) {
        const auto members = drawn_values(2 + trial, 2 * trial),
                   others = drawn_values(30 - trial, 2 * trial + 1);
        EXPECT_NEAR(area_under_curve(members, others)->value, naive_area(members, others), 1e-14) << trial;
    }
}

// Leaving out one at a time gives the same variance but for terms of the order 1/n.
TEST(AreaUnderCurve, ItsErrorIsThatOfLeavingOneOut) {
    const auto members = drawn_values(60, 100), others = drawn_values(80, 101);
    const double whole = naive_area(members, others);
    const auto squares = [&](const Values& from, bool of_members) {
        double sum = 0;
        for (std::size_t i = 0; i < from.size(); ++i) {
            Values less = from;
            less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
            const double one = of_members ? naive_area(less, others) : naive_area(members, less);
            sum += (one - whole) * (one - whole);
        }
        return sum * static_cast<double>(from.size() - 1) / static_cast<double>(from.size());
    };
    const double jackknife = std::sqrt(squares(members, true) + squares(others, false));
    EXPECT_NEAR(area_under_curve(members, others)->standard_error / jackknife, 1, 0.01);
}

TEST(AreaUnderCurve, SaysNothingOfOneAndNoBandWhereAllStandApart) {
    EXPECT_FALSE(area_under_curve(Values{1}, Values{1, 2, 3}));
    const auto apart = area_under_curve(Values{5, 6}, Values{1, 2, 3}).value();
    EXPECT_EQ(apart.value, 1);
    EXPECT_FALSE(apart.band);
}

// R: qt(0.95, 8) is 1.859548.
TEST(AreaUnderCurve, FewGroupsMakeTheBandWider) {
    const auto few = share_with_band(0.5, 0.05, 9), many = share_with_band(0.5, 0.05);
    EXPECT_NEAR(few.band->high, 1 / (1 + std::exp(-1.859548 * 0.2)), 1e-6);
    EXPECT_NEAR(many.band->high, 1 / (1 + std::exp(-1.644854 * 0.2)), 1e-6);
    EXPECT_FALSE(share_with_band(0.5, 0.05, 1).band);
}

// By hand: alike in 1 are members 3 and 1 with another 2: 1 of 2. Alike in 2 are member 5 with others 5 and 0: 1.5 of 2.
TEST(AreaUnderCurve, AmongThoseThatAreAlike) {
    const std::vector<Placed> all{
        {3, true, 1}, {1, true, 1}, {2, false, 1}, {5, true, 2}, {5, false, 2}, {0, false, 2}, {9, false, 3}};
    const auto found = area_among_alike(all).value();
    EXPECT_EQ(found.couples, 4);
    EXPECT_DOUBLE_EQ(found.share.value, 0.625);
    // Influence ×4: 0.375 −0.625 −0.25 0.25 −0.125 0.375 0; their squares add up to 0.8125.
    EXPECT_NEAR(found.share.standard_error, std::sqrt(0.8125) / 4, 1e-14);
    EXPECT_FALSE(area_among_alike(std::vector<Placed>{{1, true, 1}, {2, false, 2}}));
}

TEST(AreaUnderCurve, AmongAllAlikeIsTheWhole) {
    const auto members = drawn_values(20, 7), others = drawn_values(25, 8);
    std::vector<Placed> all;
    for (const double one : members) all.push_back({one, true, 0});
    for (const double one : others) all.push_back({one, false, 0});
    const auto whole = area_under_curve(members, others).value();
    EXPECT_NEAR(area_among_alike(all)->share.value, whole.value, 1e-14);
    EXPECT_NEAR(area_among_alike(all)->share.standard_error / whole.standard_error, 1, 0.05);
}

// R: cor(c(1,2,2,4,5), c(2,1,4,4,6), method = "spearman") is 0.7631579; by hand: ranks 1 2.5 2.5 4 5 and 2 1 3.5 3.5 5, sum
// of products about 3: 2 + 1 - 0.25 + 0.5 + 4 = 7.25, both sums of squares 9.5.
TEST(RankCorrelation, ByHandAndInR) {
    const auto found = rank_correlation(Values{1, 2, 2, 4, 5}, Values{2, 1, 4, 4, 6}).value();
    EXPECT_NEAR(found.value, 7.25 / 9.5, 1e-15);
    const double reach = 1.6448536269514722 * std::sqrt((1 + found.value * found.value / 2) / 2);
    EXPECT_NEAR(found.band.low, std::tanh(std::atanh(found.value) - reach), 1e-14);
    EXPECT_NEAR(found.band.high, std::tanh(std::atanh(found.value) + reach), 1e-14);
}

TEST(RankCorrelation, HasItsEndsAndItsRefusals) {
    EXPECT_EQ(rank_correlation(Values{1, 2, 3, 4}, Values{10, 20, 30, 40})->value, 1);
    EXPECT_EQ(rank_correlation(Values{1, 2, 3, 4}, Values{4, 3, 2, 1})->value, -1);
    EXPECT_FALSE(rank_correlation(Values{1, 2, 3}, Values{1, 2, 3}));
    EXPECT_FALSE(rank_correlation(Values{1, 2, 3, 4}, Values{7, 7, 7, 7}));
}

// Without ties: 1 − 6 Σd²/(n(n² − 1)).
TEST(RankCorrelation, IsThePlainFormulaWithoutTies) {
    const numerics::Draws draws("ranks test 2");
    Values x, y;
    for (std::uint64_t i = 0; i < 50; ++i) x.push_back(draws.uniform(i, 0)), y.push_back(draws.uniform(i, 1));
    double squares = 0;
    for (std::size_t i = 0; i < 50; ++i) {
        double below_x = 0, below_y = 0;
        for (std::size_t j = 0; j < 50; ++j) below_x += x[j] < x[i], below_y += y[j] < y[i];
        squares += (below_x - below_y) * (below_x - below_y);
    }
    EXPECT_NEAR(rank_correlation(x, y)->value, 1 - 6 * squares / (50.0 * (50 * 50 - 1)), 1e-14);
}

}  // namespace
}  // namespace entente::measures::validity
