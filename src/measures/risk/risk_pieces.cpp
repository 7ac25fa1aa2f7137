#include "measures/risk/risk_pieces.h"

#include <algorithm>
#include <set>

namespace entente::measures::risk {

Day counted_from(const TieTimeline& tie, Day day) {
    const auto after = std::ranges::lower_bound(tie.onsets, day);
    if (after != tie.onsets.begin()) return *std::prev(after);
    return std::min(day, tie.watched.value_or(tie.in_use.value_or(day)));
}

std::int32_t stops_before(const TieTimeline& tie, Day day) {
    return static_cast<std::int32_t>(std::ranges::lower_bound(tie.onsets, day) - tie.onsets.begin());
}

RiskState state_on(const TieTimeline& tie, const ShockDays& shocks, Day day) {
    return {(day - counted_from(tie, day)) / kRiskYear, stops_before(tie, day), shocks.ages_on(day)};
}

std::vector<RiskPiece> pieces_of(
    const TieTimeline& tie, const ShockDays& shocks, std::size_t number, Day until
) {
    std::vector<RiskPiece> out;
    const auto changes = shocks.changes();
    for (const auto& stretch : tie.at_risk) {
        if (stretch.first > until) break;
        const Day end = std::min(stretch.last, until);
        std::set<Day> begins{stretch.first};
        const auto cut = [&](Day day) {
            if (day > stretch.first && day <= end) begins.insert(day);
        };
        for (Day week = until + 1; week > stretch.first; week = week - 7) cut(week);
        for (const Day day : changes) cut(day);
        for (const Day onset : tie.onsets) cut(onset + 1);
        for (Day day = stretch.first; day <= end; day = day + 1)
            if ((day - counted_from(tie, day)) % kRiskYear == 0) cut(day);
        for (auto begin = begins.begin(); begin != begins.end(); ++begin) {
            const auto next = std::next(begin);
            const Day last = next == begins.end() ? end : *next - 1;
            const auto* stop = tie.next_stop(last - 1);
            const bool stopped = stop && stop->on == last;
            out.push_back({number, *begin, last, stopped, state_on(tie, shocks, *begin)});
        }
    }
    return out;
}

void RiskCells::add(const RiskPiece& piece) {
    auto& cell = cells_[{piece.tie, piece.state}];
    weeks_ += piece.weeks();
    stops_ += piece.stopped;
    if (piece.stopped)
        cell.stop_weeks.push_back(piece.weeks());
    else
        cell.free_weeks += piece.weeks();
}

}  // namespace entente::measures::risk
