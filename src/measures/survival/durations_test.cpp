#include "measures/survival/durations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace entente::measures {
namespace {

const std::vector<Duration> kWorked{
    {37}, {41}, {120}, {200, false}, {319}, {319}, {503}, {607}, {700, false}};

// MEASURES.md 18.5, to the printed digits.
TEST(KaplanMeier, IsThatCountedByHand) {
    const auto curve = kaplan_meier(kWorked);
    ASSERT_TRUE(curve);
    const auto step = std::ranges::find(curve->steps, 319, &CurveStep::days);
    ASSERT_NE(step, curve->steps.end());
    EXPECT_NEAR(step->share, 0.4, 1e-12);
    EXPECT_NEAR(step->standard_error, 0.173845, 5e-7);
    EXPECT_EQ(step->at_risk, 5);
    // R 4.2.2, survival 3.5.3: survfit(..., conf.type = "log-log").
    EXPECT_NEAR(step->limits->low, 0.0981236, 5e-8);
    EXPECT_NEAR(step->limits->high, 0.6965236, 5e-8);
    EXPECT_EQ(*median_of(*curve), 319);
}

TEST(Weibull, IsThatOfTheWorkedFigures) {
    const auto fit = fit_weibull(kWorked);
    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->location, 6.01332682, 5e-9);
    EXPECT_NEAR(fit->scale, 0.90145658, 5e-9);
    EXPECT_NEAR(fit->log_likelihood, -49.00349904, 5e-9);
    EXPECT_NEAR(fit->remaining(100, 0.1), 44.3362, 5e-5);
    EXPECT_NEAR(fit->remaining(100, 0.5), 272.8564, 5e-5);
    EXPECT_NEAR(fit->remaining(100, 0.9), 837.9917, 5e-5);
    EXPECT_NEAR(fit->remaining(400, 0.1), 38.7245, 5e-5);
    EXPECT_NEAR(fit->remaining(400, 0.5), 248.8334, 5e-5);
    EXPECT_NEAR(fit->remaining(400, 0.9), 792.4175, 5e-5);
}

TEST(KaplanMeier, EqualsTheShareOfTheLivingWhenAllEnded) {
    std::mt19937_64 random(71);
    std::vector<Duration> durations;
    for (int i = 0; i < 200; ++i) durations.push_back({1.0 + static_cast<double>(random() % 90)});
    const auto curve = kaplan_meier(durations);
    ASSERT_TRUE(curve);
    for (const auto& step : curve->steps) {
        const auto left =
            std::ranges::count_if(durations, [&](const auto& one) { return one.days > step.days; });
        EXPECT_NEAR(step.share, static_cast<double>(left) / 200, 1e-12);
    }
    EXPECT_EQ(curve->steps.back().share, 0);
    EXPECT_FALSE(curve->steps.back().limits);
}

/// The product-limit estimate by its definition: at every end, everyone is counted anew.
TEST(KaplanMeier, EqualsCountingEveryoneAnewWhenSomeAreLostSight) {
    std::mt19937_64 random(73);
    for (int round = 0; round < 50; ++round) {
        std::vector<Duration> durations;
        for (int i = 0; i < 40; ++i)
            durations.push_back({1.0 + static_cast<double>(random() % 30), random() % 3 != 0});
        const auto curve = kaplan_meier(durations);
        ASSERT_TRUE(curve);
        for (const auto& step : curve->steps) {
            double share = 1;
            for (int day = 1; day <= static_cast<int>(step.days); ++day) {
                double at_risk = 0, ended = 0;
                for (const auto& one : durations) {
                    at_risk += one.days >= day;
                    ended += one.ended && one.days == day;
                }
                if (at_risk > 0) share *= 1 - ended / at_risk;
            }
            EXPECT_NEAR(step.share, share, 1e-12);
            if (step.limits) {
                EXPECT_LE(step.limits->low, step.share);
                EXPECT_GE(step.limits->high, step.share);
            }
        }
    }
}

TEST(KaplanMeier, TakesTheMiddleOfAStretchAtOneHalf) {
    EXPECT_EQ(*median_of(*kaplan_meier(std::vector<Duration>{{10}, {20}, {30}, {40}})), 25);
    // As R: the stretch reaches to the last that was seen.
    EXPECT_EQ(*median_of(*kaplan_meier(std::vector<Duration>{{10}, {20, false}})), 15);
    EXPECT_EQ(*median_of(*kaplan_meier(std::vector<Duration>{{10}, {20}, {30, false}, {40, false}})), 30);
    EXPECT_FALSE(median_of(*kaplan_meier(std::vector<Duration>{{10}, {20, false}, {30, false}})));
}

TEST(Weibull, FindsParametersThatAreKnown) {
    std::mt19937_64 random(72);
    std::weibull_distribution<> lasting(1.4, 300);
    std::vector<Duration> durations;
    for (int i = 0; i < 5000; ++i) {
        const double days = lasting(random), seen = 50 + static_cast<double>(random() % 700);
        durations.push_back({std::min(days, seen), days <= seen});
    }
    const auto fit = fit_weibull(durations);
    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->location, std::log(300), 4 * std::sqrt(fit->covariance[0]));
    EXPECT_NEAR(fit->scale, 1 / 1.4, 0.03);
    EXPECT_NEAR(fit->share(300), std::exp(-1), 0.02);
}

// Days counted in weeks move the location alone.
TEST(Weibull, DoesNotCareForTheUnit) {
    auto weeks = kWorked;
    for (auto& one : weeks) one.days /= 7;
    const auto days = fit_weibull(kWorked), by_week = fit_weibull(weeks);
    EXPECT_NEAR(days->location - std::log(7), by_week->location, 1e-8);
    EXPECT_NEAR(days->scale, by_week->scale, 1e-8);
}

TEST(Durations, ThatCannotBeAreRefused) {
    EXPECT_FALSE(kaplan_meier(std::vector<Duration>{}));
    EXPECT_FALSE(kaplan_meier(std::vector<Duration>{{0}}));
    EXPECT_FALSE(fit_weibull(std::vector<Duration>{{5, false}, {7, false}}));
    EXPECT_FALSE(fit_weibull(std::vector<Duration>{{5}, {5}, {5}})) << "nothing bounds the scale";
}

}  // namespace
}  // namespace entente::measures
