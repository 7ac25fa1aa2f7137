#include "numerics/mixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace entente::numerics {
namespace {

enum class Kind : std::uint8_t { runs, even, peaked };

/// Runs of ones as of lifetimes known to intervals, or likelihoods of any size.
MixtureTable drawn(std::mt19937_64& random, Kind kind, bool counted) {
    std::uniform_real_distribution<> share(0, 1);
    MixtureTable out{1 + random() % 60, 1 + random() % 40, {}};
    for (std::size_t i = 0; i < out.rows; ++i) {
        const auto first = random() % out.parts, last = first + random() % (out.parts - first);
        for (std::size_t j = 0; j < out.parts; ++j)
            out.likelihoods.push_back(
                kind == Kind::runs   ? (first <= j && j <= last ? 1 : 0)
                : kind == Kind::even ? share(random)
                                     : std::exp(-40 * share(random) * share(random))
            );
        if (counted) out.counts.push_back(0.2 + share(random));
    }
    return out;
}

std::vector<double> mixed(const MixtureTable& table, const std::vector<double>& weights) {
    std::vector<double> out;
    for (std::size_t i = 0; i < table.rows; ++i)
        out.push_back(std::inner_product(
            weights.begin(),
            weights.end(),
            table.likelihoods.begin() + static_cast<std::ptrdiff_t>(i * table.parts),
            0.0
        ));
    return out;
}

double count(const MixtureTable& table, std::size_t row) {
    return table.counts.empty() ? 1 : table.counts[row];
}

/// Expectation-maximisation by its definition, for as long as one likes.
std::vector<double> naive(const MixtureTable& table, int steps) {
    std::vector<double> weights(table.parts, 1.0 / static_cast<double>(table.parts));
    for (int step = 0; step < steps; ++step) {
        const auto of = mixed(table, weights);
        std::vector<double> next(table.parts);
        double whole = 0;
        for (std::size_t i = 0; i < table.rows; ++i) {
            whole += count(table, i);
            for (std::size_t j = 0; j < table.parts; ++j)
                next[j] += count(table, i) * weights[j] * table.likelihoods[i * table.parts + j] / of[i];
        }
        for (auto& one : next) one /= whole;
        weights = next;
    }
    return weights;
}

double log_likelihood(const MixtureTable& table, const std::vector<double>& weights) {
    const auto of = mixed(table, weights);
    double out = 0;
    for (std::size_t i = 0; i < table.rows; ++i) out += count(table, i) * std::log(of[i]);
    return out;
}

// Counted by hand: the first part is twice as likely for three observations and half for one. With the weight p of it,
// 3/(1 + p) = 1/(2 − p), so p = 5/4, which is beyond the end: all weight is on it.
// With two against two: 2/(1 + p) = 2/(2 − p), so p = 1/2.
TEST(Mixture, IsThatCountedByHand) {
    const auto end = fit_mixture({4, 2, {2, 1, 2, 1, 2, 1, 1, 2}});
    ASSERT_TRUE(end);
    EXPECT_EQ(end->weights, (std::vector<double>{1, 0}));
    EXPECT_NEAR(end->log_likelihood, 3 * std::log(2), 1e-12);
    const auto middle = fit_mixture({4, 2, {2, 1, 2, 1, 1, 2, 1, 2}});
    EXPECT_NEAR(middle->weights[0], 0.5, 1e-12);
    EXPECT_NEAR(middle->log_likelihood, 4 * std::log(1.5), 1e-12);
    // A count is as many observations.
    const auto counted = fit_mixture({2, 2, {2, 1, 1, 2}, {1.5, 1}});
    EXPECT_NEAR(counted->weights[0], 0.8, 1e-12) << "1.5/(1 + p) = 1/(2 − p)";
}

// Karush, Kuhn and Tucker: the gradient is the sum of the counts on what has weight, and nowhere higher.
TEST(Mixture, IsFlatAtTheTop) {
    std::mt19937_64 random(31);
    for (int round = 0; round < 300; ++round) {
        const auto table = drawn(random, static_cast<Kind>(round % 3), round % 2 == 0);
        const auto found = fit_mixture(table);
        ASSERT_TRUE(found) << found.error().message;
        EXPECT_NEAR(std::accumulate(found->weights.begin(), found->weights.end(), 0.0), 1, 1e-12);
        EXPECT_NEAR(found->log_likelihood, log_likelihood(table, found->weights), 1e-9);
        const auto of = mixed(table, found->weights);
        double whole = 0;
        for (std::size_t i = 0; i < table.rows; ++i) whole += count(table, i);
        for (std::size_t j = 0; j < table.parts; ++j) {
            double slope = 0;
            for (std::size_t i = 0; i < table.rows; ++i)
                slope += count(table, i) * table.likelihoods[i * table.parts + j] / of[i];
            EXPECT_GE(found->weights[j], 0);
            EXPECT_LE(slope, whole * (1 + 1e-9));
            if (found->weights[j] > 1e-6) {
                EXPECT_NEAR(slope, whole, 1e-6 * whole);
            }
        }
    }
}

TEST(Mixture, IsNeverBelowTheNaiveClimb) {
    std::mt19937_64 random(32);
    for (int round = 0; round < 40; ++round) {
        const auto table = drawn(random, static_cast<Kind>(round % 3), round % 2 == 0);
        const auto found = fit_mixture(table);
        ASSERT_TRUE(found);
        const auto slow = naive(table, 5000);
        EXPECT_GE(found->log_likelihood, log_likelihood(table, slow) - 1e-9);
        // The observations are mixed alike, whatever the weights.
        const auto ours = mixed(table, found->weights), theirs = mixed(table, slow);
        for (std::size_t i = 0; i < table.rows; ++i) EXPECT_NEAR(ours[i], theirs[i], 2e-2 * theirs[i]);
    }
}

TEST(Mixture, RefusesWhatCannotBe) {
    EXPECT_FALSE(fit_mixture({0, 2, {}}));
    EXPECT_FALSE(fit_mixture({1, 2, {1, -1}}));
    EXPECT_FALSE(fit_mixture({1, 2, {1, INFINITY}}));
    EXPECT_FALSE(fit_mixture({2, 1, {1, 1}, {0, 0}})) << "nothing counts";
    const auto unexplained = fit_mixture({2, 2, {1, 1, 0, 0}});
    ASSERT_FALSE(unexplained);
    EXPECT_EQ(unexplained.error().message, "no part explains observation 2");
    EXPECT_TRUE(fit_mixture({2, 2, {1, 1, 0, 0}, {1, 0}})) << "what does not count need not be explained";
}

}  // namespace
}  // namespace entente::numerics
