#pragma once

#include "measures/relational/evaluate.h"
#include "measures/relational/risk_sums.h"

namespace entente::measures::relational {

std::unique_ptr<Evaluator> make_ordinal(const History& history, const Model& model);
std::unique_ptr<Evaluator> make_timing(const History& history, const Model& model);
std::unique_ptr<Evaluator> make_sampled(const History& history, const Model& model);

/// Adds the pairs of one risk set to the profile of a block.
/// Requires  all coefficients are 0
void add_profile(const State& state, const RiskSums& sums, Evaluation& to);

}  // namespace entente::measures::relational
