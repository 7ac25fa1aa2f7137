#include "measures/risk/risk_outlook.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace entente::measures::risk {
namespace {

/// Days ahead on which nothing changes.
struct StretchAhead {
    std::int32_t days = 0;
    std::int32_t ends = 0;  ///< days from the day asked to its last one
    std::vector<double> row;
    std::vector<std::uint8_t> windows;  ///< by shock columns
};

/// The days ahead, cut where anything changes and at each horizon.
std::vector<StretchAhead> stretches_ahead(const RiskColumns& columns, const Outlook& outlook) {
    std::vector<StretchAhead> out;
    RiskState last{-1, 0, {}};
    for (std::int32_t ahead = 1; ahead <= kRiskHorizons.back(); ++ahead) {
        const Day day = outlook.from + ahead;
        const RiskState state{
            (day - outlook.counted_from) / kRiskYear, outlook.earlier, outlook.shocks.ages_on(day)};
        const bool after_horizon = std::ranges::find(kRiskHorizons, ahead - 1) != kRiskHorizons.end();
        if (state != last || after_horizon) {
            auto& one = out.emplace_back();
            one.row = columns.row(state);
            for (const auto& shock : columns.shock_columns())
                one.windows.push_back(shock.windows(state.shocks));
            last = state;
        }
        ++out.back().days;
        out.back().ends = ahead;
    }
    return out;
}

double hazard_of(const StretchAhead& stretch, const DrawnRisk& drawn) {
    double out = std::exp(drawn.constant + drawn.years * stretch.row[0] + drawn.earlier * stretch.row[1]);
    for (std::size_t c = 0; c < stretch.windows.size(); ++c) out *= drawn.times[c][stretch.windows[c]];
    return out * stretch.days / 7;
}

}  // namespace

Outlook outlook_of(const TieTimeline& tie, const ShockDays& shocks, Day from) {
    return {from, counted_from(tie, from + 1), stops_before(tie, from + 1), shocks.known_by(from)};
}

DrawnChances drawn_chances(
    const RiskColumns& columns, std::span<const DrawnRisk> draws, const Outlook& outlook
) {
    check(!draws.empty(), "chances are told by a draw at least");
    const auto stretches = stretches_ahead(columns, outlook);
    DrawnChances out;
    for (const auto& drawn : draws) {
        double sum = 0;
        for (const auto& stretch : stretches) {
            sum += hazard_of(stretch, drawn);
            for (std::size_t h = 0; h < kRiskHorizons.size(); ++h)
                if (stretch.ends == kRiskHorizons[h]) out[h].push_back(-std::expm1(-sum));
        }
    }
    return out;
}

Chances mean_chances(const DrawnChances& drawn) {
    Chances out{};
    for (std::size_t h = 0; h < out.size(); ++h)
        for (const double one : drawn[h]) out[h] += one / static_cast<double>(drawn[h].size());
    return out;
}

}  // namespace entente::measures::risk
