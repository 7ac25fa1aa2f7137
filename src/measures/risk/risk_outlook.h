// What comes of a tie in the days ahead, if no further shock comes.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "measures/risk/risk_model.h"

namespace entente::measures::risk {

/// The days ahead about which chances are told and judged.
inline constexpr std::array<std::int32_t, 3> kRiskHorizons{30, 90, 365};

/// A tie on a day, as the days ahead depend on it.
struct Outlook {
    Day from;          ///< what is told begins on the next day
    Day counted_from;  ///< of the years since the last stop
    std::int32_t earlier = 0;
    ShockDays shocks;  ///< known by then, and what is supposed
};

/// What is known of a tie at the end of a day, and nothing dated later.
Outlook outlook_of(const TieTimeline& tie, const ShockDays& shocks, Day from);

using Chances = std::array<double, kRiskHorizons.size()>;
/// One chance of each draw, for each horizon.
using DrawnChances = std::array<std::vector<double>, kRiskHorizons.size()>;

/// Chances that a tie stops within the horizons.
///
/// Definition  1 − exp(−Σ weeks·hazard) for each draw: every day ahead with the years since the last stop and the windows
///             of the known and supposed shocks as they will be on it. Shocks that nobody knows of are not expected: how
///             often they come is on record where stops followed, and would count those twice
/// Cost        O(draws · changes · columns)
DrawnChances drawn_chances(
    const RiskColumns& columns, std::span<const DrawnRisk> draws, const Outlook& outlook
);

Chances mean_chances(const DrawnChances& drawn);

}  // namespace entente::measures::risk
