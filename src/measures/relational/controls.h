#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "measures/relational/state.h"
#include "numerics/philox.h"

namespace entente::measures::relational {

using PairOfActors = std::pair<ActorIndex, ActorIndex>;

/// All pairs at risk, by sender and receiver; undirected: the smaller index first.
std::vector<PairOfActors> pairs_at_risk(const RiskSet& risk);

/// Draws pairs at risk without replacement, none of them `left_out`.
///
/// \param  number  of the event; its draws are always the same
/// Definition  each set of `most` pairs is equally likely; all pairs when there are no more
/// Cost        O(most) expected while the risk set is more than four times as large and no pairs are closed
/// one by
///             one; O(pairs at risk) otherwise
std::vector<PairOfActors> draw_controls(
    const RiskSet& risk,
    PairOfActors left_out,
    std::size_t most,
    const numerics::Draws& draws,
    std::uint64_t number
);

}  // namespace entente::measures::relational
