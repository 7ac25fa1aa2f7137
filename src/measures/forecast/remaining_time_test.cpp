#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "measures/forecast/stacking.h"

namespace entente::measures {
namespace {

const std::vector<Lifetime> kWorked{
    {37, 37}, {41, 41}, {120, 120}, {200}, {319, 319}, {319, 319}, {503, 503}, {607, 607}, {700}};

Candidates all_alike(const PredictedLifetime& forecast) {
    return {std::vector<PredictedLifetime>(kCandidates, forecast), forecast, forecast, nullptr};
}

CandidateWeights even_weights() {
    CandidateWeights out;
    out.fill(1.0 / kCandidates);
    return out;
}

// MEASURES.md 18.5: with the parameters held fixed the figures of R; with their uncertainty the interval is wider.
TEST(RemainingTime, IsThatOfTheWorkedFigures) {
    auto fit = *fit_lifetimes(LifetimeLaw::weibull, kWorked);
    const std::vector<std::vector<double>> row{{}};
    const auto free = all_alike(PredictedLifetime::of_fit(fit, row, 2000));
    std::ranges::fill(fit.covariance, 0);
    const auto fixed = all_alike(PredictedLifetime::of_fit(fit, row, 3));
    const RemainingTime young(fixed, even_weights(), 100), old(fixed, even_weights(), 400);
    EXPECT_NEAR(*young.quantile(0.1, 1e4), 44.3362, 1e-3);
    EXPECT_NEAR(*young.quantile(0.5, 1e4), 272.8564, 1e-3);
    EXPECT_NEAR(*young.quantile(0.9, 1e4), 837.9917, 1e-3);
    EXPECT_NEAR(*old.quantile(0.1, 1e4), 38.7245, 1e-3);
    EXPECT_NEAR(*old.quantile(0.5, 1e4), 248.8334, 1e-3);
    EXPECT_NEAR(*old.quantile(0.9, 1e4), 792.4175, 1e-3);
    EXPECT_NEAR(young.ended_within(272.8564), 0.5, 1e-6);
    const RemainingTime wider(free, even_weights(), 100);
    EXPECT_GT(*wider.quantile(0.9, 1e4) - *wider.quantile(0.1, 1e4), 837.9917 - 44.3362);
    EXPECT_FALSE(young.quantile(0.9, 500)) << "not within 500 days";
    EXPECT_EQ(young.ended_within(0), 0);
}

/// All parameters drawn at once, by another generator and a root of the whole covariance.
double naive_lasting(const LifetimeFit& fit, const std::vector<double>& row, double days) {
    std::mt19937_64 random(5);
    std::normal_distribution<> normal;
    const std::size_t size = fit.parameters();
    std::vector<double> root(size * size);
    for (std::size_t i = 0; i < size; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            double left = fit.covariance[i * size + j];
            for (std::size_t k = 0; k < j; ++k) left -= root[i * size + k] * root[j * size + k];
            root[i * size + j] = i == j ? std::sqrt(left) : left / root[j * size + j];
        }
    double sum = 0;
    const int draws = 200000;
    for (int draw = 0; draw < draws; ++draw) {
        std::vector<double> z(size), at(size);
        for (auto& one : z) one = normal(random);
        at[0] = fit.location;
        for (std::size_t k = 0; k < row.size(); ++k) at[k + 1] = fit.coefficients[k];
        if (has_scale(fit.law)) at[size - 1] = std::log(fit.scale);
        for (std::size_t i = 0; i < size; ++i)
            for (std::size_t k = 0; k <= i; ++k) at[i] += root[i * size + k] * z[k];
        double location = at[0];
        for (std::size_t k = 0; k < row.size(); ++k) location += at[k + 1] * row[k];
        sum += share_lasting(fit.law, location, has_scale(fit.law) ? std::exp(at[size - 1]) : 1, days);
    }
    return sum / draws;
}

TEST(PredictedLifetime, EqualsDrawingAllParametersAtOnce) {
    std::mt19937_64 random(6);
    std::vector<Lifetime> lifetimes;
    LifetimeCovariates covariates{{"x"}};
    for (int i = 0; i < 25; ++i) {
        const double x = static_cast<double>(random() % 5) - 2,
                     days = 1 + static_cast<double>(random() % 400);
        lifetimes.push_back({days, i % 4 == 0 ? INFINITY : days});
        covariates.values.push_back(x);
    }
    for (const auto law : kLifetimeLaws) {
        const auto fit = fit_lifetimes(law, lifetimes, covariates);
        ASSERT_TRUE(fit);
        const std::vector<std::vector<double>> row{{2}};
        const auto forecast = PredictedLifetime::of_fit(*fit, row, 2000);
        for (const double days : {10.0, 100.0, 400.0, 1500.0})
            EXPECT_NEAR(forecast.lasting(days), naive_lasting(*fit, {2}, days), 0.012) << to_words(law);
        // The first draws are the first of more, and two rows take them in turn.
        const std::vector<std::vector<double>> two{{2}, {-1}}, other{{-1}};
        const auto mixed = PredictedLifetime::of_fit(*fit, two, 2000);
        const double mean =
            (forecast.lasting(100) + PredictedLifetime::of_fit(*fit, other, 2000).lasting(100)) / 2;
        EXPECT_NEAR(mixed.lasting(100), mean, 0.012);
    }
}

// Of n that ended, the next is as likely to end between any two of them, before the first, or after the last.
TEST(PredictedLifetime, OfACurveGivesEveryGapItsShare) {
    const std::vector<Lifetime> lifetimes{{10, 10}, {30, 30}, {40, 40}, {100, 100}};
    const auto forecast = PredictedLifetime::of_curve(*turnbull(lifetimes), lifetimes);
    EXPECT_NEAR(forecast.lasting(10), 0.8, 1e-9);
    EXPECT_NEAR(forecast.lasting(20), 0.7, 1e-9);
    EXPECT_NEAR(forecast.lasting(30), 0.6, 1e-9);
    EXPECT_NEAR(forecast.lasting(100), 0.2, 1e-9);
    // Four ends in 180 days.
    EXPECT_NEAR(forecast.lasting(145), 0.2 * std::exp(-1), 1e-9);
    EXPECT_NEAR(*forecast.ended_by(40, 10), 0.5, 1e-9);
}

TEST(PredictedLifetime, OfAnEvenChanceForgetsItsAge) {
    const auto even = PredictedLifetime::even(100);
    EXPECT_NEAR(*even.ended_by(100, 0), 1 - std::exp(-1), 1e-12);
    EXPECT_NEAR(*even.ended_by(1100, 1000), 1 - std::exp(-1), 1e-12);
    EXPECT_FALSE(even.ended_by(2e5, 1e5)) << "nothing lasts so long";
}

TEST(Stacking, IsEvenWithoutAPast) {
    const auto weights = stacking_weights({});
    for (std::size_t j = 0; j < kCurve; ++j) EXPECT_NEAR(weights[j], 0.19, 1e-9);
    EXPECT_NEAR(weights[kCurve], 0.24, 1e-9);
}

// One candidate told all three outcomes with 1/2, the others with 1/4; by symmetry one share is left to look for.
TEST(Stacking, FindsWhatASearchFinds) {
    std::vector<ScoredOutcome> past;
    for (int i = 0; i < 3; ++i) past.push_back({{0.25, 0.5, 0.25, 0.25, 0.25}, 1});
    const auto weights = stacking_weights(past);
    double best = -INFINITY, at = 0;
    for (double q = 0.01; q < 1; q += 1e-5) {
        const double told = 0.95 * (0.5 * q + 0.25 * (1 - q)) + 0.05 * 0.25;
        const double value = 3 * std::log(told) + 0.2 * std::log(q) + 0.8 * std::log((1 - q) / 4);
        if (value > best) best = value, at = q;
    }
    EXPECT_NEAR(weights[1], 0.95 * at, 2e-5);
    EXPECT_NEAR(weights[0], 0.95 * (1 - at) / 4, 2e-5);
    EXPECT_NEAR(weights[kCurve], 0.05 + 0.95 * (1 - at) / 4, 2e-5);
}

TEST(Stacking, KeepsTheCurveWhateverComes) {
    std::vector<ScoredOutcome> past;
    for (int i = 0; i < 500; ++i) past.push_back({{0.9, 0.1, 0.1, 0.1, 0.01}, 1});
    EXPECT_GE(stacking_weights(past)[kCurve], 0.05);
}

}  // namespace
}  // namespace entente::measures
