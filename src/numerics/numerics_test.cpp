#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "base/check.h"
#include "numerics/distributions.h"
#include "numerics/exact_tests.h"
#include "numerics/maximise.h"
#include "numerics/neumaier.h"
#include "numerics/philox.h"
#include "numerics/weighted_sums.h"

namespace entente::numerics {
namespace {

TEST(Neumaier, KeepsWhatPlainAdditionLoses) {
    EXPECT_EQ(sum(std::vector<double>{1, 1e100, 1, -1e100}), 2);
}

// Random123's kat_vectors.
TEST(Philox, GivesTheKnownAnswers) {
    using Words = std::array<std::uint32_t, 4>;
    EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    constexpr std::uint32_t ones = 0xffffffff;
    EXPECT_EQ(
        philox4x32({ones, ones, ones, ones}, {ones, ones}),
        (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd})
    );
    EXPECT_EQ(
        philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
        (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1})
    );
}

TEST(Draws, AreAFunctionOfNameDrawAndParameter) {
    const Draws one("strength 1");
    const Draws other("strength 2");
    EXPECT_EQ(one.uniform(7, 3), Draws("strength 1").uniform(7, 3));
    EXPECT_NE(one.uniform(7, 3), one.uniform(3, 7));
    EXPECT_NE(one.uniform(7, 3), other.uniform(7, 3));
}

TEST(Draws, SideBySideAreThoseOneByOne) {
    const Draws draws("test");
    for (const std::uint64_t first : {0ULL, 5ULL, 0xFFFFFFF0ULL, 0x123456789ULL})
        for (const auto parameter : {std::uint64_t{0}, std::uint64_t{7}, place_of_name("half_life/leaders")})
            for (const std::size_t size : {0U, 1U, 8U, 21U, 100U}) {
                std::vector<double> many(size);
                draws.uniforms(first, parameter, many);
                for (std::size_t i = 0; i < size; ++i)
                    ASSERT_EQ(many[i], draws.uniform(first + i, parameter));
            }
}

// To the last digit those of plain loops, whatever registers the processor has.
TEST(WeightedSums, AreThoseOfPlainLoops) {
    const Draws draws("weighted sums");
    std::vector<double> weights(33 * 8), values(33 * 4);
    draws.uniforms(1, weights);
    draws.uniforms(2, values);
    for (double& one : weights) one -= 0.5;
    const auto found = weighted_sums(weights.data(), {&values[0], &values[33], &values[66], &values[99]}, 33);
    for (std::size_t k = 0; k < 4; ++k)
        for (std::size_t lane = 0; lane < 8; ++lane) {
            double sum = 0;
            for (std::size_t i = 0; i < 33; ++i) sum += weights[8 * i + lane] * values[33 * k + i];
            EXPECT_EQ(found.of[k][lane], sum);
        }
}

TEST(Draws, AreUniformAndNormal) {
    const Draws draws("test");
    double mean = 0, square = 0;
    std::vector<int> tenth(10);
    constexpr int kDraws = 100000;
    for (int i = 0; i < kDraws; ++i) {
        const double uniform = draws.uniform(static_cast<std::uint64_t>(i), 5);
        ASSERT_GT(uniform, 0);
        ASSERT_LT(uniform, 1);
        ++tenth[static_cast<std::size_t>(uniform * 10)];
        const double normal = draws.normal(static_cast<std::uint64_t>(i), 6);
        mean += normal / kDraws;
        square += normal * normal / kDraws;
    }
    for (const int count : tenth) EXPECT_NEAR(count, 10000, 400);
    EXPECT_NEAR(mean, 0, 0.015);
    EXPECT_NEAR(square, 1, 0.02);
}

// From R 4.2: qnorm(0.975), qgamma(0.3, 2.5), qbeta(0.1, 3, 4), qchisq(0.95, 4), pchisq(3.84, 1, lower =
// FALSE).
TEST(Distributions, EqualR) {
    EXPECT_NEAR(normal_quantile(0.975), 1.95996398454005, 1e-13);
    EXPECT_NEAR(gamma_quantile(0.3, 2.5), 1.4999540663799533, 1e-12);
    EXPECT_NEAR(beta_quantile(0.1, 3, 4), 0.2009088788569045, 1e-12);
    EXPECT_NEAR(chi_squared_quantile(0.95, 4), 9.487729036781154, 1e-12);
    EXPECT_NEAR(chi_squared_upper(3.84, 1), 0.050043521248705224, 1e-14);
}

// R 4.2: pnorm(x, lower.tail = FALSE, log.p = TRUE).
TEST(Distributions, KeepTheirDigitsFarOut) {
    EXPECT_NEAR(log_normal_upper(-2), -0.0230129093289635, 1e-15);
    EXPECT_NEAR(log_normal_upper(0), -0.693147180559945, 1e-15);
    EXPECT_NEAR(log_normal_upper(5), -15.0649983939887, 1e-12);
    EXPECT_NEAR(log_normal_upper(29), -424.78741990973, 1e-11);
    EXPECT_NEAR(log_normal_upper(31), -484.853963627179, 1e-11);
    EXPECT_NEAR(log_normal_upper(60), -1805.01356068057, 1e-10);
}

TEST(SortedQuantile, IsTypeSevenOfR) {
    const std::vector<double> values{1, 2, 4, 8};
    EXPECT_DOUBLE_EQ(sorted_quantile(values, 0.5), 3);
    EXPECT_DOUBLE_EQ(sorted_quantile(values, 0.1), 1.3);
    EXPECT_DOUBLE_EQ(sorted_quantile(values, 1), 8);
    // Between an infinite end and a number there is no way: the open end stays open, and is never no number.
    const std::vector<double> open{-INFINITY, -INFINITY, 1, 2, INFINITY};
    EXPECT_EQ(sorted_quantile(open, 0.1), -INFINITY);
    EXPECT_EQ(sorted_quantile(open, 0.3), -INFINITY);
    EXPECT_EQ(sorted_quantile(open, 0.5), 1);
    EXPECT_EQ(sorted_quantile(open, 0.8), INFINITY);
    const std::vector<double> ends{-INFINITY, INFINITY};
    EXPECT_EQ(sorted_quantile(ends, 0.4), -INFINITY);
    EXPECT_EQ(sorted_quantile(ends, 0.6), INFINITY);
}

TEST(MiddlePart, IsThatOfTheSortedNumbers) {
    std::mt19937_64 random(5);
    for (std::size_t size = 1; size < 60; ++size)
        for (const double level : {0.0, 0.05, 0.5, 0.9, 1.0}) {
            std::vector<double> values(size);
            for (auto& value : values) value = static_cast<double>(random() % 20);
            auto sorted = values;
            std::ranges::sort(sorted);
            const Interval expected{
                sorted_quantile(sorted, (1 - level) / 2), sorted_quantile(sorted, 1 - (1 - level) / 2)};
            ASSERT_EQ(middle_part(values, level), expected) << size << " " << level;
        }
}

// From R 4.2: poisson.test(c(2, 11), c(180, 150)) and poisson.test(c(0, 5), c(10, 20)).
TEST(CompareRates, EqualsPoissonTestOfR) {
    const auto fewer = compare_rates(2, 180, 11, 150);
    EXPECT_NEAR(*fewer.ratio, 0.15151515151515152, 1e-12);
    EXPECT_NEAR(fewer.interval.low, 0.016318993541476541, 1e-10);
    EXPECT_NEAR(fewer.interval.high, 0.6942360871431954, 1e-10);
    EXPECT_NEAR(fewer.p, 0.0049368583841394925, 1e-12);
    const auto none = compare_rates(0, 10, 5, 20);
    EXPECT_EQ(*none.ratio, 0);
    EXPECT_EQ(none.interval.low, 0);
    EXPECT_NEAR(none.interval.high, 2.1825582103650918, 1e-10);
    EXPECT_NEAR(none.p, 0.17695473251028812, 1e-12);
}

TEST(CompareRates, SaysNothingOfNothing) {
    const auto nothing = compare_rates(0, 10, 0, 20);
    EXPECT_FALSE(nothing.ratio);
    EXPECT_EQ(nothing.p, 1);
    EXPECT_TRUE(std::isinf(nothing.interval.high));
    EXPECT_FALSE(compare_rates(3, 0, 2, 20).ratio);
    EXPECT_TRUE(std::isinf(*compare_rates(3, 10, 0, 20).ratio));
}

/// Poisson counts with one rate on the log scale: the maximum is known by hand.
Likelihood log_rate(const std::vector<double>& at) {
    const double expected = 10 * std::exp(at[0]);
    return {30 * at[0] - expected, {30 - expected}, {expected}};
}

TEST(Maximise, FindsAMaximumThatIsKnown) {
    const auto found = maximise(log_rate, {0}, {"rate"});
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->at[0], std::log(3.0), 1e-10);
    EXPECT_NEAR(found->standard_errors[0], 1 / std::sqrt(30.0), 1e-10);
}

TEST(Maximise, NamesWhatDiverges) {
    // ln(logistic): rises for ever.
    const auto rising = [](const std::vector<double>& at) {
        const double share = 1 / (1 + std::exp(-at[0]));
        return Likelihood{std::log(share), {1 - share}, {share * (1 - share)}};
    };
    const auto found =
        maximise(rising, {0}, {"repeats"}, {.gradient_limit = 1e-30, .most_steps = 200, .diverged_at = 20});
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().field, "repeats");
}

TEST(Maximise, RefusesASingularInformation) {
    const auto flat = [](const std::vector<double>& at) {
        const double both = at[0] + at[1];
        return Likelihood{-(both - 1) * (both - 1), {-2 * (both - 1), -2 * (both - 1)}, {2, 2, 2, 2}};
    };
    EXPECT_FALSE(maximise(flat, {0, 0}, {"a", "b"}));
}

TEST(InverseOfPositive, TimesTheMatrixIsOne) {
    std::mt19937_64 random(1);
    std::normal_distribution<> normal;
    for (int round = 0; round < 50; ++round) {
        double m[3][3], product[9] = {};
        for (auto& row : m)
            for (double& value : row) value = normal(random);
        std::vector<double> positive(9);
        for (std::size_t i = 0; i < 3; ++i)
            for (std::size_t j = 0; j < 3; ++j)
                for (std::size_t k = 0; k < 3; ++k)
                    positive[i * 3 + j] += m[i][k] * m[j][k] + (i == j ? 0.01 : 0);
        const auto inverse = inverse_of_positive(positive, 3);
        ASSERT_EQ(inverse.size(), 9U);
        for (std::size_t i = 0; i < 3; ++i)
            for (std::size_t j = 0; j < 3; ++j)
                for (std::size_t k = 0; k < 3; ++k)
                    product[i * 3 + j] += positive[i * 3 + k] * inverse[k * 3 + j];
        for (std::size_t i = 0; i < 9; ++i) EXPECT_NEAR(product[i], i % 4 == 0 ? 1 : 0, 1e-8);
    }
    EXPECT_TRUE(inverse_of_positive({1, 1, 1, 1}, 2).empty());
}

TEST(Quantiles, BreakOnAPromiseBroken) {
    EXPECT_THROW(normal_quantile(1), BugError);
}

}  // namespace
}  // namespace entente::numerics
