#include <algorithm>
#include <cmath>

#include "measures/relational/blocks.h"
#include "measures/relational/evaluators.h"

namespace entente::measures::relational {
namespace {

class Ordinal final : public Evaluator {
public:
    Ordinal(const History& history, const Model& model)
        : history_(history),
          model_(model),
          timeline_(history, model.statistics),
          groups_(groups_of(history, model, timeline_)) {}

    std::size_t blocks() const override { return count_blocks(groups_.size()); }

    Evaluation at(std::span<const double> beta, std::size_t stride, bool profile) const override {
        std::vector<BlockSums> sums(blocks(), BlockSums(beta.size()));
        share_blocks(blocks(), stride, model_.threads, [&](const std::vector<std::size_t>& mine) {
            State state(history_, model_.statistics, timeline_);
            RiskSummer summer;
            for (const std::size_t block : mine) {
                summer.begin_block();
                const std::size_t last = std::min(groups_.size(), (block + 1) * kBlock);
                for (std::size_t group = block * kBlock; group < last; ++group) {
                    state.move_to(groups_[group].time);
                    add(groups_[group], state, summer, beta, profile, sums[block]);
                }
            }
        });
        return add_blocks(sums, beta.size());
    }

private:
    void add(
        const Group& group,
        State& state,
        RiskSummer& summer,
        std::span<const double> beta,
        bool profile,
        BlockSums& to
    ) const;
    void subtract_logs(
        const RiskSums& all, const RiskSums& tied, std::size_t events, double shift, BlockSums& to
    ) const;

    const History& history_;
    const Model& model_;
    Timeline timeline_;
    std::vector<Group> groups_;
};

void Ordinal::add(
    const Group& group,
    State& state,
    RiskSummer& summer,
    std::span<const double> beta,
    bool profile,
    BlockSums& to
) const {
    const std::size_t terms = beta.size();
    std::vector<std::vector<double>> cases;
    std::vector<double> scores;
    for (const auto index : group.events) {
        const Event& event = history_.events[index];
        const auto [i, j] = std::pair{event.sender, event.receiver};
        if (!state.risk().open(i, j)) {
            ++to.evaluation.events_left_out;
            continue;
        }
        auto& x = cases.emplace_back();
        for (std::size_t k = 0; k < terms; ++k) x.push_back(state.value(k, i, j));
        scores.push_back(score(state, beta, i, j));
    }
    if (cases.empty() && !profile) return;
    // Relative to what happened nothing can overflow unless the likelihood vanishes.
    const double shift = scores.empty() ? 0 : *std::max_element(scores.begin(), scores.end());
    const RiskSums& all = summer.sum(state, beta, shift);
    if (profile) add_profile(state, all, to.evaluation);
    RiskSums tied{0, std::vector<double>(terms), std::vector<double>(terms * terms)};
    for (std::size_t c = 0; c < cases.size(); ++c) {
        ++to.evaluation.events;
        to.value.add(scores[c]);
        for (std::size_t k = 0; k < terms; ++k) to.evaluation.likelihood.gradient[k] += cases[c][k];
        const double weight = std::exp(scores[c] - shift);
        tied.weight += weight;
        for (std::size_t k = 0; k < terms; ++k) {
            tied.first[k] += weight * cases[c][k];
            for (std::size_t l = 0; l < terms; ++l)
                tied.second[k * terms + l] += weight * cases[c][k] * cases[c][l];
        }
    }
    subtract_logs(all, tied, cases.size(), shift, to);
}

void Ordinal::subtract_logs(
    const RiskSums& all, const RiskSums& tied, std::size_t events, double shift, BlockSums& to
) const {
    const std::size_t terms = all.first.size();
    auto& likelihood = to.evaluation.likelihood;
    // Efron takes a growing part of the tied events out of the risk set; Breslow none, so once is enough.
    const bool efron = model_.ties == Ties::efron && events > 1;
    const std::size_t rounds = efron ? events : std::min<std::size_t>(events, 1);
    const double times = efron ? 1 : static_cast<double>(events);
    std::vector<double> mean(terms);
    for (std::size_t round = 0; round < rounds; ++round) {
        const double out = efron ? static_cast<double>(round) / static_cast<double>(events) : 0;
        const double weight = all.weight - out * tied.weight;
        to.value.add(-times * (std::log(weight) + shift));
        for (std::size_t k = 0; k < terms; ++k) {
            mean[k] = (all.first[k] - out * tied.first[k]) / weight;
            likelihood.gradient[k] -= times * mean[k];
        }
        for (std::size_t k = 0; k < terms; ++k)
            for (std::size_t l = 0; l < terms; ++l) {
                const std::size_t at = k * terms + l;
                const double second = (all.second[at] - out * tied.second[at]) / weight;
                likelihood.information[at] += times * (second - mean[k] * mean[l]);
            }
    }
}

}  // namespace

void add_profile(const State& state, const RiskSums& sums, Evaluation& to) {
    const std::size_t terms = sums.first.size();
    to.sums.resize(terms);
    to.squares.resize(terms);
    // Relative to a shift of 0 each pair weighs 1; events shift by their own score, which is 0 as well.
    to.risk_sets += 1;
    to.pairs += sums.weight;
    to.pairs_left_out += state.risk().pairs_present() - sums.weight;
    for (std::size_t k = 0; k < terms; ++k) {
        to.sums[k] += sums.first[k];
        to.squares[k] += sums.second[k * terms + k];
    }
}

std::unique_ptr<Evaluator> make_ordinal(const History& history, const Model& model) {
    return std::make_unique<Ordinal>(history, model);
}

}  // namespace entente::measures::relational
