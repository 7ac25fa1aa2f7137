#include "measures/spells/baum_welch.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "base/check.h"
#include "measures/spells/baum_welch_step.h"
#include "measures/spells/drawn_out_climb.h"
#include "numerics/distributions.h"

namespace entente::measures {
namespace {

constexpr int kMostSteps = 20000;

/// Periods of one count and one exposure: what a state thinks of one, it thinks of all.
struct Sort {
    double count = 0, exposure = 0, number = 0;
};

/// Baum–Welch steps of up to eight chains side by side.
class Sweep {
public:
    static constexpr std::size_t kLanes = BaumWelchStep::kLanes;

    Sweep(std::span<const CountedPeriod> periods, std::size_t states, std::size_t chains)
        : states_(states), chains_(chains), sort_of_(periods.size()) {
        std::map<std::pair<std::int64_t, double>, std::uint32_t> known;
        for (std::size_t t = 0; t < periods.size(); ++t) {
            const auto& one = periods[t];
            const auto count = static_cast<double>(one.count);
            const auto [found, fresh] =
                known.try_emplace({one.count, one.exposure}, static_cast<std::uint32_t>(sorts_.size()));
            if (fresh) sorts_.push_back({count, one.exposure, 0});
            sort_of_[t] = found->second;
            ++sorts_[found->second].number;
            constant_ +=
                (one.count > 0 ? count * std::log(one.exposure) : 0) - numerics::log_gamma(count + 1);
        }
        const auto room = [](std::vector<double>& numbers, std::size_t rows) {
            numbers.assign(rows * kLanes, 0);
            return numbers.data();
        };
        step_.periods = periods.size();
        step_.sorts = sorts_.size();
        step_.sort_of = sort_of_.data();
        step_.emissions = room(emissions_, sorts_.size() * states);
        step_.initial = room(initial_, states);
        step_.transitions = room(transitions_, states * states);
        step_.forward = room(forward_, periods.size() * states);
        step_.scales = room(scales_, periods.size() / 4);
        step_.in_state = room(in_state_, sorts_.size() * states);
        step_.first = room(first_, states);
        step_.ways = room(ways_, states * states);
        step_.sum = room(sum_, 1);
        step_.exponent = exponent_.data();
    }

    /// Puts the chains one step on, and tells the log-likelihood of each as it came.
    std::array<double, kLanes> step(std::array<ChainNumbers, kLanes>& chains) {
        const auto constants = weigh_sorts(chains);
        for (std::size_t lane = 0; lane < chains_; ++lane)
            for (std::size_t s = 0; s < states_; ++s) {
                initial_[s * kLanes + lane] = chains[lane].initial(s);
                for (std::size_t to = 0; to < states_; ++to)
                    transitions_[(s * states_ + to) * kLanes + lane] = chains[lane].transition(s, to);
            }
        baum_welch_step(step_, states_, chains_ <= kLanes / 2);
        std::array<double, kLanes> out{};
        for (std::size_t lane = 0; lane < chains_; ++lane) {
            out[lane] = std::log(sum_[lane]) + static_cast<double>(exponent_[lane]) * std::numbers::ln2 +
                        constants[lane];
            put_on(chains[lane], lane);
        }
        return out;
    }

private:
    /// Chances of each sort under each state, as a part of the likeliest state's; what is left out of them, by chain.
    std::array<double, kLanes> weigh_sorts(const std::array<ChainNumbers, kLanes>& chains) {
        std::array<double, kLanes> out{};
        for (std::size_t lane = 0; lane < chains_; ++lane) {
            out[lane] = constant_;
            std::array<double, kMostStates> logs, all;
            for (std::size_t s = 0; s < states_; ++s) logs[s] = std::log(chains[lane].rate(s));
            for (std::size_t i = 0; i < sorts_.size(); ++i) {
                const Sort& sort = sorts_[i];
                for (std::size_t s = 0; s < states_; ++s)
                    all[s] =
                        (sort.count > 0 ? sort.count * logs[s] : 0) - chains[lane].rate(s) * sort.exposure;
                const double most =
                    *std::max_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(states_));
                out[lane] += sort.number * most;
                for (std::size_t s = 0; s < states_; ++s)
                    emissions_[(i * states_ + s) * kLanes + lane] =
                        all[s] == most ? 1 : std::exp(all[s] - most);
            }
        }
        return out;
    }

    /// From the expected numbers of one lane.
    void put_on(ChainNumbers& chain, std::size_t lane) const {
        for (std::size_t s = 0; s < states_; ++s) {
            double count = 0, exposure = 0;
            for (std::size_t i = 0; i < sorts_.size(); ++i) {
                const double number = in_state_[(i * states_ + s) * kLanes + lane];
                count += number * sorts_[i].count;
                exposure += number * sorts_[i].exposure;
            }
            if (exposure > 0) chain.rate(s) = count / exposure;
            chain.initial(s) = first_[s * kLanes + lane];
            double row = 0;
            std::array<double, kMostStates> values;
            for (std::size_t to = 0; to < states_; ++to)
                row += values[to] = ways_[(s * states_ + to) * kLanes + lane] * chain.transition(s, to);
            if (row > 0)
                for (std::size_t to = 0; to < states_; ++to) chain.transition(s, to) = values[to] / row;
        }
    }

    static constexpr std::size_t kMostStates = 3;

    std::size_t states_, chains_;
    std::vector<std::uint32_t> sort_of_;  ///< by period
    std::vector<Sort> sorts_;
    std::vector<double> emissions_, initial_, transitions_, forward_, scales_, in_state_, first_, ways_, sum_;
    std::array<std::int64_t, kLanes> exponent_{};
    BaumWelchStep step_;
    double constant_ = 0;  ///< of the log-likelihood: what no parameter changes
};

/// Starts that are told apart, and for each given one the place of its like among them.
struct Distinct {
    std::vector<ChainNumbers> starts;
    std::vector<std::size_t> place;
};

Distinct distinct(std::span<const ChainNumbers> all) {
    Distinct out;
    for (const auto& one : all) {
        const auto found = std::ranges::find(out.starts, one.values, &ChainNumbers::values);
        out.place.push_back(static_cast<std::size_t>(found - out.starts.begin()));
        if (found == out.starts.end()) out.starts.push_back(one);
    }
    return out;
}

}  // namespace

std::vector<ClimbedChain> climb_chains(
    std::span<const CountedPeriod> periods, std::span<const ChainNumbers> all
) {
    check(!all.empty() && all.size() <= Sweep::kLanes, "one to eight chains climb together");
    const auto states = all.front().states;
    check(states == 2 || states == 3, "a chain has two or three states");
    // Quantiles of counts are often the same: what starts alike ends alike.
    const auto [starts, place] = distinct(all);
    Sweep sweep(periods, states, starts.size());
    std::vector<DrawnOutClimb> climbs;
    for (const auto& start : starts) climbs.emplace_back(start);
    const auto lasts = [](const DrawnOutClimb& one) { return !one.done(); };
    std::array<ChainNumbers, Sweep::kLanes> chains;
    for (int step = 0; step < kMostSteps && std::ranges::any_of(climbs, lasts); ++step) {
        for (std::size_t i = 0; i < climbs.size(); ++i) chains[i] = climbs[i].at();
        const auto likelihoods = sweep.step(chains);
        for (std::size_t i = 0; i < climbs.size(); ++i)
            if (lasts(climbs[i])) climbs[i].go_on(likelihoods[i], chains[i]);
    }
    std::vector<ClimbedChain> out;
    for (const auto at : place)
        out.push_back({climbs[at].at(), climbs[at].log_likelihood(), climbs[at].steps()});
    return out;
}

}  // namespace entente::measures
