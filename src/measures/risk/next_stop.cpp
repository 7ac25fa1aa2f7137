#include "measures/risk/next_stop.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "measures/risk/risk_tables.h"
#include "measures/words.h"

namespace entente::measures::risk {
namespace {

constexpr double kNormal95 = 1.6448536269514722;
constexpr std::size_t kOwn = 0, kOther = 1, kEarlier = 2;
/// Of `windows_after`: within 90 days.
constexpr std::uint8_t kWithin90 = 2;
/// Fewer stops with an answer, or without it, tell nothing of it.
constexpr std::size_t kEnoughStops = 3;

bool shock_within_90(const RiskState& state, ShockSide side) {
    for (std::size_t group = 0; group < 2 * shock_kinds().size(); ++group)
        if (side_of_group(group) == side && state.shocks[group] >= kWithin90) return true;
    return false;
}

std::vector<double> covariates_of(const RiskState& state) {
    return {
        shock_within_90(state, ShockSide::own) ? 1.0 : 0.0,
        shock_within_90(state, ShockSide::other) ? 1.0 : 0.0,
        std::log1p(static_cast<double>(state.earlier))};
}

double number_of(Day day) {
    return day - Day{0};
}

CoxCovariates first_columns(const CoxCovariates& of, std::size_t width, std::size_t rows) {
    CoxCovariates out{{of.names.begin(), of.names.begin() + static_cast<std::ptrdiff_t>(width)}};
    for (std::size_t i = 0; i < rows; ++i) {
        const auto row = of.row(i).first(width);
        out.values.insert(out.values.end(), row.begin(), row.end());
    }
    return out;
}

/// Stops and years of the stretches of which a column is 1.
struct Under {
    std::size_t stops = 0;
    double years = 0;
};

Under under(const StopRecurrence& record, std::size_t column) {
    Under out;
    std::size_t i = 0;
    for (const auto& unit : record.units)
        for (const auto& one : unit.at_risk) {
            if (record.covariates.row(i++)[column] != 1) continue;
            out.stops += one.event;
            out.years += (one.to - one.after) / 365.25;
        }
    return out;
}

Cell times_cell(const KeptCox& kept, const std::string& name, double step) {
    const auto found = std::ranges::find(kept.names, name);
    if (found == kept.names.end()) return {"cannot be told"};
    const auto k = static_cast<std::size_t>(found - kept.names.begin());
    const auto ratio = hazard_ratio(kept.fit, k, step, kNormal95);
    return {
        fmt::format(
            "{} ({}–{})", shown_number(ratio.ratio), shown_number(ratio.low), shown_number(ratio.high)
        ),
        ratio.ratio};
}

std::string note_words(const StopRecurrence& record, const NextStopFits& fits) {
    const auto in_order = [](const KeptCox& kept) {
        const auto share = kept.fit.concordance.share();
        return share ? fmt::format("{:.0f}", 100 * *share) : std::string("none");
    };
    return fmt::format(
        "{} of {}, among {} at risk for {:.0f} years. Shocks are listed by looking back from stops, so that "
        "their rows "
        "are upper bounds. Calendar: days since a pair was first at risk. Gap: since its last stop, with a "
        "course of its "
        "own after none, one, two or more. 90 % limits, the wider of those summed by pair and those stop by "
        "stop. Of two "
        "pairs learnt from, the one said to stop sooner did in {} and {} of 100; 50 are chance.",
        counted(record.stops, "stop", "stops"),
        counted(record.pairs_with_stops, "pair", "pairs"),
        record.units.size(),
        record.days / 365.25,
        in_order(fits.andersen_gill),
        in_order(fits.gap_time)
    );
}

}  // namespace

StopRecurrence stop_recurrence(const RiskRecord& record, Day until) {
    StopRecurrence out;
    out.covariates.names = {"own shock", "third's shock", "earlier stops"};
    for (std::size_t tie = 0; tie < record.ties.size(); ++tie) {
        RecurrentUnit unit;
        std::vector<double> last;
        std::size_t stops = 0;
        for (const auto& piece : pieces_of(record.ties[tie], record.shocks[tie], tie, until)) {
            const double after = number_of(piece.first) - 1, to = number_of(piece.last);
            const auto now = covariates_of(piece.state);
            out.days += to - after;
            stops += piece.stopped;
            const bool goes_on = !unit.at_risk.empty() && !unit.at_risk.back().event &&
                                 unit.at_risk.back().to == after && last == now;
            if (goes_on) {
                unit.at_risk.back().to = to;
                unit.at_risk.back().event = piece.stopped;
                continue;
            }
            unit.at_risk.push_back({after, to, piece.stopped});
            out.covariates.values.insert(out.covariates.values.end(), now.begin(), now.end());
            last = now;
        }
        if (unit.at_risk.empty()) continue;
        for (const Day onset : record.ties[tie].onsets) unit.events.push_back(number_of(onset));
        out.stops += stops;
        out.pairs_with_stops += stops > 0;
        out.units.push_back(std::move(unit));
    }
    return out;
}

Result<NextStopFits> fit_next_stop(const StopRecurrence& record) {
    ENTENTE_ASSIGN_OR_RETURN(
        const auto calendar, recurrent_rows(record.units, RecurrentForm::andersen_gill, kMostEarlierStops)
    );
    ENTENTE_ASSIGN_OR_RETURN(
        const auto gaps, recurrent_rows(record.units, RecurrentForm::gap_time, kMostEarlierStops)
    );
    NextStopFits out;
    ENTENTE_ASSIGN_OR_RETURN(out.andersen_gill, fit_cox_kept(calendar, record.covariates));
    ENTENTE_ASSIGN_OR_RETURN(
        out.gap_time, fit_cox_kept(gaps, first_columns(record.covariates, kEarlier, gaps.size()))
    );
    return out;
}

AnswerTable next_stop_table(const RiskAsked& asked) {
    AnswerTable table{
        "next_stop",
        "How soon the next stop comes (Andersen–Gill, gap time): so many times as fast",
        {{"what", "what", false, 0, 20},
         {"stops", "stops", true},
         {"years", "years at risk", true, 1},
         {"andersen_gill", "calendar", true},
         {"gap_time", "gap", true}},
        {},
        {},
        true};
    const auto record = stop_recurrence(asked.gathered.record, asked.from);
    const auto fits = fit_next_stop(record);
    if (!fits) {
        table.rows.push_back({{"too few: " + fits.error().message}, {}, {}, {}, {}});
        return table;
    }
    const auto add_shock = [&](const char* what, std::size_t column) {
        const auto found = under(record, column);
        const auto& name = record.covariates.names[column];
        const bool told = std::min(found.stops, record.stops - found.stops) >= kEnoughStops;
        table.rows.push_back(
            {{what},
             {fmt::format("{} of {}", found.stops, record.stops), static_cast<double>(found.stops)},
             {fmt::format("{:.1f}", found.years), found.years},
             told ? times_cell(fits->andersen_gill, name, 1) : Cell{"too few"},
             told ? times_cell(fits->gap_time, name, 1) : Cell{"too few"}}
        );
    };
    add_shock("shock by one of the two, 90 days", kOwn);
    add_shock("shock by a third, 90 days", kOther);
    table.rows.push_back(
        {{"each doubling of 1 + earlier stops"},
         {},
         {},
         times_cell(fits->andersen_gill, record.covariates.names[kEarlier], std::log(2.0)),
         {"own course"}}
    );
    table.note = note_words(record, *fits);
    return table;
}

}  // namespace entente::measures::risk
