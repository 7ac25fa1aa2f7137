#pragma once

#include "base/result.h"
#include "measures/relational/events.h"
#include "measures/relational/fit.h"
#include "measures/relational/model.h"

namespace entente::measures::relational {

/// How high a fit ranked the pairs that did act, among all that might have.
struct Ranking {
    std::size_t events = 0;
    std::size_t events_left_out = 0;  ///< a covariate of their own pair was missing
    double top_1 = 0;                 ///< share of events whose pair is among the first hundredth
    double top_5 = 0;
    double top_10 = 0;
};

/// Ranks events that the fit has not seen: those after `model.end` up to `until`.
///
/// Definition  pairs at risk by βx with the statistics as they stand at each event; pairs that are alike
/// share the
///             middle of their ranks; the first hundredth of R pairs are ⌈R/100⌉. Chance gives 1, 5 and 10 %
/// Errors      invalid_argument: the model has no end, `until` is not after it, no event between; as
/// check_input for
///             these events
/// Cost        O(events · actors² · statistics)
Result<Ranking> rank_held_out(const History& history, const Model& model, const Fit& fit, double until);

}  // namespace entente::measures::relational
