// How soon the next stop comes, with nothing assumed of the course of time: pairs stop again and again.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "measures/risk/past_risks.h"
#include "measures/survival/cox_kept.h"
#include "measures/survival/recurrent.h"

namespace entente::measures::risk {

/// Pairs with so many earlier stops or more share a baseline of the gap clock.
inline constexpr std::size_t kMostEarlierStops = 3;

/// The days at risk of all pairs, cut where a covariate changes.
struct StopRecurrence {
    std::vector<RecurrentUnit> units;  ///< pairs with a day at risk
    CoxCovariates covariates;          ///< of the stretches, unit by unit
    std::size_t stops = 0;
    std::size_t pairs_with_stops = 0;
    double days = 0;
};

/// Reads the pairs up to a day.
///
/// Definition  covariates: whether a shock by one of the two, and whether one by a third, lies at most 90 days back, and
///             ln(1 + earlier stops). Stretches in which nothing of that changes are put together
/// Units       days
/// Missing     as in `timeline_of`: what is down, unknown, not watched or not covered is not at risk
StopRecurrence stop_recurrence(const RiskRecord& record, Day until);

/// A regression of each form; the gap clock has a baseline by earlier stops, the other one a covariate besides.
struct NextStopFits {
    KeptCox andersen_gill, gap_time;
};

/// Errors  invalid_argument: no stop at all
/// Cost    two Cox regressions on some stretches for each shock
Result<NextStopFits> fit_next_stop(const StopRecurrence& record);

}  // namespace entente::measures::risk
