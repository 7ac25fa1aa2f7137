// How well past forecasts told what came, beside what anybody could have said.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/day.h"
#include "measures/answer.h"
#include "measures/calibration.h"
#include "measures/forecast/past_forecasts.h"

namespace entente::measures {

/// The days ahead about which chances are told and judged.
inline constexpr std::array<int, 4> kHorizons{30, 90, 180, 365};
/// What lies between 10 and 90 of 100.
inline constexpr double kForecastLevel = 0.8;

/// What came of a forecast, beside its 80 % interval.
enum class Came : std::uint8_t { inside, sooner, later, untold };

/// One forecast's chances, and what came.
struct JudgedForecast {
    const PastForecast* forecast = nullptr;
    Lifetime came;  ///< days from its origin
    Came interval = Came::untold;
    double place = 0;      ///< share told to end by when it did, or by when it lasted still
    double log_score = 0;  ///< ln of the chance that it gave to what came
    std::array<double, kHorizons.size()> chances{};  ///< to have ended by then
    double crps = 0;                                 ///< days
};

/// What is said of many forecasts of one maker.
struct ForecastScore {
    std::size_t inside = 0, outside = 0;  ///< of the 80 % interval, where that can be told
    double log_score = 0;                 ///< mean
    std::array<std::optional<double>, kHorizons.size()> brier;
    double crps = 0;  ///< mean, days
};

/// A mean difference of log scores, with 90 % limits.
struct ScoreGain {
    double mean = 0;
    Interval limits;

    bool sure() const { return limits.low > 0; }
};

struct TrackRecord {
    std::size_t forecasts = 0;  ///< of which anything came that is known
    std::size_t outages = 0;
    std::size_t told_outages = 0;  ///< of which it can be told whether they came inside
    std::size_t untold = 0;        ///< still lasting inside the interval, or known too roughly
    ForecastScore weighted, curve, as_last;
    std::optional<Interval>
        inside_limits;  ///< 90 %, of the share inside; all forecasts of an outage stand together
    ScoreGain over_curve, over_last;
    std::array<double, kCandidates> alone{};  ///< log score of each candidate by itself
    std::vector<JudgedForecast> judged;       ///< of the weighted one, by origin
};

/// Judges past forecasts by what had come of them on a day.
///
/// Definition  log score: mean of ln P(what came), an interval or a lasting counted as such. Brier: mean of (chance −
///             ended)² at a horizon, those whose end is not known by then left out and the rest weighted up by the chance
///             of being followed so long. Inside: not sooner than 10 % and not later than 90 % of the forecast; the
///             limits are Jeffreys' with as many forecasts as are worth their spread between outages
/// Missing     a Brier score where nobody is followed so long; no limits without two outages
/// Cost        O(forecasts · (draws + forecasts))
/// Source      Graf and others 1999; Gneiting and Raftery 2007; MEASURES.md 11 and 16A
TrackRecord judge(std::span<const PastForecast> past, Day known);

/// Brier score at a horizon, weighted for those who are lost sight of.
/// Source  MEASURES.md 16A: G(T−) for what ended, G(t) for what lasts, ends before losses in G, divided by n
std::optional<double> weighted_brier(
    std::span<const Lifetime> came, std::span<const double> chances, double horizon
);

/// How far a forecast of a remaining time lay from what came, over all horizons at once (continuous ranked probability
/// score).
///
/// Definition  ∫ (told to have ended by t − had ended by t)² dt over ten years, or over the days it was followed where it
///             lasted still; a rough end stands in its middle; by Gauss-Legendre on stretches that part at the end
/// Units       days; lower is better, and 0 is a forecast of that very day
/// Cost        50 to 60 chances
/// Source      Gneiting and Raftery 2007; MEASURES.md 11
double crps(const std::function<double(double)>& ended_within, const Lifetime& came);

/// What was told at a horizon, and whether it had ended by then, of those of which that is known.
std::vector<ToldChance> told_and_came(std::span<const JudgedForecast> judged, std::size_t horizon);

/// Mean with 90 % limits, where those of one group stand together.
ScoreGain grouped_mean(std::span<const double> values, std::span<const Disruption* const> groups);

}  // namespace entente::measures
