#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "measures/relational/blocks.h"
#include "measures/relational/evaluators.h"
#include "numerics/quadrature.h"

namespace entente::measures::relational {
namespace {

/// Observed time from the last stop to this one.
struct Stop {
    double from = 0;
    double to = 0;
    const Group* group = nullptr;  ///< what happened at `to`, if it is explained
};

class Timing final : public Evaluator {
public:
    Timing(const History& history, const Model& model)
        : history_(history),
          model_(model),
          timeline_(history, model.statistics),
          groups_(groups_of(history, model, timeline_)) {
        cut();
        for (const Statistic& statistic : model.statistics)
            if (statistic.half_life) half_lives_.push_back(*statistic.half_life);
        std::sort(half_lives_.begin(), half_lives_.end());
    }

    std::size_t blocks() const override { return count_blocks(stops_.size()); }

    Evaluation at(std::span<const double> parameters, std::size_t stride, bool profile) const override {
        std::vector<BlockSums> sums(blocks(), BlockSums(parameters.size()));
        share_blocks(blocks(), stride, model_.threads, [&](const std::vector<std::size_t>& mine) {
            State state(history_, model_.statistics, timeline_);
            RiskSummer summer;
            for (const std::size_t block : mine) {
                summer.begin_block();
                const std::size_t last = std::min(stops_.size(), (block + 1) * kBlock);
                for (std::size_t stop = block * kBlock; stop < last; ++stop) {
                    add_time(stops_[stop], state, summer, parameters, sums[block]);
                    if (stops_[stop].group)
                        add_events(stops_[stop], state, summer, parameters, profile, sums[block]);
                }
            }
        });
        return add_blocks(sums, parameters.size());
    }

private:
    void cut();
    void add_time(
        const Stop& stop, State& state, RiskSummer& summer, std::span<const double> parameters, BlockSums& to
    ) const;
    void add_events(
        const Stop& stop,
        State& state,
        RiskSummer& summer,
        std::span<const double> parameters,
        bool profile,
        BlockSums& to
    ) const;

    const History& history_;
    const Model& model_;
    Timeline timeline_;
    std::vector<Group> groups_;
    std::vector<Stop> stops_;
    std::vector<double> half_lives_;
};

/// Cuts the observed time wherever something happens.
void Timing::cut() {
    std::vector<double> times{*model_.end};
    for (const auto event : timeline_.events) times.push_back(history_.events[event].time);
    for (const Change& change : timeline_.changes) times.push_back(change.time);
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    double from = *model_.start;
    auto group = groups_.begin();
    for (const double time : times) {
        if (time <= from || time > *model_.end) continue;
        Stop stop{from, time, nullptr};
        if (group != groups_.end() && group->time == time) stop.group = &*group++;
        stops_.push_back(stop);
        from = time;
    }
}

void Timing::add_time(
    const Stop& stop, State& state, RiskSummer& summer, std::span<const double> parameters, BlockSums& to
) const {
    const std::size_t terms = parameters.size() - 1, size = parameters.size();
    auto& likelihood = to.evaluation.likelihood;
    state.move_to(stop.from);
    state.take_events_until(stop.from);
    const auto add = [&](double time, double length) {
        state.look_from(time);
        // The shift brings the constant in.
        const RiskSums& sums = summer.sum(state, parameters.subspan(1), -parameters[0]);
        to.value.add(-length * sums.weight);
        likelihood.gradient[0] -= length * sums.weight;
        likelihood.information[0] += length * sums.weight;
        for (std::size_t k = 0; k < terms; ++k) {
            likelihood.gradient[k + 1] -= length * sums.first[k];
            likelihood.information[k + 1] += length * sums.first[k];
            likelihood.information[(k + 1) * size] += length * sums.first[k];
            for (std::size_t l = 0; l < terms; ++l)
                likelihood.information[(k + 1) * size + l + 1] += length * sums.second[k * terms + l];
        }
    };
    if (half_lives_.empty() || model_.within == WithinStretch::at_end)
        return add(stop.to, stop.to - stop.from);
    for (double from = stop.from; from < stop.to;) {
        // After 60 half-lives a statistic is 0 to all digits and bends nothing any more.
        double piece = stop.to - from;
        for (const double half_life : half_lives_)
            if (from - stop.from < 60 * half_life) {
                piece = std::min(piece, half_life / 2);
                break;
            }
        const double end = std::min(stop.to, from + piece);
        for (const auto& node : numerics::gauss_legendre_10())
            add(from + (end - from) * node.at, (end - from) * node.weight);
        from = end;
    }
}

void Timing::add_events(
    const Stop& stop,
    State& state,
    RiskSummer& summer,
    std::span<const double> parameters,
    bool profile,
    BlockSums& to
) const {
    state.move_to(stop.to);
    const auto beta = parameters.subspan(1);
    if (profile) add_profile(state, summer.sum(state, beta, 0), to.evaluation);
    for (const auto index : stop.group->events) {
        const Event& event = history_.events[index];
        const auto [i, j] = std::pair{event.sender, event.receiver};
        if (!state.risk().open(i, j)) {
            ++to.evaluation.events_left_out;
            continue;
        }
        ++to.evaluation.events;
        to.value.add(parameters[0] + score(state, beta, i, j));
        to.evaluation.likelihood.gradient[0] += 1;
        for (std::size_t k = 0; k < beta.size(); ++k)
            to.evaluation.likelihood.gradient[k + 1] += state.value(k, i, j);
    }
}

}  // namespace

std::unique_ptr<Evaluator> make_timing(const History& history, const Model& model) {
    return std::make_unique<Timing>(history, model);
}

}  // namespace entente::measures::relational
