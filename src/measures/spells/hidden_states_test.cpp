#include "measures/spells/hidden_states.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace entente::measures {
namespace {

double poisson(const CountedPeriod& period, double rate) {
    const double mean = rate * period.exposure;
    return std::exp(-mean) * std::pow(mean, period.count) /
           std::tgamma(static_cast<double>(period.count) + 1);
}

HiddenStates known() {
    HiddenStates model;
    model.rates = {0.3, 4};
    model.initial = {0.4, 0.6};
    model.transitions = {{0.85, 0.15}, {0.1, 0.9}};
    return model;
}

/// Sum over all paths.
double naive_likelihood(const std::vector<CountedPeriod>& periods, const HiddenStates& model) {
    double total = 0;
    for (std::size_t path = 0; path < (std::size_t{1} << periods.size()); ++path) {
        double way = 1;
        for (std::size_t t = 0; t < periods.size(); ++t) {
            const std::size_t state = path >> t & 1U;
            way *= (t == 0 ? model.initial[state] : model.transitions[path >> (t - 1) & 1U][state]) *
                   poisson(periods[t], model.rates[state]);
        }
        total += way;
    }
    return std::log(total);
}

TEST(HiddenStates, HaveTheLikelihoodOfAllPaths) {
    std::mt19937_64 random(31);
    for (int round = 0; round < 20; ++round) {
        std::vector<CountedPeriod> periods;
        for (int i = 0; i < 10; ++i)
            periods.push_back(
                {static_cast<std::int64_t>(random() % 6), 0.5 + static_cast<double>(random() % 3)}
            );
        EXPECT_NEAR(hidden_log_likelihood(periods, known()), naive_likelihood(periods, known()), 1e-10);
    }
}

std::vector<CountedPeriod> simulated(std::mt19937_64& random, std::size_t n) {
    std::vector<CountedPeriod> out;
    bool on = true;
    for (std::size_t i = 0; i < n; ++i) {
        if (std::bernoulli_distribution(on ? 0.05 : 0.1)(random)) on = !on;
        out.push_back({std::poisson_distribution<std::int64_t>(on ? 3 : 0.2)(random), 1});
    }
    return out;
}

TEST(HiddenStates, FindRatesThatAreKnown) {
    std::mt19937_64 random(32);
    const auto found = fit_hidden_states(simulated(random, 1500), 2);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->rates[0], 0.2, 0.08);
    EXPECT_NEAR(found->rates[1], 3, 0.2);
    EXPECT_NEAR(found->transitions[1][0], 0.05, 0.025);
    EXPECT_NEAR(found->transitions[0][1], 0.1, 0.04);
}

TEST(HiddenStates, AreAtATop) {
    std::mt19937_64 random(33);
    const auto periods = simulated(random, 200);
    const auto found = fit_hidden_states(periods, 2);
    ASSERT_TRUE(found);
    for (const double step : {-1e-4, 1e-4})
        for (std::size_t s = 0; s < 2; ++s) {
            auto other = *found;
            other.rates[s] += step;
            EXPECT_LE(hidden_log_likelihood(periods, other), found->log_likelihood + 1e-9);
            other = *found;
            other.transitions[s][0] += step;
            other.transitions[s][1] -= step;
            if (other.transitions[s][0] > 0 && other.transitions[s][1] > 0) {
                EXPECT_LE(hidden_log_likelihood(periods, other), found->log_likelihood + 1e-9);
            }
        }
    for (const auto& at : found->posterior) EXPECT_NEAR(at[0] + at[1], 1, 1e-9);
}

TEST(HiddenStates, StandARateOfZero) {
    std::vector<CountedPeriod> periods;
    for (int i = 0; i < 40; ++i) periods.push_back({i / 10 % 2 == 0 ? 5 : 0, 1});
    const auto found = fit_hidden_states(periods, 2);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->rates[0], 0, 1e-6);
    EXPECT_NEAR(found->rates[1], 5, 0.02);  // a count of 0 could come of a rate of 5, once in 148
    EXPECT_TRUE(std::isfinite(found->log_likelihood));
    for (std::size_t i = 0; i < 40; ++i) EXPECT_EQ(found->likeliest[i], i / 10 % 2 == 0 ? 1U : 0U);
}

TEST(HiddenStates, RefuseWhatHasNone) {
    EXPECT_FALSE(fit_hidden_states(std::vector<CountedPeriod>(20, {2, 1}), 2));
    EXPECT_FALSE(fit_hidden_states(std::vector<CountedPeriod>{{1, 1}, {2, 1}, {3, 1}}, 2));
    EXPECT_FALSE(fit_hidden_states(std::vector<CountedPeriod>{{1, 1}, {2, 1}, {3, 1}}, 5));
}

}  // namespace
}  // namespace entente::measures
