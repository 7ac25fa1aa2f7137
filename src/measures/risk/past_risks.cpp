#include "measures/risk/past_risks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace entente::measures::risk {
namespace {

/// A little more than 90 days, so that no day is told twice by the middle horizon.
constexpr std::int32_t kStepDays = 91;

std::vector<Day> origins_before(const RiskRecord& record, Day until) {
    std::optional<Day> first;
    for (const auto& tie : record.ties)
        if (!tie.at_risk.empty() && (!first || tie.at_risk.front().first < *first))
            first = tie.at_risk.front().first;
    std::vector<Day> out;
    if (first)
        for (Day day = until - kStepDays; day >= *first; day = day - kStepDays) out.push_back(day);
    std::ranges::reverse(out);
    return out;
}

/// Every tie at risk on a day, told from what was known by then.
void tell(
    PastRisks& out,
    const RiskRecord& record,
    const RiskLearnt& learnt,
    const RiskModel& model,
    Day origin,
    std::size_t draws
) {
    for (std::size_t i = 0; i < record.ties.size(); ++i) {
        if (record.ties[i].standing_after(origin) != Standing::at_risk) continue;
        PastRisk one{i, origin, {}, nullptr, {}};
        const auto outlook = outlook_of(record.ties[i], record.shocks[i], origin);
        one.by = {
            mean_chances(drawn_chances(model.columns, draw_risks(model, i, draws), outlook)),
            learnt.all().chances(),
            learnt.own(i).chances()};
        out.forecasts.push_back(one);
    }
}

}  // namespace

std::vector<RiskPiece> RiskRecord::pieces(Day until) const {
    std::vector<RiskPiece> out;
    for (std::size_t i = 0; i < ties.size(); ++i) {
        const auto of_tie = pieces_of(ties[i], shocks[i], i, until);
        out.insert(out.end(), of_tie.begin(), of_tie.end());
    }
    std::ranges::stable_sort(out, {}, &RiskPiece::last);
    return out;
}

Chances StopRate::chances() const {
    Chances out{};
    for (std::size_t h = 0; h < out.size(); ++h)
        out[h] = -std::expm1(-stops * std::log1p(kRiskHorizons[h] / 7.0 / weeks));
    return out;
}

void RiskLearnt::add(const RiskPiece& piece, const ShockDays& of_tie) {
    cells.add(piece);
    weeks[piece.tie] += piece.weeks();
    stops[piece.tie] += piece.stopped;
    for (std::size_t group = 0; group < kMostGroups; ++group)
        shocks[group] += of_tie.count(group, piece.first, piece.last);
}

StopRate RiskLearnt::all() const {
    return {static_cast<double>(cells.stops()) + 0.5, cells.weeks()};
}

StopRate RiskLearnt::own(std::size_t tie) const {
    return {static_cast<double>(stops[tie]) + 0.5, weeks[tie] + 0.5 / all().mean()};
}

void judge_risk(PastRisk& forecast, const TieTimeline& tie, Day until) {
    const auto* stop = tie.next_stop(forecast.origin);
    if (stop && stop->on - forecast.origin <= kRiskHorizons.back()) forecast.stop = stop;
    // At risk on every day from the next one to this one.
    Day at_risk = forecast.origin;
    for (const auto& stretch : tie.at_risk)
        if (stretch.first <= at_risk + 1 && stretch.last > at_risk) at_risk = stretch.last;
    for (std::size_t h = 0; h < kRiskHorizons.size(); ++h) {
        const Day end = forecast.origin + kRiskHorizons[h];
        if (end > until) continue;
        if (forecast.stop && forecast.stop->on <= std::min(end, at_risk))
            forecast.came[h] = true;
        else if (at_risk >= end)
            forecast.came[h] = false;
    }
}

PastRisks roll_risks(const RiskRecord& record, Day until, std::size_t draws) {
    PastRisks out;
    const auto pieces = record.pieces(until);
    RiskLearnt learnt(record.ties.size());
    auto piece = pieces.begin();
    for (const Day origin : origins_before(record, until)) {
        for (; piece != pieces.end() && piece->last <= origin; ++piece)
            learnt.add(*piece, record.shocks[piece->tie]);
        if (learnt.cells.stops() < kFewestStops) continue;
        const auto model = learn_risk(learnt.cells, record.ties.size(), learnt.shocks);
        if (!model) {
            out.not_fitted.push_back(fmt::format("{}: {}", to_iso(origin), model.error().message));
            continue;
        }
        ++out.origins;
        const auto before = out.forecasts.size();
        tell(out, record, learnt, *model, origin, draws);
        for (auto i = before; i < out.forecasts.size(); ++i)
            judge_risk(out.forecasts[i], record.ties[out.forecasts[i].tie], until);
    }
    return out;
}

}  // namespace entente::measures::risk
