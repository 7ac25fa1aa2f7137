#include "measures/relational/controls.h"

#include <algorithm>

namespace entente::measures::relational {
namespace {

PairOfActors ordered(const RiskSet& risk, PairOfActors pair) {
    if (!risk.directed() && pair.first > pair.second) std::swap(pair.first, pair.second);
    return pair;
}

/// The n-th draw of an event below `below`.
class Stream {
public:
    Stream(const numerics::Draws& draws, std::uint64_t number) : draws_(draws), number_(number) {}
    std::size_t below(std::size_t below) {
        return static_cast<std::size_t>(draws_.uniform(number_, next_++) * static_cast<double>(below));
    }

private:
    const numerics::Draws& draws_;
    std::uint64_t number_;
    std::uint64_t next_ = 0;
};

std::vector<PairOfActors> draw_from_list(
    std::vector<PairOfActors> pairs, PairOfActors left_out, std::size_t most, Stream& stream
) {
    std::erase(pairs, left_out);
    most = std::min(most, pairs.size());
    for (std::size_t drawn = 0; drawn < most; ++drawn)
        std::swap(pairs[drawn], pairs[drawn + stream.below(pairs.size() - drawn)]);
    pairs.resize(most);
    return pairs;
}

}  // namespace

std::vector<PairOfActors> pairs_at_risk(const RiskSet& risk) {
    std::vector<PairOfActors> pairs;
    const auto size = static_cast<ActorIndex>(risk.actors());
    for (ActorIndex i = 0; i < size; ++i) {
        if (!risk.sender_open(i)) continue;
        const auto add = [&](ActorIndex j) {
            if (risk.open(i, j) && (risk.directed() || i < j)) pairs.emplace_back(i, j);
        };
        if (const auto* given = risk.given(i)) {
            for (const auto j : *given) add(j);
        } else {
            for (ActorIndex j = 0; j < size; ++j) add(j);
        }
    }
    return pairs;
}

std::vector<PairOfActors> draw_controls(
    const RiskSet& risk,
    PairOfActors left_out,
    std::size_t most,
    const numerics::Draws& draws,
    std::uint64_t number
) {
    Stream stream(draws, number);
    left_out = ordered(risk, left_out);
    std::vector<ActorIndex> senders, receivers;
    for (ActorIndex actor = 0; actor < risk.actors(); ++actor) {
        if (risk.sender_open(actor)) senders.push_back(actor);
        if (risk.receivers()[actor] != 0) receivers.push_back(actor);
    }
    const std::size_t pairs = senders.size() * receivers.size() / (risk.directed() ? 1 : 2);
    if (risk.mask_row(0) || pairs < 4 * (most + 1) + senders.size())
        return draw_from_list(pairs_at_risk(risk), left_out, most, stream);
    std::vector<PairOfActors> drawn;
    while (drawn.size() < most) {
        // Undirected: each pair can come up in two ways, as often as any other.
        const PairOfActors pair = {
            senders[stream.below(senders.size())], receivers[stream.below(receivers.size())]};
        const auto candidate = ordered(risk, pair);
        if (!risk.open(pair.first, pair.second) || candidate == left_out) continue;
        if (std::find(drawn.begin(), drawn.end(), candidate) == drawn.end()) drawn.push_back(candidate);
    }
    return drawn;
}

}  // namespace entente::measures::relational
