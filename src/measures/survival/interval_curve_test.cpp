#include "measures/survival/interval_curve.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "measures/survival/durations.h"

namespace entente::measures {
namespace {

// Counted by hand. (0, 2], (1, 3] and (2, 4]: innermost are (1, 2] and (2, 3]; the first explains one and two, the
// second two and three; with the share p on the first, p · 1 · (1 − p) is highest at a half.
TEST(Turnbull, IsThatCountedByHand) {
    const auto curve = turnbull(std::vector<Lifetime>{{0, 2}, {1, 3}, {2, 4}});
    ASSERT_TRUE(curve);
    ASSERT_EQ(curve->pieces.size(), 2u);
    EXPECT_EQ(curve->pieces[0].low, 1);
    EXPECT_EQ(curve->pieces[0].high, 2);
    EXPECT_NEAR(curve->pieces[0].share, 0.5, 1e-12);
    EXPECT_EQ(curve->pieces[1].high, 3);
    EXPECT_NEAR(curve->log_likelihood, 2 * std::log(0.5), 1e-12);
    EXPECT_EQ(curve->last_seen, 4);
    EXPECT_EQ(curve->ended, 3u);
    // Between 1 and 2 days the data do not say how many last.
    EXPECT_NEAR(curve->lasting(1.5).low, 0.5, 1e-12);
    EXPECT_NEAR(curve->lasting(1.5).high, 1, 1e-12);
    EXPECT_NEAR(curve->lasting(2).high, 0.5, 1e-12);
}

TEST(Turnbull, IsKaplanMeierWhereEndsAreExact) {
    std::mt19937_64 random(81);
    for (int round = 0; round < 100; ++round) {
        std::vector<Duration> durations;
        std::vector<Lifetime> lifetimes;
        for (int i = 0; i < 40; ++i) {
            const double days = 1.0 + static_cast<double>(random() % 30);
            const bool ended = random() % 3 != 0;
            durations.push_back({days, ended});
            lifetimes.push_back({days, ended ? days : INFINITY});
        }
        if (std::ranges::none_of(durations, &Duration::ended)) continue;
        const auto known = kaplan_meier(durations);
        const auto curve = turnbull(lifetimes);
        ASSERT_TRUE(curve);
        for (const auto& step : known->steps) {
            EXPECT_NEAR(curve->lasting(step.days).low, step.share, 1e-9);
            EXPECT_NEAR(curve->lasting(step.days).high, step.share, 1e-9);
        }
    }
}

/// Turnbull's own self-consistent iteration, over every day: no innermost intervals, no certificate.
std::vector<double> by_days(const std::vector<Lifetime>& lifetimes, int last, int steps) {
    const auto days = static_cast<std::size_t>(last) + 1;  // the last place is for all that comes later
    std::vector<double> shares(days, 1.0 / static_cast<double>(days));
    for (int step = 0; step < steps; ++step) {
        std::vector<double> next(days);
        for (const auto& one : lifetimes) {
            const auto in = [&](std::size_t day) {
                const double end = static_cast<double>(day) + 1;
                if (day + 1 == days) return !one.ended();
                return one.exact() ? end == one.low : one.low < end && end <= one.high;
            };
            double whole = 0;
            for (std::size_t day = 0; day < days; ++day) whole += in(day) ? shares[day] : 0;
            for (std::size_t day = 0; day < days; ++day)
                if (in(day)) next[day] += shares[day] / whole / static_cast<double>(lifetimes.size());
        }
        shares = next;
    }
    return shares;
}

TEST(Turnbull, EqualsTheNaiveIterationOverDays) {
    std::mt19937_64 random(82);
    for (int round = 0; round < 20; ++round) {
        std::vector<Lifetime> lifetimes;
        for (int i = 0; i < 25; ++i) {
            const double low = static_cast<double>(random() % 20);
            const auto kind = random() % 3;
            lifetimes.push_back(
                {kind == 0 ? low + 1 : low,
                 kind == 0   ? low + 1
                 : kind == 1 ? low + 1 + static_cast<double>(random() % 10)
                             : INFINITY}
            );
        }
        const auto curve = turnbull(lifetimes);
        ASSERT_TRUE(curve);
        const auto shares = by_days(lifetimes, 40, 20000);
        double lasting = 1;
        for (int day = 1; day <= 40; ++day) {
            lasting -= shares[static_cast<std::size_t>(day - 1)];
            // The iteration creeps where a share goes to 0.
            const auto ours = curve->lasting(day);
            EXPECT_LE(ours.low, lasting + 2e-3);
            EXPECT_GE(ours.high, lasting - 2e-3);
        }
    }
}

TEST(Turnbull, RefusesWhatCannotBe) {
    EXPECT_FALSE(turnbull(std::vector<Lifetime>{}));
    EXPECT_FALSE(turnbull(std::vector<Lifetime>{{3, 2}}));
    EXPECT_FALSE(turnbull(std::vector<Lifetime>{{0, 0}}));
    EXPECT_FALSE(turnbull(std::vector<Lifetime>{{3, 5, 1}})) << "followed from late on";
}

}  // namespace
}  // namespace entente::measures
