// The weeks in which ties could have stopped, cut where anything changes, and put together where all is alike.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "measures/risk/shock_groups.h"
#include "measures/risk/tie_timeline.h"

namespace entente::measures::risk {

inline constexpr std::int32_t kRiskYear = 365;

/// What was so on a day.
struct RiskState {
    std::int32_t years =
        0;  ///< whole years of 365 days since the last stop; without one, since the tie is watched
    std::int32_t earlier = 0;  ///< stops before
    ShockAges shocks{};

    friend auto operator<=>(const RiskState&, const RiskState&) = default;
};

/// Since when the years are counted on a day.
Day counted_from(const TieTimeline& tie, Day day);
/// Stops before a day.
std::int32_t stops_before(const TieTimeline& tie, Day day);
RiskState state_on(const TieTimeline& tie, const ShockDays& shocks, Day day);

/// A week at risk, or the part of one in which nothing changes.
struct RiskPiece {
    std::size_t tie = 0;
    Day first, last;
    bool stopped = false;  ///< on its last day
    RiskState state;

    double weeks() const { return (last - first + 1) / 7.0; }
};

/// Cuts the days at risk into pieces.
///
/// Definition  weeks end on the day asked and every seventh before it; they are cut besides where a stretch at risk begins
///             or ends, on the day of a shock, where one of its windows ends, and where a year since the last stop is full
/// Units       a part of a week counts as its share of seven days
/// Cost        O(weeks · (stops + shocks))
std::vector<RiskPiece> pieces_of(
    const TieTimeline& tie, const ShockDays& shocks, std::size_t number, Day until
);

/// Pieces in which all is alike, put together.
struct RiskCell {
    double free_weeks = 0;           ///< of the pieces without a stop
    std::vector<double> stop_weeks;  ///< of each piece with one
};

/// Exact: pieces of one tie and state enter the likelihood by the sum of their weeks, and one by one where a stop came.
class RiskCells {
public:
    void add(const RiskPiece& piece);
    const std::map<std::pair<std::size_t, RiskState>, RiskCell>& cells() const { return cells_; }
    double weeks() const { return weeks_; }
    std::size_t stops() const { return stops_; }

private:
    std::map<std::pair<std::size_t, RiskState>, RiskCell> cells_;
    double weeks_ = 0;
    std::size_t stops_ = 0;
};

}  // namespace entente::measures::risk
