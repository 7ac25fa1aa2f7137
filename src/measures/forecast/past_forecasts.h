// The forecasts that would have been made in the past, each with what was known then, and what came of them.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "measures/forecast/stacking.h"

namespace entente::measures {

/// At which ages of an outage a forecast of it is looked at.
inline constexpr std::array<std::int32_t, 5> kAskedAges{0, 30, 90, 180, 365};

/// A forecast as it would have been made on a day.
struct PastForecast {
    const Disruption* outage = nullptr;
    std::int32_t asked_age = 0;  ///< days after its last possible first day
    Day origin;
    double age = 0;
    Candidates candidates;
    CandidateWeights weights{};  ///< by what had come of earlier forecasts by then
    /// What each candidate leaves at that age, and what it gave to the end, where that is known by the last day looked
    /// at: neither changes with the day on which it is asked.
    std::array<double, kCandidates> alive{}, to_the_end{};
};

/// What came of a forecast, as known on a day.
Lifetime outcome_on(const PastForecast& forecast, Day known);

/// Goes through the past: every outage at every asked age at which it is known to have lasted, and learns anew each
/// time from what was known then. Only facts dated by then count; an outage that ended later was still lasting.
///
/// Definition  forecasts made before `until`, by origin, then by outage; weights by outcomes as known on the origin
/// Missing     origins by which fewer than `kFewestEnded` outages had ended make no forecast
/// Cost        a fit of four laws an origin
/// Source      MEASURES.md 11, scores
std::vector<PastForecast> roll(std::span<const OutageCase> cases, Day until, std::size_t draws);

/// Weights by what had come of forecasts made before a day, as known on it.
CandidateWeights weights_on(std::span<const PastForecast> past, Day known);

}  // namespace entente::measures
