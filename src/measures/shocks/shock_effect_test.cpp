#include "measures/shocks/shock_effect.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "measures/test_facts.h"

namespace entente::measures {
namespace {

using test::day;

DatedCounts every(std::int32_t step, const char* first, const char* last) {
    DatedCounts out;
    out.covered = {{day(first), day(last)}};
    for (Day at = day(first); at <= day(last); at = at + step) out.days.push_back(at);
    return out;
}

TEST(BeforeAndAfter, GivesTheDayOfTheShockToWhatCameAfter) {
    DatedCounts counts;
    counts.covered = {{day("2020-01-01"), day("2020-12-31")}};
    counts.days = {day("2020-06-09"), day("2020-06-10"), day("2020-06-19"), day("2020-06-20")};
    const auto found = before_and_after(counts, day("2020-06-10"), 10);
    EXPECT_EQ(found.before, 1);
    EXPECT_EQ(found.after, 2);
    EXPECT_EQ(found.exposure_before, 10);
    EXPECT_EQ(*found.ratio.ratio, 2);
}

TEST(BeforeAndAfter, ShortensExposureAtTheEndOfCoverage) {
    DatedCounts counts;
    counts.covered = {{day("2020-01-01"), day("2020-06-12")}};
    const auto found = before_and_after(counts, day("2020-06-10"), 10);
    EXPECT_EQ(found.exposure_after, 3);
    EXPECT_FALSE(found.ratio.ratio);
    EXPECT_FALSE(before_and_after(counts, day("2021-01-01"), 10).ratio.ratio);
}

TEST(ContactsLost, AreExpectedLessObserved) {
    // 20 in 1,000 days, none in 100: two lost.
    const auto found = expected_of_stretch(20, 1000, 0, 100);
    EXPECT_DOUBLE_EQ(*found.number, 2);
    EXPECT_DOUBLE_EQ(found.lost, 2);
    EXPECT_EQ(found.lost_band.low, 0);
    EXPECT_GE(found.lost_band.high, 4);
    EXPECT_EQ(expected_of_stretch(0, 0, 1, 100).reason, "no covered day before the shock");
}

TEST(ContactsLost, BandHoldsWhatIsSeenWhenNothingChanged) {
    std::mt19937_64 random(51);
    int inside = 0;
    constexpr int kRounds = 4000;
    for (int i = 0; i < kRounds; ++i) {
        const auto before = std::poisson_distribution<std::int64_t>(24)(random);
        const auto after = std::poisson_distribution<std::int64_t>(6)(random);
        const auto found = expected_of_stretch(before, 720, after, 180);
        inside += found.lost_band.low <= 0 && 0 <= found.lost_band.high;
    }
    // 90 % is what a continuous count would give; whole numbers hold a little more.
    EXPECT_NEAR(inside / static_cast<double>(kRounds), 0.925, 0.03);
}

TEST(ContactsLost, ByTheCalendarNeedCoveredYears) {
    const auto counts = every(10, "2015-01-01", "2020-12-31");
    const auto found = expected_of_calendar(counts, day("2019-03-01"), 90);
    ASSERT_TRUE(found.number);
    EXPECT_NEAR(*found.number, 9, 0.5);
    EXPECT_FALSE(expected_of_calendar(counts, day("2016-03-01"), 90).number);
}

TEST(DonorWeights, FindTheMixtureThatWasPlanted) {
    std::mt19937_64 random(52);
    std::vector<DonorSeries> donors(4);
    std::vector<double> target(60);
    const std::vector<double> planted{0.5, 0.3, 0.2, 0};
    for (std::size_t i = 0; i < donors.size(); ++i)
        for (std::size_t t = 0; t < target.size(); ++t) {
            donors[i].before.push_back(std::uniform_real_distribution<>(0, 5)(random));
            target[t] += planted[i] * donors[i].before.back();
        }
    const auto weights = donor_weights(target, donors);
    double sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        EXPECT_NEAR(weights[i], planted[i], 1e-4);
        EXPECT_GE(weights[i], 0);
        sum += weights[i];
    }
    EXPECT_NEAR(sum, 1, 1e-9);
}

TEST(Placebo, FindsAShockThatStoppedAllAndNotOneThatDidNothing) {
    auto counts = every(10, "2000-01-01", "2020-12-31");
    const Day shock = day("2010-06-01");
    std::erase_if(counts.days, [&](Day at) { return at >= shock && at < shock + 180; });
    const auto real = placebo(counts, std::vector<Day>{shock}, shock, 180);
    ASSERT_TRUE(real.p);
    EXPECT_LE(*real.p, 0.002);
    // The return after the stop is a rise, and no day near it is tried.
    const auto nothing = placebo(counts, std::vector<Day>{shock}, day("2015-06-01"), 180);
    EXPECT_GT(*nothing.p, 0.2);
}

TEST(Placebo, GivesNoNumberForTooFewFreeDays) {
    const auto counts = every(10, "2010-01-01", "2011-01-10");
    const auto found = placebo(counts, std::vector<Day>{}, day("2010-07-10"), 180);
    EXPECT_FALSE(found.p);
    EXPECT_LT(found.free_days, 19U);
}

// With no effect at all p is uniform: about one in ten lies below 0.1.
TEST(Placebo, IsCalibrated) {
    std::mt19937_64 random(53);
    int low = 0;
    constexpr int kRounds = 400;
    for (int round = 0; round < kRounds; ++round) {
        DatedCounts counts;
        counts.covered = {{Day{0}, Day{7000}}};
        for (int at = 0; at <= 7000; ++at)
            if (random() % 15 == 0) counts.days.push_back(Day{at});
        const auto found = placebo(counts, std::vector<Day>{Day{3500}}, Day{3500}, 90);
        low += *found.p <= 0.1;
    }
    EXPECT_NEAR(low / static_cast<double>(kRounds), 0.1, 0.06);
}

TEST(Superposed, AveragesOverShocksWhoseSpanIsCovered) {
    const auto counts = every(30, "2000-01-01", "2015-12-31");
    const auto found =
        superposed(counts, std::vector<Day>{day("2005-01-01"), day("2008-01-01"), day("2015-06-01")});
    ASSERT_EQ(found.size(), 37U);
    EXPECT_EQ(found.front().month, -12);
    EXPECT_EQ(found.back().month, 24);
    for (const auto& month : found) {
        EXPECT_EQ(month.shocks, 2);
        EXPECT_DOUBLE_EQ(month.mean, 1);
    }
    EXPECT_TRUE(superposed(counts, std::vector<Day>{day("2000-03-01")}).empty());
}

TEST(Overlapping, CountsTheLaterOfTwoNearShocks) {
    EXPECT_EQ(
        overlapping(std::vector<Day>{day("2010-01-29"), day("2008-10-03"), day("2010-05-01")}, 180), 1U
    );
}

}  // namespace
}  // namespace entente::measures
