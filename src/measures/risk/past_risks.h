// The risks that would have been told in the past, each with what was known then, and what came.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "measures/risk/risk_outlook.h"

namespace entente::measures::risk {

/// All ties of which anything was stopped or refused, with the shocks that touched them.
struct RiskRecord {
    std::vector<TieTimeline> ties;
    std::vector<ShockDays> shocks;  ///< beside the ties

    std::vector<RiskPiece> pieces(Day until) const;  ///< by their last day, then by tie
};

/// Who tells a chance: the hazard with its shocks, the rate of all ties' past stops, the tie's own past.
enum class Teller : std::uint8_t { hazard, all, own };
inline constexpr std::size_t kTellers = 3;

/// A rate of stops as the past lets it be known: gamma, with shape stops + ½ and so many weeks.
struct StopRate {
    double stops = 0;  ///< and a half
    double weeks = 0;

    double mean() const { return stops / weeks; }
    /// Chances of a stop within the horizons, over all that the rate may be: 1 − (weeks/(weeks + ahead))^stops.
    Chances chances() const;
};

/// Weeks and stops by tie, learnt so far.
struct RiskLearnt {
    RiskCells cells;
    std::vector<double> weeks;
    std::vector<std::size_t> stops;
    std::array<std::size_t, kMostGroups> shocks{};  ///< that touched ties at risk

    explicit RiskLearnt(std::size_t ties) : weeks(ties), stops(ties) {}
    void add(const RiskPiece& piece, const ShockDays& shocks);
    /// Of all ties: their stops + ½, by their weeks.
    StopRate all() const;
    /// Of one: its stops + ½, by its weeks and half a stop's time at the rate of all.
    StopRate own(std::size_t tie) const;
};

struct PastRisk {
    std::size_t tie = 0;
    Day origin;
    std::array<Chances, kTellers> by{};  ///< what each teller says
    const TieStop* stop = nullptr;       ///< the next one, within the longest horizon
    /// Whether it stopped within each horizon; nothing: it is not known, or not yet.
    std::array<std::optional<bool>, kRiskHorizons.size()> came;

    double told(std::size_t horizon) const { return by[static_cast<std::size_t>(Teller::hazard)][horizon]; }
};

struct PastRisks {
    std::vector<PastRisk> forecasts;  ///< by origin, then by tie
    std::size_t origins = 0;
    std::vector<std::string> not_fitted;
};

/// Goes back from a day in steps of 91 days and tells every tie at risk from what was known then.
///
/// Definition  learnt anew at each origin from the pieces that were over; facts dated later do not exist. A horizon that
///             reaches beyond `until` is not judged, whatever came of it by then; nor one in which it ceases to be known
///             whether the tie was stopped
/// Missing     origins by which fewer than `kFewestStops` had come make no forecast
/// Cost        a fit an origin, and draws · weeks ahead a forecast
/// Source      MEASURES.md 11, scores
PastRisks roll_risks(const RiskRecord& record, Day until, std::size_t draws);

/// What came of a tie after a day, as known by another.
void judge_risk(PastRisk& forecast, const TieTimeline& tie, Day until);

}  // namespace entente::measures::risk
