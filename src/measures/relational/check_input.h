#pragma once

#include "base/result.h"
#include "measures/relational/events.h"
#include "measures/relational/model.h"

namespace entente::measures::relational {

inline constexpr std::size_t kMostActors = 4096;  ///< statistics of pairs are kept as matrices

/// Says whether a history and a model can be looked at together.
///
/// Errors  invalid_argument, in this order, naming what was found: actors (fewer than two, too many, presence
/// that
///         ends before it begins); statistics (none, one twice, not of this kind of history, a half-life that
///         is not positive or has no meaning, an unknown covariate or class of shocks, a window that is not
///         positive); covariates and shocks (unknown actors, broken numbers, two values at one time, a
///         logarithm of less than -1); pairs at risk; the window; events (unknown actor, an actor with
///         itself, a broken time, a weight that is not positive, an actor that is not present, a pair not at
///         risk, the same pair twice within one time unless asked for); no event to explain
/// Cost    O(n log n)
Result<void> check_input(const History& history, const Model& model);

}  // namespace entente::measures::relational
