#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "measures/relational/blocks.h"
#include "measures/relational/controls.h"
#include "measures/relational/evaluators.h"

namespace entente::measures::relational {
namespace {

/// Conditional logit over events and their controls; the statistics are computed once and kept.
class Sampled final : public Evaluator {
public:
    Sampled(const History& history, const Model& model);

    std::size_t blocks() const override { return count_blocks(cases_.size()); }
    Evaluation at(std::span<const double> beta, std::size_t stride, bool profile) const override;

private:
    /// x of the event, then of its controls, `terms_` numbers each.
    struct Case {
        std::vector<double> x;
    };

    void take(const State& state, const Event& event, const numerics::Draws& draws, const Model& model);
    void add(const Case& of, std::span<const double> beta, bool profile, BlockSums& to) const;

    std::size_t terms_;
    unsigned threads_;
    std::vector<Case> cases_;
    std::size_t left_out_ = 0;
};

Sampled::Sampled(const History& history, const Model& model)
    : terms_(model.statistics.size()), threads_(model.threads) {
    const Timeline timeline(history, model.statistics);
    State state(history, model.statistics, timeline);
    const numerics::Draws draws(fmt::format("relational controls {}", model.seed));
    for (const Group& group : groups_of(history, model, timeline)) {
        state.move_to(group.time);
        for (const auto index : group.events) take(state, history.events[index], draws, model);
    }
}

void Sampled::take(const State& state, const Event& event, const numerics::Draws& draws, const Model& model) {
    if (!state.risk().open(event.sender, event.receiver)) {
        ++left_out_;
        return;
    }
    const PairOfActors own{event.sender, event.receiver};
    auto pairs = draw_controls(state.risk(), own, model.controls, draws, cases_.size());
    pairs.insert(pairs.begin(), own);
    auto& x = cases_.emplace_back().x;
    x.reserve(pairs.size() * terms_);
    for (const auto& [i, j] : pairs)
        for (std::size_t k = 0; k < terms_; ++k) x.push_back(state.value(k, i, j));
}

void Sampled::add(const Case& of, std::span<const double> beta, bool profile, BlockSums& to) const {
    const std::size_t pairs = of.x.size() / std::max<std::size_t>(terms_, 1);
    auto& likelihood = to.evaluation.likelihood;
    double weight = 0;
    std::vector<double> first(terms_), second(terms_ * terms_);
    for (std::size_t pair = 0; pair < pairs; ++pair) {
        const double* x = of.x.data() + pair * terms_;
        double ahead = 0;  // of the event
        for (std::size_t k = 0; k < terms_; ++k) ahead += beta[k] * (x[k] - of.x[k]);
        const double w = std::exp(ahead);
        weight += w;
        for (std::size_t k = 0; k < terms_; ++k) {
            first[k] += w * x[k];
            for (std::size_t l = 0; l < terms_; ++l) second[k * terms_ + l] += w * x[k] * x[l];
        }
        if (!profile) continue;
        for (std::size_t k = 0; k < terms_; ++k) {
            to.evaluation.sums[k] += x[k];
            to.evaluation.squares[k] += x[k] * x[k];
        }
    }
    ++to.evaluation.events;
    if (profile) to.evaluation.risk_sets += 1, to.evaluation.pairs += static_cast<double>(pairs);
    to.value.add(-std::log(weight));
    for (std::size_t k = 0; k < terms_; ++k) {
        likelihood.gradient[k] += of.x[k] - first[k] / weight;
        for (std::size_t l = 0; l < terms_; ++l)
            likelihood.information[k * terms_ + l] +=
                second[k * terms_ + l] / weight - first[k] / weight * (first[l] / weight);
    }
}

Evaluation Sampled::at(std::span<const double> beta, std::size_t stride, bool profile) const {
    std::vector<BlockSums> sums(blocks(), BlockSums(terms_));
    share_blocks(blocks(), stride, threads_, [&](const std::vector<std::size_t>& mine) {
        for (const std::size_t block : mine) {
            sums[block].evaluation.sums.resize(terms_);
            sums[block].evaluation.squares.resize(terms_);
            const std::size_t last = std::min(cases_.size(), (block + 1) * kBlock);
            for (std::size_t at = block * kBlock; at < last; ++at)
                add(cases_[at], beta, profile, sums[block]);
        }
    });
    Evaluation out = add_blocks(sums, terms_);
    out.events_left_out = left_out_;
    return out;
}

}  // namespace

std::unique_ptr<Evaluator> make_sampled(const History& history, const Model& model) {
    return std::make_unique<Sampled>(history, model);
}

}  // namespace entente::measures::relational
