#include "measures/survival/lifetime_fit.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

#include "measures/survival/durations.h"

namespace entente::measures {
namespace {

/// Exact ends, intervals, ends before the first look and open ends, some followed late; covariates of two kinds.
struct Drawn {
    std::vector<Lifetime> lifetimes;
    LifetimeCovariates covariates{{"first", "second"}};
};

Drawn drawn(std::uint64_t seed, int number, bool late) {
    std::mt19937_64 random(seed);
    std::normal_distribution<> normal;
    std::uniform_real_distribution<> share(0, 1);
    Drawn out;
    while (static_cast<int>(out.lifetimes.size()) < number) {
        const double first = normal(random), second = share(random) < 0.3;
        const double days = std::exp(5 + 0.5 * first - second + 0.7 * std::log(-std::log(share(random))));
        const double entry = late && share(random) < 0.5 ? 60 * share(random) : 0;
        if (days <= entry) continue;
        const double kind = share(random), width = 40 * share(random);
        const double low = std::max(entry, days - width);
        out.lifetimes.push_back(
            kind < 0.4    ? Lifetime{days, days, entry}
            : kind < 0.6  ? Lifetime{low, days + width, entry}
            : kind < 0.75 ? Lifetime{entry, days + 5, entry}
                          : Lifetime{entry + (days - entry) * share(random), INFINITY, entry}
        );
        out.covariates.values.insert(out.covariates.values.end(), {first, second});
    }
    return out;
}

/// The log-likelihood by its definition: shares and densities as the textbooks write them.
double textbook(
    LifetimeLaw law, const Drawn& of, double location, const std::vector<double>& slopes, double scale
) {
    double out = 0;
    for (std::size_t i = 0; i < of.lifetimes.size(); ++i) {
        const auto row = of.covariates.row(i);
        const double at = std::inner_product(row.begin(), row.end(), slopes.begin(), location);
        const auto lasting = [&](double days) {
            if (days <= 0) return 1.0;
            if (!std::isfinite(days)) return 0.0;
            const double shape = 1 / scale, ratio = days / std::exp(at);
            switch (law) {
                case LifetimeLaw::exponential:
                    return std::exp(-ratio);
                case LifetimeLaw::weibull:
                    return std::exp(-std::pow(ratio, shape));
                case LifetimeLaw::log_normal:
                    return std::erfc(std::log(ratio) / scale / std::sqrt(2.0)) / 2;
                case LifetimeLaw::log_logistic:
                    return 1 / (1 + std::pow(ratio, shape));
            }
            return 0.0;
        };
        const auto& one = of.lifetimes[i];
        const double step = one.low * 1e-6;
        const double chance = one.exact() ? (lasting(one.low - step) - lasting(one.low + step)) / (2 * step)
                                          : lasting(one.low) - lasting(one.high);
        out += std::log(chance) - std::log(lasting(one.entry));
    }
    return out;
}

TEST(LifetimeFit, HasTheLikelihoodOfTheTextbooks) {
    for (const bool late : {false, true}) {
        const auto of = drawn(91, 120, late);
        for (const auto law : kLifetimeLaws) {
            const auto fit = fit_lifetimes(law, of.lifetimes, of.covariates);
            ASSERT_TRUE(fit) << to_words(law) << ": " << fit.error().message;
            const double value = textbook(law, of, fit->location, fit->coefficients, fit->scale);
            EXPECT_NEAR(fit->log_likelihood, value, 1e-6 * std::fabs(value));
            // And it is the top: every step away goes down.
            for (const double step : {-0.01, 0.01}) {
                EXPECT_LT(textbook(law, of, fit->location + step, fit->coefficients, fit->scale), value);
                for (std::size_t k = 0; k < 2; ++k) {
                    auto slopes = fit->coefficients;
                    slopes[k] += step;
                    EXPECT_LT(textbook(law, of, fit->location, slopes, fit->scale), value);
                }
                if (has_scale(law)) {
                    EXPECT_LT(
                        textbook(law, of, fit->location, fit->coefficients, fit->scale * std::exp(step)),
                        value
                    );
                }
            }
        }
    }
}

// Minus the second derivatives of the textbooks' likelihood, by differences, times the covariance is one.
TEST(LifetimeFit, HasTheCovarianceOfTheCurvature) {
    const auto of = drawn(92, 150, true);
    for (const auto law : kLifetimeLaws) {
        const auto fit = fit_lifetimes(law, of.lifetimes, of.covariates);
        ASSERT_TRUE(fit);
        std::vector<double> top{
            fit->location, fit->coefficients[0], fit->coefficients[1], std::log(fit->scale)};
        const std::size_t size = fit->parameters();
        const auto value = [&](std::vector<double> at) {
            return textbook(law, of, at[0], {at[1], at[2]}, std::exp(at[3]));
        };
        const double step = 1e-3;
        for (std::size_t a = 0; a < size; ++a)
            for (std::size_t b = 0; b < size; ++b) {
                double product = 0;
                for (std::size_t k = 0; k < size; ++k) {
                    double second = 0;
                    for (const int up : {-1, 1})
                        for (const int right : {-1, 1}) {
                            auto at = top;
                            at[a] += up * step;
                            at[k] += right * step;
                            second += up * right * value(at) / (4 * step * step);
                        }
                    product -= second * fit->covariance[k * size + b];
                }
                EXPECT_NEAR(product, a == b ? 1 : 0, 2e-3) << to_words(law) << a << b;
            }
    }
}

// The worked figures of MEASURES.md 18.5, by another way than durations.cpp goes.
TEST(LifetimeFit, EqualsTheWorkedWeibull) {
    const std::vector<Lifetime> worked{
        {37, 37}, {41, 41}, {120, 120}, {200}, {319, 319}, {319, 319}, {503, 503}, {607, 607}, {700}};
    const auto fit = fit_lifetimes(LifetimeLaw::weibull, worked);
    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->location, 6.01332682, 5e-9);
    EXPECT_NEAR(fit->scale, 0.90145658, 5e-9);
    EXPECT_NEAR(fit->log_likelihood, -49.00349904, 5e-9);
    // Days over those that ended, for the exponential.
    const auto even = fit_lifetimes(LifetimeLaw::exponential, worked);
    EXPECT_NEAR(even->location, std::log(2846.0 / 7), 1e-9);
}

// Memoryless: entering late takes the days before away, nothing else.
TEST(LifetimeFit, DoesNotCountTheDaysBeforeALateEntry) {
    const std::vector<Lifetime> late{{50, 50, 20}, {90, 90, 10}, {40, INFINITY, 30}};
    const auto fit = fit_lifetimes(LifetimeLaw::exponential, late);
    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->location, std::log((30 + 80 + 10) / 2.0), 1e-9);
}

TEST(LifetimeFit, IsHeldToZeroByItsPriors) {
    auto of = drawn(93, 80, false);
    const auto free = fit_lifetimes(LifetimeLaw::weibull, of.lifetimes, of.covariates);
    double last = std::fabs(free->coefficients[0]);
    for (const double held : {1.0, 10.0, 1000.0, 1e6}) {
        of.covariates.held = {held, 0};
        const auto fit = fit_lifetimes(LifetimeLaw::weibull, of.lifetimes, of.covariates);
        ASSERT_TRUE(fit);
        EXPECT_LT(std::fabs(fit->coefficients[0]), last);
        last = std::fabs(fit->coefficients[0]);
        const double sharper = std::sqrt(fit->covariance[1 * 4 + 1]);
        EXPECT_LT(sharper, 1 / std::sqrt(held));
    }
    EXPECT_LT(last, 1e-4);
    // A column that repeats another is refused alone, and shared out where priors hold it.
    for (std::size_t i = 0; i < of.lifetimes.size(); ++i)
        of.covariates.values[2 * i + 1] = of.covariates.values[2 * i];
    of.covariates.held = {};
    EXPECT_FALSE(fit_lifetimes(LifetimeLaw::weibull, of.lifetimes, of.covariates));
    of.covariates.held = {1, 1};
    const auto shared = fit_lifetimes(LifetimeLaw::weibull, of.lifetimes, of.covariates);
    ASSERT_TRUE(shared);
    EXPECT_NEAR(shared->coefficients[0], shared->coefficients[1], 1e-8);
}

TEST(LifetimeFit, RefusesWhatCannotBe) {
    EXPECT_FALSE(fit_lifetimes(LifetimeLaw::weibull, std::vector<Lifetime>{}));
    EXPECT_FALSE(fit_lifetimes(LifetimeLaw::weibull, std::vector<Lifetime>{{5}, {7}})) << "nothing ended";
    EXPECT_FALSE(fit_lifetimes(LifetimeLaw::weibull, std::vector<Lifetime>{{5, 5}, {5, 5}}))
        << "nothing bounds the scale";
    EXPECT_FALSE(fit_lifetimes(LifetimeLaw::weibull, std::vector<Lifetime>{{5, 4}, {6, 6}}));
    EXPECT_FALSE(fit_lifetimes(LifetimeLaw::weibull, std::vector<Lifetime>{{5, 5, 9}, {6, 6}}))
        << "ended before it was followed";
}

// A law's tails add up to one, and its density is the slope of its tail.
TEST(LifetimeLaw, IsOneDistribution) {
    for (const auto law : kLifetimeLaws)
        for (double z = -8; z <= 3; z += 0.25) {
            EXPECT_NEAR(std::exp(log_upper(law, z)) + std::exp(log_lower(law, z)), 1, 1e-12);
            const double step = 1e-5;
            const auto density = [&](double at) { return std::exp(log_density(law, at)); };
            const auto lower = [&](double at) { return std::exp(log_lower(law, at)); };
            EXPECT_NEAR((lower(z + step) - lower(z - step)) / (2 * step), density(z), 1e-8);
            EXPECT_NEAR(
                (log_density(law, z + step) - log_density(law, z - step)) / (2 * step),
                density_slope(law, z),
                1e-6
            );
            EXPECT_NEAR(
                (density_slope(law, z + step) - density_slope(law, z - step)) / (2 * step),
                density_bend(law, z),
                1e-6
            );
            EXPECT_NEAR(std::exp(log_between(law, z, z + 0.5)), lower(z + 0.5) - lower(z), 1e-12);
        }
    // Where a difference of shares would have no digits left.
    EXPECT_NEAR(
        log_between(LifetimeLaw::log_normal, 20, 20.001),
        std::log(0.001) + log_density(LifetimeLaw::log_normal, 20.0005),
        1e-4
    );
    EXPECT_NEAR(log_between(LifetimeLaw::weibull, -50, -49), -49 + std::log(1 - std::exp(-1)), 1e-9);
    EXPECT_EQ(log_between(LifetimeLaw::log_logistic, -INFINITY, INFINITY), 0);
}

// One that stands for several is as several that are alike.
TEST(LifetimeFit, CountsThoseThatAreAlike) {
    const auto one_each = drawn(77, 60, true);
    for (const auto law : kLifetimeLaws) {
        auto together = one_each, apart = one_each;
        for (std::size_t i = 0; i < one_each.lifetimes.size(); ++i) {
            together.covariates.numbers.push_back(static_cast<double>(1 + i % 4));
            for (std::size_t more = 0; more < i % 4; ++more) {
                apart.lifetimes.push_back(one_each.lifetimes[i]);
                const auto row = one_each.covariates.row(i);
                apart.covariates.values.insert(apart.covariates.values.end(), row.begin(), row.end());
            }
        }
        const auto found = fit_lifetimes(law, together.lifetimes, together.covariates);
        const auto expected = fit_lifetimes(law, apart.lifetimes, apart.covariates);
        ASSERT_TRUE(found);
        ASSERT_TRUE(expected);
        EXPECT_NEAR(found->location, expected->location, 1e-9);
        EXPECT_NEAR(found->scale, expected->scale, 1e-9);
        EXPECT_NEAR(found->log_likelihood, expected->log_likelihood, 1e-9);
        for (std::size_t i = 0; i < found->covariance.size(); ++i)
            EXPECT_NEAR(found->covariance[i], expected->covariance[i], 1e-9);
    }
}

}  // namespace
}  // namespace entente::measures
