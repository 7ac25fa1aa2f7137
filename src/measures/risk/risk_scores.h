// How well past risks told what came, beside what anybody could have said.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "measures/calibration.h"
#include "measures/risk/past_risks.h"
#include "measures/validity/rolling.h"

namespace entente::measures::risk {

/// One maker's scores at one horizon.
struct RiskScore {
    double log_score = 0;  ///< mean of ln of the chance given to what came; higher is better
    double brier = 0;      ///< mean of (chance − came)²; lower is better
    double mean = 0;       ///< chance told
};

/// All makers at one horizon.
struct RiskTrack {
    std::size_t forecasts = 0, came = 0;
    std::size_t ties = 0;
    std::size_t stops = 0;  ///< distinct ones among what came
    std::array<RiskScore, kTellers> by{};

    const RiskScore& told() const { return by[static_cast<std::size_t>(Teller::hazard)]; }
    /// In log score; all forecasts of a tie stand together. Nothing: fewer than two ties.
    std::optional<validity::GroupedMean> over_all, over_own;
    std::vector<CalibrationBin> calibration;
};

inline constexpr std::array<double, 8> kToldEdges{0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 1};

/// Judges the forecasts of which it is known what came within a horizon.
/// Cost    O(forecasts · ties)
RiskTrack judge_risks(std::span<const PastRisk> past, std::size_t horizon);

}  // namespace entente::measures::risk
