#include "measures/spells/silences.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace entente::measures {
namespace {

// Four years of 10, three of none, two of 8: 56 in 6 years around, 28 expected; (6/9)^56.5 by chance.
TEST(Silences, AreThoseCountedByHand) {
    const std::vector<CountedPeriod> years{
        {10, 1}, {10, 1}, {10, 1}, {10, 1}, {0, 1}, {0, 1}, {0, 1}, {8, 1}, {8, 1}};
    const auto found = find_silences(years, 1, 5);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].first, 4U);
    EXPECT_EQ(found[0].last, 6U);
    EXPECT_FALSE(found[0].perhaps_earlier || found[0].perhaps_later);
    EXPECT_EQ(found[0].exposure, 3);
    EXPECT_NEAR(*found[0].expected, 28, 1e-12);
    EXPECT_NEAR(*found[0].chance, std::pow(6.0 / 9, 56.5), 1e-15);
}

// One year of none, one of which nobody knows, two of none: two silences, and each may be longer.
TEST(Silences, EndWhereNobodyLooked) {
    const std::vector<CountedPeriod> years{
        {10, 1}, {10, 1}, {10, 1}, {10, 1}, {0, 1}, {0, 0}, {0, 1}, {0, 1}, {8, 1}, {8, 1}};
    const auto found = find_silences(years, 1, 5);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].first, 4U);  // places among the covered periods
    EXPECT_EQ(found[0].last, 4U);
    EXPECT_EQ(found[0].exposure, 1);
    EXPECT_FALSE(found[0].perhaps_earlier);
    EXPECT_TRUE(found[0].perhaps_later);
    EXPECT_EQ(found[1].first, 5U);
    EXPECT_EQ(found[1].last, 6U);
    EXPECT_TRUE(found[1].perhaps_earlier);
    EXPECT_FALSE(found[1].perhaps_later);
    EXPECT_NEAR(*found[1].chance, std::pow(6.0 / 8, 56.5), 1e-15);  // the same six years around
    EXPECT_EQ(find_silences(years, 3, 5).size(), 0U) << "three years of none, but not in a row";
}

// A contact of which only the year is known may lie in any of its months: none of them is silent for sure.
TEST(Silences, LeaveOutWhereSomethingMayHaveBeenHeld) {
    const std::vector<CountedPeriod> periods{{2, 1}, {0, 1}, {0, 1}, {0, 1}, {3, 1}};
    const auto found = find_silences(periods, 1, 5, {false, false, true, false, false});
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].last, 1U);
    EXPECT_TRUE(found[0].perhaps_later);
    EXPECT_EQ(found[1].first, 3U);
    EXPECT_TRUE(found[1].perhaps_earlier);
    // Around the first: 2 + 3 in the three periods that are no silence; a period of which one knows nothing has no count.
    EXPECT_NEAR(*found[0].chance, std::pow(3.0 / 4, 5.5), 1e-15);
    EXPECT_TRUE(find_silences(periods, 1, 5, std::vector<bool>(5, true)).empty());
}

/// The same by its words: every period asked whether it and all between are quiet and covered.
std::vector<std::pair<std::size_t, std::size_t>> plain_silences(
    const std::vector<CountedPeriod>& all, const std::vector<bool>& perhaps, double shortest
) {
    std::vector<std::pair<std::size_t, std::size_t>> out;
    const auto quiet = [&](std::size_t at) {
        return at < all.size() && all[at].exposure > 0 && all[at].count == 0 && !perhaps[at];
    };
    for (std::size_t from = 0; from < all.size(); ++from)
        for (std::size_t to = from; to < all.size(); ++to) {
            double exposure = 0;
            bool whole = true;
            for (std::size_t at = from; at <= to; ++at)
                whole = whole && quiet(at), exposure += all[at].exposure;
            if (whole && (from == 0 || !quiet(from - 1)) && !quiet(to + 1) && exposure >= shortest)
                out.emplace_back(from, to);
        }
    return out;
}

TEST(Silences, OfRandomSeriesAreThoseOfTheirWords) {
    std::mt19937 random(5);
    std::size_t some = 0;
    for (int round = 0; round < 300; ++round) {
        std::vector<CountedPeriod> all(1 + random() % 30);
        std::vector<bool> perhaps(all.size());
        std::vector<std::size_t> covered;
        for (std::size_t at = 0; at < all.size(); ++at) {
            const bool looked = random() % 4 != 0;
            all[at] = {looked ? static_cast<std::int64_t>(random() % 3 / 2) : 0, looked ? 1.0 : 0.0};
            perhaps[at] = random() % 6 == 0;
            if (looked) covered.push_back(at);
        }
        const auto found = find_silences(all, 2, 5, perhaps);
        const auto expected = plain_silences(all, perhaps, 2);
        ASSERT_EQ(found.size(), expected.size());
        for (std::size_t i = 0; i < found.size(); ++i) {
            EXPECT_EQ(covered[found[i].first], expected[i].first);
            EXPECT_EQ(covered[found[i].last], expected[i].second);
            const auto [from, to] = expected[i];
            EXPECT_EQ(found[i].perhaps_earlier, from == 0 || all[from - 1].count == 0);
            EXPECT_EQ(found[i].perhaps_later, to + 1 == all.size() || all[to + 1].count == 0);
        }
        some += found.size();
    }
    EXPECT_GT(some, 50U);
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
