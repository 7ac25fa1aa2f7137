#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "base/check.h"
#include "numerics/distributions.h"
#include "numerics/exact_tests.h"
#include "numerics/exponentials.h"
#include "numerics/exponentials_kernel.h"
#include "numerics/interpolated_sums.h"
#include "numerics/maximise.h"
#include "numerics/neumaier.h"
#include "numerics/philox.h"
#include "numerics/registers.h"

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

/// Each of its own function, times up to five factors.
std::vector<DrawnTerm> random_terms(
    const std::vector<double>& nodes, const std::vector<double>& factors, std::size_t draws
) {
    std::vector<DrawnTerm> out;
    for (std::size_t i = 0; i < 7; ++i) {
        DrawnTerm term;
        term.at_nodes = &nodes[i * 20];
        for (; term.factors < i % 6; ++term.factors)
            term.factor[term.factors] = &factors[(i + term.factors) * draws];
        out.push_back(term);
    }
    return out;
}

TEST(InterpolatedSums, AreThoseOfPlainLoops) {
    constexpr std::size_t kCount = 24, kNear = DrawnPlaces::kNear;
    const Draws random("interpolated sums");
    std::vector<double> nodes(7 * 20), factors(12 * kCount), weights(kCount * kNear), out(kCount);
    for (auto* const column : {&nodes, &factors, &weights, &out})
        random.uniforms(static_cast<std::uint64_t>(column->size()), *column);
    std::vector<std::uint32_t> first(kCount);
    for (std::size_t i = 0; i < kCount; ++i) first[i] = static_cast<std::uint32_t>(i % 13);
    const auto terms = random_terms(nodes, factors, kCount);
    const DrawnPlaces places{first.data(), weights.data()};
    auto interpolated = out, wide = out, narrow = out, factored = out;
    interpolated_sums(terms, places, kCount, interpolated.data());
    factored_sums(terms, kCount, factored.data());
    for (std::size_t draw = 0; draw < kCount; ++draw) {
        double expected = out[draw], plain = out[draw];
        for (const auto& term : terms) {
            double value = 0, factor = 1;
            for (std::size_t k = 0; k < kNear; ++k)
                value += weights[draw * kNear + k] * term.at_nodes[first[draw] + k];
            for (std::size_t i = 0; i < term.factors; ++i) factor *= term.factor[i][draw];
            expected += value * factor;
            plain += term.at_nodes[0] * factor;
        }
        EXPECT_NEAR(interpolated[draw], expected, 1e-13);
        EXPECT_NEAR(factored[draw], plain, 1e-13);
    }
    // To the last digit the same, whatever registers the processor has.
    if (!has_wide_registers()) return;
    interpolated_sums_wide(terms.data(), terms.size(), places, kCount, wide.data());
    interpolated_sums_narrow(terms.data(), terms.size(), places, kCount, narrow.data());
    EXPECT_EQ(wide, narrow);
    EXPECT_EQ(wide, interpolated);
}

TEST(Exponentials, AreThoseOfTheLibrary) {
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> uniform(-1, 1);
    std::vector<double> values{0, -0.0, 1e-300, -1e-300, 700, -700, -708, 1e-9, -1e-9, -1000, -INFINITY};
    for (int i = 0; i < 100000; ++i)
        values.push_back(uniform(random) * std::pow(10, -20 + 22.8 * std::fabs(uniform(random))));
    auto found = values, less = values, logs = values;
    exp_all(found);
    expm1_all(less);
    for (double& one : logs) one = std::isfinite(one) && one != 0 ? std::exp(one / 2) : 1;
    const auto of = logs;
    log_all(logs);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] < -708) {
            EXPECT_EQ(found[i], 0);
            EXPECT_EQ(less[i], -1);
            continue;
        }
        ASSERT_NEAR(found[i], std::exp(values[i]), 5e-16 * std::exp(values[i])) << values[i];
        ASSERT_NEAR(less[i], std::expm1(values[i]), 7e-16 * std::fabs(std::expm1(values[i]))) << values[i];
        ASSERT_NEAR(logs[i], std::log(of[i]), 3e-16 * std::fabs(std::log(of[i]))) << of[i];
    }
}

TEST(Exponentials, AreTheSameInRegistersOfAnyWidth) {
    if (!has_wide_registers()) GTEST_SKIP() << "this processor has registers of two numbers only";
    std::mt19937_64 random(8);
    std::uniform_real_distribution<double> uniform(0, 1);
    std::vector<double> values(4000);
    for (double& one : values) one = uniform(random) * 300;
    const auto same = [&](auto wide, auto narrow) {
        auto one = values, other = values;
        wide(one.data(), one.size());
        narrow(other.data(), other.size());
        EXPECT_EQ(one, other);
    };
    same(exp_wide, exp_narrow);
    same(expm1_wide, expm1_narrow);
    same(log_wide, log_narrow);
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

// Of many, a sample says where the ends begin; it may be misled by order, by many alike, and by numbers without end.
TEST(MiddlePart, OfManyIsThatOfTheSortedNumbers) {
    std::mt19937_64 random(6);
    for (int round = 0; round < 400; ++round) {
        std::vector<double> values(400 + random() % 2000);
        const auto kinds = std::array<std::uint64_t, 4>{2, 30, 1000, 1ULL << 53U}[random() % 4];
        for (auto& value : values) value = static_cast<double>(random() % kinds);
        if (round % 3 == 0) std::ranges::sort(values);
        // Those that the sample does not see are the least of all.
        if (round % 5 == 0)
            for (std::size_t i = 1; i < values.size(); i += 1 + random() % 20) values[i] -= 1e18;
        if (round % 7 == 0)
            for (std::size_t i = 0; i < values.size(); i += 1 + random() % 9) values[i] = INFINITY;
        auto sorted = values;
        std::ranges::sort(sorted);
        const double level = std::array<double, 5>{0.0, 0.5, 0.9, 0.99, 1.0}[random() % 5];
        const Interval expected{
            sorted_quantile(sorted, (1 - level) / 2), sorted_quantile(sorted, 1 - (1 - level) / 2)};
        ASSERT_EQ(middle_part(values, level), expected) << round << " " << level;
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
