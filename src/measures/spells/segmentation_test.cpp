#include "measures/spells/segmentation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace entente::measures {
namespace {

std::vector<CountedPeriod> counts(std::initializer_list<std::int64_t> values) {
    std::vector<CountedPeriod> out;
    for (const auto value : values) out.push_back({value, 1});
    return out;
}

const auto kWorked = counts({4, 3, 5, 4, 6, 4, 0, 0, 0, 1, 0, 0, 3, 4, 5, 3});

// MEASURES.md 18.4, to the printed digits.
TEST(Segmentation, IsThatCountedByHand) {
    const auto found = segment_counts(kWorked);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->penalty, 5.545177, 5e-7);
    ASSERT_EQ(found->segments.size(), 3U);
    EXPECT_EQ(found->segments[0].last, 5U);
    EXPECT_EQ(found->segments[1].last, 11U);
    EXPECT_NEAR(found->segments[0].cost, -24.249528, 5e-7);
    EXPECT_NEAR(found->segments[1].cost, 5.583519, 5e-7);
    EXPECT_NEAR(found->segments[2].cost, -9.652675, 5e-7);
    EXPECT_NEAR(segment_counts(kWorked, {.penalty = 1000, .shortest = 2})->cost, 2.933205, 5e-7);
}

/// The full dynamic programme, nothing pruned.
double naive_cost(const std::vector<CountedPeriod>& all, double penalty, std::size_t shortest) {
    std::vector<CountedPeriod> periods;
    for (const auto& one : all)
        if (one.exposure > 0) periods.push_back(one);
    const auto n = periods.size();
    std::vector<double> best(n + 1, std::numeric_limits<double>::infinity());
    best[0] = -penalty;
    for (std::size_t end = 1; end <= n; ++end)
        for (std::size_t from = 0; from < end; ++from) {
            if (end - from < shortest && !(from == 0 && end == n)) continue;
            std::int64_t count = 0;
            double exposure = 0;
            for (std::size_t i = from; i < end; ++i)
                count += periods[i].count, exposure += periods[i].exposure;
            best[end] = std::min(best[end], best[from] + segment_cost(count, exposure) + penalty);
        }
    return best[n];
}

std::vector<CountedPeriod> random_series(std::mt19937_64& random, std::size_t n) {
    std::vector<CountedPeriod> out;
    double rate = 3;
    for (std::size_t i = 0; i < n; ++i) {
        if (random() % 12 == 0) rate = std::exponential_distribution<>(0.3)(random);
        const double exposure = random() % 10 == 0 ? 0 : random() % 3 == 0 ? 0.5 : 1;
        out.push_back(
            {exposure == 0 ? 0 : std::poisson_distribution<std::int64_t>(rate * exposure)(random), exposure}
        );
    }
    out.push_back({1, 1});
    return out;
}

TEST(Segmentation, EqualsTheFullProgrammeForEveryShortestLength) {
    std::mt19937_64 random(21);
    for (int round = 0; round < 400; ++round) {
        const auto series = random_series(random, 3 + random() % 60);
        const std::size_t shortest = 1 + random() % 6;
        const double penalty = std::uniform_real_distribution<>(0.1, 12)(random);
        const auto found = segment_counts(series, {penalty, shortest});
        ASSERT_TRUE(found);
        const double cost = found->cost + penalty * static_cast<double>(found->changes());
        ASSERT_NEAR(cost, naive_cost(series, penalty, shortest), 1e-8) << round;
        if (found->changes() > 0) {
            for (const auto& segment : found->segments) EXPECT_GE(segment.last - segment.first + 1, shortest);
        }
    }
}

TEST(Segmentation, LeavesOutWhatIsNotCovered) {
    auto holed = kWorked;
    holed.insert(holed.begin() + 8, {0, 0});
    const auto found = segment_counts(holed);
    EXPECT_NEAR(found->cost, segment_counts(kWorked)->cost, 1e-12);
    EXPECT_EQ(found->segments[1].last, 11U);
}

TEST(Segmentation, RefusesWhatCannotBe) {
    EXPECT_FALSE(segment_counts(std::vector<CountedPeriod>{{3, 0}}));
    EXPECT_FALSE(segment_counts(std::vector<CountedPeriod>{{-1, 1}}));
    EXPECT_FALSE(segment_counts(std::vector<CountedPeriod>{{0, 0}}));
    EXPECT_TRUE(segment_counts(counts({5})));
}

TEST(Segmentation, PrefersFewerChanges) {
    EXPECT_EQ(segment_counts(counts({0, 0, 0, 0, 0, 0}))->changes(), 0U);
    EXPECT_EQ(segment_counts(counts({2, 2, 2, 2, 2, 2}), {.penalty = 1e-6, .shortest = 1})->changes(), 0U);
}

TEST(CalibratedPenalty, LetsOneSeriesInTwentyShowAChange) {
    std::vector<CountedPeriod> flat(60, {2, 1});
    const auto penalty = calibrated_penalty(flat, 2, "test");
    ASSERT_TRUE(penalty);
    // Other draws than those it was calibrated on.
    std::mt19937_64 random(22);
    int changed = 0;
    for (int round = 0; round < 2000; ++round) {
        for (auto& one : flat) one.count = std::poisson_distribution<std::int64_t>(2)(random);
        changed += segment_counts(flat, {*penalty, 2})->changes() > 0;
    }
    EXPECT_NEAR(changed / 2000.0, 0.05, 0.02);
}

TEST(SegmentationPath, HoldsTheOptimumOfEveryPenalty) {
    std::mt19937_64 random(23);
    for (int round = 0; round < 30; ++round) {
        const auto series = random_series(random, 40);
        const auto path = segmentation_path(series, 2, 0.5, 30);
        ASSERT_TRUE(path);
        for (double penalty = 0.6; penalty < 30; penalty += 1.3) {
            const auto direct = segment_counts(series, {penalty, 2});
            double best = std::numeric_limits<double>::infinity();
            for (const auto& one : *path)
                best = std::min(best, one.cost + penalty * static_cast<double>(one.changes()));
            ASSERT_NEAR(best, direct->cost + penalty * static_cast<double>(direct->changes()), 1e-7);
        }
    }
}

TEST(ConfidenceOfChanges, SaysWhereElseTheyMayLie) {
    const auto found = segment_counts(kWorked);
    const auto changes = confidence_of_changes(kWorked, *found, 2);
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0].after, 5U);
    EXPECT_GT(changes[0].cost_without, 10);
    EXPECT_LE(changes[0].earliest, 5U);
    EXPECT_GE(changes[0].latest, 5U);
    EXPECT_LE(changes[0].latest, 7U);
}

}  // namespace
}  // namespace entente::measures
