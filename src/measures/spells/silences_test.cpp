#include "measures/spells/silences.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace entente::measures {
namespace {

// Four years of 10, three of none, two of 8: 56 in 6 years around, 28 expected; (6/9)^56.5 by chance.
TEST(Silences, AreThoseCountedByHand) {
    const std::vector<CountedPeriod> years{
        {10, 1}, {10, 1}, {10, 1}, {10, 1}, {0, 1}, {0, 0}, {0, 1}, {0, 1}, {8, 1}, {8, 1}};
    const auto found = find_silences(years, 1, 5);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].first, 4U);
    EXPECT_EQ(found[0].last, 6U);  // the year that is not covered is no period
    EXPECT_EQ(found[0].exposure, 3);
    EXPECT_NEAR(*found[0].expected, 28, 1e-12);
    EXPECT_NEAR(*found[0].chance, std::pow(6.0 / 9, 56.5), 1e-15);
}

TEST(Silences, OfNothingButSilenceHaveNoChance) {
    const auto found = find_silences(std::vector<CountedPeriod>{{0, 1}, {0, 1}}, 1, 5);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_FALSE(found[0].expected);
    EXPECT_FALSE(found[0].chance);
    EXPECT_TRUE(find_silences(std::vector<CountedPeriod>{{1, 1}, {0, 1}, {2, 1}}, 2, 5).empty());
}

// The chance is that of the next stretch of the same rate: simulated with the rate drawn from its posterior.
TEST(Silences, HaveTheChanceOfTheirPredictiveDistribution) {
    std::mt19937_64 random(61);
    int none = 0;
    constexpr int kRounds = 200000;
    for (int i = 0; i < kRounds; ++i) {
        const double rate = std::gamma_distribution<>(4.5, 1.0 / 6)(random);
        none += std::poisson_distribution<int>(rate * 2)(random) == 0;
    }
    const auto found = find_silences(std::vector<CountedPeriod>{{2, 3}, {0, 2}, {2, 3}}, 1, 5);
    EXPECT_NEAR(none / static_cast<double>(kRounds), *found[0].chance, 0.004);
}

}  // namespace
}  // namespace entente::measures
