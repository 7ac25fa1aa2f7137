#include "measures/spells/hidden_states.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "measures/spells/baum_welch.h"
#include "numerics/distributions.h"

namespace entente::measures {
namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();

double log_sum(std::span<const double> values) {
    const double most = *std::ranges::max_element(values);
    if (most == kNever) return kNever;
    double sum = 0;
    for (const double value : values) sum += std::exp(value - most);
    return most + std::log(sum);
}

double log_or_never(double value) {
    return value > 0 ? std::log(value) : kNever;
}

double log_emission(const CountedPeriod& period, double rate) {
    const double mean = rate * period.exposure;
    const auto y = static_cast<double>(period.count);
    if (mean <= 0) return period.count == 0 ? 0 : kNever;  // 0 · ln 0 = 0
    return y * std::log(mean) - mean - numerics::log_gamma(y + 1);
}

class Chain {
public:
    Chain(const std::vector<CountedPeriod>& periods, const HiddenStates& model)
        : periods_(periods), model_(model), states_(model.rates.size()) {
        for (const auto& row : model.transitions)
            for (const double one : row) log_transitions_.push_back(log_or_never(one));
        emissions_.resize(periods.size() * states_);
        for (std::size_t t = 0; t < periods.size(); ++t)
            for (std::size_t s = 0; s < states_; ++s)
                emissions_[t * states_ + s] = log_emission(periods[t], model.rates[s]);
    }

    void forward_backward() {
        const std::size_t n = periods_.size();
        forward_.assign(n * states_, kNever);
        backward_.assign(n * states_, 0);
        std::vector<double> ways(states_);
        for (std::size_t s = 0; s < states_; ++s)
            forward_[s] = log_or_never(model_.initial[s]) + emissions_[s];
        for (std::size_t t = 1; t < n; ++t)
            for (std::size_t to = 0; to < states_; ++to) {
                for (std::size_t from = 0; from < states_; ++from)
                    ways[from] = forward_[(t - 1) * states_ + from] + log_transition(from, to);
                forward_[t * states_ + to] = log_sum(ways) + emissions_[t * states_ + to];
            }
        for (std::size_t t = n - 1; t-- > 0;)
            for (std::size_t from = 0; from < states_; ++from) {
                for (std::size_t to = 0; to < states_; ++to)
                    ways[to] = log_transition(from, to) + emissions_[(t + 1) * states_ + to] +
                               backward_[(t + 1) * states_ + to];
                backward_[t * states_ + from] = log_sum(ways);
            }
        likelihood_ = log_sum(std::span(forward_).last(states_));
    }

    double likelihood() const { return likelihood_; }

    std::vector<std::vector<double>> posterior() const {
        std::vector<std::vector<double>> out(periods_.size(), std::vector<double>(states_));
        for (std::size_t t = 0; t < periods_.size(); ++t)
            for (std::size_t s = 0; s < states_; ++s)
                out[t][s] = std::exp(forward_[t * states_ + s] + backward_[t * states_ + s] - likelihood_);
        return out;
    }

    std::vector<std::size_t> likeliest() const {
        const std::size_t n = periods_.size();
        std::vector<double> best(n * states_, kNever);
        std::vector<std::size_t> from(n * states_, 0);
        for (std::size_t s = 0; s < states_; ++s) best[s] = log_or_never(model_.initial[s]) + emissions_[s];
        for (std::size_t t = 1; t < n; ++t)
            for (std::size_t to = 0; to < states_; ++to) {
                for (std::size_t s = 0; s < states_; ++s) {
                    const double way = best[(t - 1) * states_ + s] + log_transition(s, to);
                    if (way > best[t * states_ + to])
                        best[t * states_ + to] = way, from[t * states_ + to] = s;
                }
                best[t * states_ + to] += emissions_[t * states_ + to];
            }
        std::vector<std::size_t> path(n);
        path[n - 1] = static_cast<std::size_t>(
            std::max_element(best.end() - static_cast<std::ptrdiff_t>(states_), best.end()) -
            (best.end() - static_cast<std::ptrdiff_t>(states_))
        );
        for (std::size_t t = n - 1; t > 0; --t) path[t - 1] = from[t * states_ + path[t]];
        return path;
    }

private:
    double log_transition(std::size_t from, std::size_t to) const {
        return log_transitions_[from * states_ + to];
    }

    const std::vector<CountedPeriod>& periods_;
    const HiddenStates& model_;
    std::size_t states_;
    std::vector<double> log_transitions_, emissions_, forward_, backward_;
    double likelihood_ = kNever;
};

/// Rates of periods, lowest first.
std::vector<double> sorted_rates(const std::vector<CountedPeriod>& periods) {
    std::vector<double> out;
    for (const auto& period : periods) out.push_back(static_cast<double>(period.count) / period.exposure);
    std::ranges::sort(out);
    return out;
}

ChainNumbers start(const std::vector<double>& rates, std::size_t states, double low, double high) {
    ChainNumbers out{states, {}};
    const double mean = std::accumulate(rates.begin(), rates.end(), 0.0) / static_cast<double>(rates.size());
    for (std::size_t s = 0; s < states; ++s) {
        const double at = low + (high - low) * static_cast<double>(s) / static_cast<double>(states - 1);
        // Equal rates would stay equal for ever, and a rate of 0 cannot be left by a count.
        out.rate(s) =
            std::max(numerics::sorted_quantile(rates, at), 0.01 * mean) * (1 + 0.01 * static_cast<double>(s));
        out.initial(s) = 1.0 / static_cast<double>(states);
        for (std::size_t to = 0; to < states; ++to)
            out.transition(s, to) = s == to ? 0.9 : 0.1 / static_cast<double>(states - 1);
    }
    return out;
}

HiddenStates model_of(const ClimbedChain& climbed) {
    const auto& [chain, log_likelihood, steps] = climbed;
    HiddenStates out;
    out.log_likelihood = log_likelihood;
    out.steps = steps;
    for (std::size_t from = 0; from < chain.states; ++from) {
        out.rates.push_back(chain.rate(from));
        out.initial.push_back(chain.initial(from));
        auto& row = out.transitions.emplace_back();
        for (std::size_t to = 0; to < chain.states; ++to) row.push_back(chain.transition(from, to));
    }
    return out;
}

HiddenStates sorted(const HiddenStates& model) {
    std::vector<std::size_t> order(model.rates.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        return model.rates[a] < model.rates[b];
    });
    HiddenStates out = model;
    for (std::size_t i = 0; i < order.size(); ++i) {
        out.rates[i] = model.rates[order[i]];
        out.initial[i] = model.initial[order[i]];
        for (std::size_t j = 0; j < order.size(); ++j)
            out.transitions[i][j] = model.transitions[order[i]][order[j]];
    }
    return out;
}

std::vector<CountedPeriod> covered(std::span<const CountedPeriod> periods) {
    std::vector<CountedPeriod> out;
    for (const auto& period : periods)
        if (period.exposure > 0) out.push_back(period);
    return out;
}

}  // namespace

Result<HiddenStates> fit_hidden_states(std::span<const CountedPeriod> all, std::size_t states) {
    const auto periods = covered(all);
    if (states < 2 || states > 3)
        return fail(ErrorCode::invalid_argument, "states", fmt::format("found {}, expected 2 or 3", states));
    if (periods.size() < 3 * states)
        return fail(
            ErrorCode::invalid_argument,
            "counts",
            fmt::format("found {} covered periods, expected at least {}", periods.size(), 3 * states)
        );
    const auto alike = [&](const CountedPeriod& one) {
        return static_cast<double>(one.count) * periods[0].exposure ==
               static_cast<double>(periods[0].count) * one.exposure;
    };
    if (std::ranges::all_of(periods, alike))
        return fail(
            ErrorCode::invalid_argument,
            "counts",
            "all periods have one rate: there are no states to tell apart"
        );
    constexpr std::array<std::pair<double, double>, 5> kStarts{
        {{0.2, 0.8}, {0.1, 0.9}, {0.3, 0.7}, {0.05, 0.95}, {0.4, 0.6}}};
    const auto rates = sorted_rates(periods);
    std::vector<ChainNumbers> starts;
    for (const auto& [low, high] : kStarts) starts.push_back(start(rates, states, low, high));
    const auto climbed = climb_chains(periods, starts);
    const auto* highest = &climbed.front();
    for (const auto& one : climbed)
        if (one.log_likelihood > highest->log_likelihood || std::isnan(highest->log_likelihood))
            highest = &one;
    if (!std::isfinite(highest->log_likelihood))
        return fail(
            ErrorCode::invalid_argument, "counts", "found counts too far apart to tell their likelihood"
        );
    auto best = model_of(*highest);
    best = sorted(best);
    Chain chain(periods, best);
    chain.forward_backward();
    best.log_likelihood = chain.likelihood();
    best.posterior = chain.posterior();
    best.likeliest = chain.likeliest();
    return best;
}

double hidden_log_likelihood(std::span<const CountedPeriod> all, const HiddenStates& model) {
    const auto periods = covered(all);
    Chain chain(periods, model);
    chain.forward_backward();
    return chain.likelihood();
}

}  // namespace entente::measures
