#include "measures/spells/baum_welch.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/check.h"
#include "measures/spells/drawn_out_climb.h"
#include "numerics/distributions.h"
#include "numerics/eight.h"

namespace entente::measures {
namespace {

using numerics::Eight;
constexpr int kMostSteps = 20000;

/// Periods of one count and one exposure: what a state thinks of one, it thinks of all.
struct Sort {
    double count = 0, exposure = 0, number = 0;
};

/// Baum–Welch steps of eight chains side by side, forward and backward sums held near 1.
template <std::size_t kStates>
class Sweep {
public:
    explicit Sweep(std::span<const CountedPeriod> periods) : sort_of_(periods.size()), sums_(periods.size()) {
        std::map<std::pair<std::int64_t, double>, std::size_t> known;
        for (std::size_t t = 0; t < periods.size(); ++t) {
            const auto& one = periods[t];
            const auto count = static_cast<double>(one.count);
            const auto [found, fresh] = known.try_emplace({one.count, one.exposure}, sorts_.size());
            if (fresh) sorts_.push_back({count, one.exposure, 0});
            sort_of_[t] = found->second;
            ++sorts_[found->second].number;
            constant_ +=
                (one.count > 0 ? count * std::log(one.exposure) : 0) - numerics::log_gamma(count + 1);
        }
        emissions_.resize(sorts_.size());
    }

    /// Puts the chains one step on, and tells the log-likelihood of each as it came.
    std::array<double, Eight::kSize> step(std::array<ChainNumbers, Eight::kSize>& chains) {
        const auto constants = weigh_sorts(chains);
        Numbers numbers;
        for (std::size_t i = 0; i < numbers.size(); ++i)
            numbers[i] = Eight::gather([&](std::size_t lane) { return chains[lane].values[i]; });
        auto out = forward(numbers);
        for (std::size_t lane = 0; lane < Eight::kSize; ++lane) out[lane] += constants[lane];
        backward(numbers, chains);
        return out;
    }

private:
    using States = std::array<Eight, kStates>;
    using Numbers = std::array<Eight, kStates*(kStates + 2)>;

    /// Sums of a period: of the states up to it, and what they were divided by.
    struct Sums {
        States forward;
        Eight inverse;
    };

    /// Chances of each sort under each state, as a part of the likeliest state's; what is left out of them, by chain.
    std::array<double, Eight::kSize> weigh_sorts(const std::array<ChainNumbers, Eight::kSize>& chains) {
        std::array<double, Eight::kSize> out;
        std::array<std::array<double, kStates>, Eight::kSize> logs;
        for (std::size_t lane = 0; lane < Eight::kSize; ++lane) {
            out[lane] = constant_;
            for (std::size_t s = 0; s < kStates; ++s) logs[lane][s] = std::log(chains[lane].rate(s));
        }
        for (std::size_t i = 0; i < sorts_.size(); ++i) {
            const Sort& sort = sorts_[i];
            std::array<std::array<double, Eight::kSize>, kStates> chances;
            for (std::size_t lane = 0; lane < Eight::kSize; ++lane) {
                std::array<double, kStates> all;
                for (std::size_t s = 0; s < kStates; ++s)
                    all[s] = (sort.count > 0 ? sort.count * logs[lane][s] : 0) -
                             chains[lane].rate(s) * sort.exposure;
                const double most = *std::ranges::max_element(all);
                out[lane] += sort.number * most;
                for (std::size_t s = 0; s < kStates; ++s)
                    chances[s][lane] = all[s] == most ? 1 : std::exp(all[s] - most);
            }
            for (std::size_t s = 0; s < kStates; ++s) emissions_[i][s] = Eight::load(chances[s].data());
        }
        return out;
    }

    static Eight initial(const Numbers& numbers, std::size_t state) { return numbers[kStates + state]; }
    static Eight transition(const Numbers& numbers, std::size_t from, std::size_t to) {
        return numbers[(2 + from) * kStates + to];
    }

    std::array<double, Eight::kSize> forward(const Numbers& numbers) {
        const Eight one(1.0);
        std::array<double, Eight::kSize> logs{};
        Eight product = one;
        const auto put_away = [&] {
            const auto values = product.values();
            for (std::size_t lane = 0; lane < Eight::kSize; ++lane) logs[lane] += std::log(values[lane]);
            product = one;
        };
        States before;
        for (std::size_t t = 0; t < sums_.size(); ++t) {
            const States& emission = emissions_[sort_of_[t]];
            States now;
            Eight sum;
            for (std::size_t to = 0; to < kStates; ++to) {
                Eight way = initial(numbers, to);
                if (t > 0) {
                    way = before[0] * transition(numbers, 0, to);
                    for (std::size_t from = 1; from < kStates; ++from)
                        way += before[from] * transition(numbers, from, to);
                }
                now[to] = way * emission[to];
                sum += now[to];
            }
            const Eight inverse = one / sum;
            for (std::size_t s = 0; s < kStates; ++s) before[s] = now[s] * inverse;
            sums_[t] = {before, inverse};
            product = product * sum;
            // Few enough factors that their product is told in a double.
            if (t % 8 == 7) put_away();
        }
        put_away();
        return logs;
    }

    void backward(const Numbers& numbers, std::array<ChainNumbers, Eight::kSize>& chains) {
        const std::size_t n = sums_.size();
        States after, counts{}, exposures{}, first{};
        std::array<States, kStates> ways{};
        after.fill(Eight(1.0));
        for (std::size_t t = n; t-- > 0;) {
            const Sort& sort = sorts_[sort_of_[t]];
            const Eight count(sort.count), exposure(sort.exposure);
            for (std::size_t s = 0; s < kStates; ++s) {
                const Eight weight = sums_[t].forward[s] * after[s];
                counts[s] += weight * count;
                exposures[s] += weight * exposure;
                if (t == 0) first[s] = weight;
            }
            if (t == 0) break;
            States onward;
            for (std::size_t to = 0; to < kStates; ++to)
                onward[to] = emissions_[sort_of_[t]][to] * after[to] * sums_[t].inverse;
            for (std::size_t from = 0; from < kStates; ++from) {
                after[from] = transition(numbers, from, 0) * onward[0];
                ways[from][0] += sums_[t - 1].forward[from] * onward[0];
                for (std::size_t to = 1; to < kStates; ++to) {
                    after[from] += transition(numbers, from, to) * onward[to];
                    ways[from][to] += sums_[t - 1].forward[from] * onward[to];
                }
            }
        }
        for (std::size_t s = 0; s < kStates; ++s) {
            set_rates(s, counts[s].values(), exposures[s].values(), chains);
            const auto values = first[s].values();
            for (std::size_t lane = 0; lane < Eight::kSize; ++lane) chains[lane].initial(s) = values[lane];
            set_transitions(s, ways[s], chains);
        }
    }

    using Values = std::array<double, Eight::kSize>;

    static void set_rates(
        std::size_t state,
        const Values& counts,
        const Values& exposures,
        std::array<ChainNumbers, Eight::kSize>& chains
    ) {
        for (std::size_t lane = 0; lane < Eight::kSize; ++lane)
            if (exposures[lane] > 0) chains[lane].rate(state) = counts[lane] / exposures[lane];
    }

    static void set_transitions(
        std::size_t from, const States& ways, std::array<ChainNumbers, Eight::kSize>& chains
    ) {
        std::array<Values, kStates> values;
        for (std::size_t to = 0; to < kStates; ++to) values[to] = ways[to].values();
        for (std::size_t lane = 0; lane < Eight::kSize; ++lane) {
            double row = 0;
            for (std::size_t to = 0; to < kStates; ++to)
                row += values[to][lane] *= chains[lane].transition(from, to);
            if (row > 0)
                for (std::size_t to = 0; to < kStates; ++to)
                    chains[lane].transition(from, to) = values[to][lane] / row;
        }
    }

    std::vector<std::size_t> sort_of_;  ///< by period
    std::vector<Sort> sorts_;
    std::vector<States> emissions_;  ///< by sort
    std::vector<Sums> sums_;         ///< by period
    double constant_ = 0;            ///< of the log-likelihood: what no parameter changes
};

template <std::size_t kStates>
std::vector<ClimbedChain> climbed(
    std::span<const CountedPeriod> periods, std::span<const ChainNumbers> starts
) {
    Sweep<kStates> sweep(periods);
    std::vector<DrawnOutClimb> climbs;
    for (const auto& start : starts) climbs.emplace_back(start);
    const auto lasts = [](const DrawnOutClimb& one) { return !one.done(); };
    for (int step = 0; step < kMostSteps && std::ranges::any_of(climbs, lasts); ++step) {
        std::array<ChainNumbers, Eight::kSize> chains;
        for (std::size_t lane = 0; lane < Eight::kSize; ++lane)
            chains[lane] = climbs[std::min(lane, climbs.size() - 1)].at();
        const auto likelihoods = sweep.step(chains);
        for (std::size_t i = 0; i < climbs.size(); ++i)
            if (lasts(climbs[i])) climbs[i].go_on(likelihoods[i], chains[i]);
    }
    std::vector<ClimbedChain> out;
    for (const auto& one : climbs) out.push_back({one.at(), one.log_likelihood(), one.steps()});
    return out;
}

}  // namespace

std::vector<ClimbedChain> climb_chains(
    std::span<const CountedPeriod> periods, std::span<const ChainNumbers> starts
) {
    check(!starts.empty() && starts.size() <= Eight::kSize, "one to eight chains climb together");
    const auto states = starts.front().states;
    check(states == 2 || states == 3, "a chain has two or three states");
    return states == 2 ? climbed<2>(periods, starts) : climbed<3>(periods, starts);
}

}  // namespace entente::measures
