#include "measures/spells/hidden_states.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <tuple>

#include "measures/spells/baum_welch_step.h"
#include "numerics/distributions.h"
#include "numerics/registers.h"

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

double log_poisson(const CountedPeriod& period, double rate) {
    const auto y = static_cast<double>(period.count);
    const double mean = rate * period.exposure;
    return (y > 0 ? y * std::log(mean) : 0) - mean - std::lgamma(y + 1);
}

double log_sum(double a, double b) {
    const double most = std::max(a, b);
    return std::isinf(most) ? most : most + std::log(std::exp(a - most) + std::exp(b - most));
}

/// Baum–Welch as it is written down: in logarithms, one start, one step after the other.
HiddenStates climbed_step_by_step(const std::vector<CountedPeriod>& periods, HiddenStates model) {
    const std::size_t n = periods.size();
    double before = -INFINITY;
    for (int step = 0; step < 20000; ++step) {
        std::vector<std::array<double, 2>> forward(n), backward(n), emission(n);
        for (std::size_t t = 0; t < n; ++t)
            for (const std::size_t s : {0, 1}) emission[t][s] = log_poisson(periods[t], model.rates[s]);
        const auto way = [&](std::size_t from, std::size_t to) {
            return std::log(model.transitions[from][to]);
        };
        for (const std::size_t s : {0, 1}) forward[0][s] = std::log(model.initial[s]) + emission[0][s];
        for (std::size_t t = 1; t < n; ++t)
            for (const std::size_t to : {0, 1})
                forward[t][to] =
                    emission[t][to] + log_sum(forward[t - 1][0] + way(0, to), forward[t - 1][1] + way(1, to));
        for (std::size_t t = n - 1; t-- > 0;)
            for (const std::size_t from : {0, 1})
                backward[t][from] = log_sum(
                    way(from, 0) + emission[t + 1][0] + backward[t + 1][0],
                    way(from, 1) + emission[t + 1][1] + backward[t + 1][1]
                );
        model.log_likelihood = log_sum(forward[n - 1][0], forward[n - 1][1]);
        if (model.log_likelihood - before < 1e-12 * (1 + std::fabs(before))) break;
        before = model.log_likelihood;
        HiddenStates next = model;
        for (const std::size_t s : {0, 1}) {
            double count = 0, exposure = 0, left = 0;
            std::array<double, 2> both{};
            for (std::size_t t = 0; t < n; ++t) {
                const double weight = std::exp(forward[t][s] + backward[t][s] - before);
                count += weight * static_cast<double>(periods[t].count);
                exposure += weight * periods[t].exposure;
                if (t == 0) next.initial[s] = weight;
                if (t + 1 == n) continue;
                left += weight;
                for (const std::size_t to : {0, 1})
                    both[to] += std::exp(
                        forward[t][s] + way(s, to) + emission[t + 1][to] + backward[t + 1][to] - before
                    );
            }
            if (exposure > 0) next.rates[s] = count / exposure;
            if (left > 0)
                next.transitions[s] = {both[0] / (both[0] + both[1]), both[1] / (both[0] + both[1])};
        }
        model = next;
    }
    return model;
}

double quantile(std::vector<double> values, double p) {
    std::ranges::sort(values);
    return numerics::sorted_quantile(values, p);
}

HiddenStates fitted_step_by_step(const std::vector<CountedPeriod>& periods) {
    constexpr std::array<std::pair<double, double>, 5> kStarts{
        {{0.2, 0.8}, {0.1, 0.9}, {0.3, 0.7}, {0.05, 0.95}, {0.4, 0.6}}};
    std::vector<double> rates;
    double mean = 0;
    for (const auto& one : periods) {
        rates.push_back(static_cast<double>(one.count) / one.exposure);
        mean += rates.back() / static_cast<double>(periods.size());
    }
    HiddenStates best;
    best.log_likelihood = -INFINITY;
    for (const auto& [low, high] : kStarts) {
        HiddenStates start;
        start.rates = {
            std::max(quantile(rates, low), 0.01 * mean), 1.01 * std::max(quantile(rates, high), 0.01 * mean)};
        start.initial = {0.5, 0.5};
        start.transitions = {{0.9, 0.1}, {0.1, 0.9}};
        auto one = climbed_step_by_step(periods, start);
        if (one.log_likelihood > best.log_likelihood) best = std::move(one);
    }
    if (best.rates[0] > best.rates[1]) {
        std::swap(best.rates[0], best.rates[1]);
        std::swap(best.initial[0], best.initial[1]);
        best.transitions = {
            {best.transitions[1][1], best.transitions[1][0]},
            {best.transitions[0][1], best.transitions[0][0]}};
    }
    return best;
}

// All starts in step, sums held near 1 and steps drawn out find the tops that single steps in logarithms find.
TEST(HiddenStates, AreThoseOfSingleSteps) {
    std::mt19937_64 random(34);
    for (int round = 0; round < 40; ++round) {
        auto periods = simulated(random, 60 + random() % 120);
        for (auto& one : periods) one.exposure = (28 + static_cast<double>(random() % 4)) / 30;
        const auto found = fit_hidden_states(periods, 2);
        ASSERT_TRUE(found);
        const auto plain = fitted_step_by_step(periods);
        EXPECT_NEAR(found->log_likelihood, plain.log_likelihood, 1e-7) << round;
        EXPECT_NEAR(hidden_log_likelihood(periods, *found), found->log_likelihood, 1e-12);
        for (const std::size_t s : {0, 1}) {
            EXPECT_NEAR(found->rates[s], plain.rates[s], 1e-4) << round;
            EXPECT_NEAR(found->transitions[s][0], plain.transitions[s][0], 1e-4) << round;
        }
    }
}

// To the last digit, whatever registers the processor has.
TEST(BaumWelchStep, IsTheSameInRegistersOfAnyWidth) {
    if (!numerics::has_wide_registers()) GTEST_SKIP() << "this processor has registers of two numbers only";
    std::mt19937_64 random(36);
    std::uniform_real_distribution<double> uniform(0.05, 1);
    constexpr std::size_t kLanes = BaumWelchStep::kLanes, kPeriods = 203, kSorts = 9;
    for (const std::size_t states : {2, 3}) {
        const auto numbers = [&](std::size_t rows) {
            std::vector<double> out(rows * kLanes);
            for (double& one : out) one = uniform(random);
            return out;
        };
        const auto emissions = numbers(kSorts * states), initial = numbers(states),
                   ways = numbers(states * states);
        std::vector<std::uint32_t> sort_of(kPeriods);
        for (auto& one : sort_of) one = static_cast<std::uint32_t>(random() % kSorts);
        const auto told = [&](auto step) {
            std::vector<double> forward(kPeriods * states * kLanes), scales((kPeriods / 4) * kLanes),
                sum(kLanes);
            std::vector<double> in_state(kSorts * states * kLanes), first(states * kLanes),
                found(states * states * kLanes);
            std::vector<std::int64_t> exponent(kLanes);
            step(
                BaumWelchStep{
                    kPeriods,
                    kSorts,
                    sort_of.data(),
                    emissions.data(),
                    initial.data(),
                    ways.data(),
                    forward.data(),
                    scales.data(),
                    in_state.data(),
                    first.data(),
                    found.data(),
                    sum.data(),
                    exponent.data()},
                states,
                false
            );
            return std::tuple(in_state, first, found, sum, exponent);
        };
        EXPECT_EQ(told(baum_welch_step_wide), told(baum_welch_step_narrow));
        // Each period is in one of the states.
        const auto in_state = std::get<0>(told(baum_welch_step));
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            double all = 0;
            for (std::size_t i = 0; i < kSorts * states; ++i) all += in_state[i * kLanes + lane];
            EXPECT_NEAR(all, kPeriods, 1e-9);
        }
    }
}

TEST(HiddenStates, OfThreeRatesAreAtATop) {
    std::mt19937_64 random(35);
    std::vector<CountedPeriod> periods;
    std::size_t state = 0;
    constexpr std::array<double, 3> kRates{0.2, 3, 12};
    for (int i = 0; i < 300; ++i) {
        if (random() % 15 == 0) state = random() % 3;
        periods.push_back({std::poisson_distribution<std::int64_t>(kRates[state])(random), 1});
    }
    const auto found = fit_hidden_states(periods, 3);
    ASSERT_TRUE(found);
    for (std::size_t s = 0; s < 3; ++s) {
        EXPECT_NEAR(found->rates[s], kRates[s], 0.1 + 0.1 * kRates[s]);
        for (const double step : {-1e-4, 1e-4}) {
            auto other = *found;
            other.rates[s] += step;
            EXPECT_LE(hidden_log_likelihood(periods, other), found->log_likelihood + 1e-9);
        }
    }
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
