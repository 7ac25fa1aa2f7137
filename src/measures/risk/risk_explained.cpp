// Why a risk says what it says: how such figures did, what raises it, where it was learnt, what was told before each stop.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "domain/declaration.h"
#include "measures/risk/risk_tables.h"
#include "measures/words.h"

namespace entente::measures::risk {
namespace {

constexpr double kNormal95 = 1.6448536269514722;

/// std::minmax of two texts that nobody else keeps would hand back references to nothing.
std::pair<std::string, std::string> ordered(std::string a, std::string b) {
    if (b < a) std::swap(a, b);
    return {std::move(a), std::move(b)};
}

std::string columns_words(const ShockColumns& columns) {
    const auto* side =
        side_of_group(columns.groups.front()) == ShockSide::own ? "by one of the two" : "by a third";
    if (columns.groups.size() > 1) return fmt::format("any rarer class, {}", side);
    const auto* code =
        domain::Schema::builtin().list("shock_kind")->find(kind_of_group(columns.groups.front()));
    return fmt::format("{}, {}", code->name, side);
}

/// exp of a sum of coefficients with its 90 % limits; `parts` are numbers of (constant, columns).
Cell times_cell(const RiskModel& model, const std::vector<std::size_t>& parts, double scale = 1) {
    const std::size_t size = model.columns.names().size() + 1 + model.ties;
    double sum = 0, variance = 0;
    for (const auto a : parts) {
        sum += scale * model.likeliest().fit.coefficients[a - 1];
        for (const auto b : parts) variance += scale * scale * model.likeliest().fit.covariance[a * size + b];
    }
    const double error = kNormal95 * std::sqrt(variance);
    return {
        fmt::format(
            "{} ({}–{})",
            shown_number(std::exp(sum)),
            shown_number(std::exp(sum - error)),
            shown_number(std::exp(sum + error))
        ),
        std::exp(sum)};
}

}  // namespace

AnswerTable risk_scores_table(const ToldRisk& told) {
    AnswerTable table{
        "scores",
        "How such chances did, beside what anybody could say",
        {{"teller", "told by", false, 0, 14},
         {"log_30", "log score 30", true, 3},
         {"log_90", "log score 90", true},
         {"log_365", "365", true},
         {"brier_30", "Brier 30", true, 3},
         {"brier_90", "Brier 90", true, 1},
         {"brier_365", "365", true, 1}},
        {},
        fmt::format(
            "Log score: higher is better. Brier, mean squared miss: lower is better. Judged: {}, {} and "
            "{} chances within 30, 90 and 365 days, of {}, {} and {} distinct stops. Told as if no further "
            "shock came; what came, came with all that did.",
            told.track[0].forecasts,
            told.track[1].forecasts,
            told.track[2].forecasts,
            told.track[0].stops,
            told.track[1].stops,
            told.track[2].stops
        ),
        false};
    if (told.track[1].forecasts == 0) return table;
    const auto add = [&](const char* name, Teller teller) {
        std::vector<Cell> row{{name}};
        const auto j = static_cast<std::size_t>(teller);
        for (const auto& track : told.track)
            row.push_back({fmt::format("{:.3f}", track.by[j].log_score), track.by[j].log_score});
        for (const auto& track : told.track)
            row.push_back({fmt::format("{:.4f}", track.by[j].brier), track.by[j].brier});
        table.rows.push_back(std::move(row));
    };
    add("this one", Teller::hazard);
    add("past of all pairs", Teller::all);
    add("the pair's own past", Teller::own);
    return table;
}

AnswerTable risk_calibration_table(const ToldRisk& told, std::size_t horizon) {
    auto out = calibration_table(
        fmt::format("calibration_{}", kRiskHorizons[horizon]),
        fmt::format("Chances told within {} days, and what came", kRiskHorizons[horizon]),
        told.track[horizon].calibration
    );
    // Steps are 91 days: a year ahead is told of four times over.
    out.explains = horizon != 1;
    return out;
}

AnswerTable effects_table(const ToldRisk& told) {
    AnswerTable table{
        "effects",
        "What goes with a higher or lower risk: so many times as likely",
        {{"what", "what", false, 0, 20},
         {"shocks", "learnt from", true, 1},
         {"within_30", "in 30 days", true},
         {"within_90", "in 90", true},
         {"within_365", "in a year", true}},
        {},
        fmt::format(
            "90 % limits. Spread between pairs of what is their own: {:g}.", told.model.likeliest().spread
        ),
        true};
    const auto& columns = told.model.columns;
    for (const auto& one : columns.shock_columns()) {
        const std::size_t first = one.first + 1;
        table.rows.push_back(
            {{columns_words(one)},
             {counted(one.shocks, "shock", "shocks"), static_cast<double>(one.shocks)},
             times_cell(told.model, {first, first + 1, first + 2}),
             times_cell(told.model, {first, first + 1}),
             times_cell(told.model, {first})}
        );
    }
    const double doubling = std::log(2.0);
    table.rows.push_back(
        {{"each doubling of 1 + years since the last stop"},
         {""},
         times_cell(told.model, {1}, doubling),
         {""},
         {""}}
    );
    table.rows.push_back(
        {{"each doubling of 1 + earlier stops"}, {""}, times_cell(told.model, {2}, doubling), {""}, {""}}
    );
    return table;
}

AnswerTable learnt_table(const RiskAsked& asked) {
    AnswerTable table{
        "learnt_from",
        "Pairs learnt from",
        {{"pair", "pair", false, 0, 20},
         {"years", "years at risk", true},
         {"stops", "stops in them", true},
         {"others", "others", true}},
        {},
        "Others: stops that began when the pair was not at risk.",
        true};
    const auto& record = asked.gathered.record;
    for (const auto& tie : record.ties) {
        double days = 0;
        std::size_t stops = 0;
        for (const auto& stretch : tie.at_risk) days += stretch.last - stretch.first + 1;
        std::vector<Evidence> records;
        for (const auto& stop : tie.stops) {
            stops += stop.counts();
            records.push_back(stop.outages.front()->evidence);
        }
        if (days == 0 && tie.stops.empty()) continue;
        const auto names = ordered(asked.facts.name(tie.pair.a), asked.facts.name(tie.pair.b));
        table.rows.push_back(
            {{names.first + " and " + names.second},
             {fmt::format("{:.1f}", days / 365.25), days / 365.25},
             {std::to_string(stops), static_cast<double>(stops), records},
             {std::to_string(tie.stops.size() - stops), static_cast<double>(tie.stops.size() - stops)}}
        );
    }
    std::ranges::sort(table.rows, [](const auto& a, const auto& b) {
        return std::tuple(-*a[1].number, a[0].text) < std::tuple(-*b[1].number, b[0].text);
    });
    return table;
}

AnswerTable stops_told_table(const RiskAsked& asked, const ToldRisk& told) {
    AnswerTable table{
        "stops_told",
        "The stops that came, and the chance told at the last look before",
        {{"stop", "began"},
         {"pair", "pair", false, 0, 16},
         {"looked", "looked at"},
         {"told", "within 90 days", true},
         {"rate", "rate of all", true},
         {"record", "record", false, 1}},
        {},
        "Looks are 91 days apart.",
        true};
    const auto& past = told.past.forecasts;
    for (std::size_t i = past.size(); i-- > 0;) {
        const auto& one = past[i];
        if (!one.stop || one.stop->on - one.origin > kRiskHorizons[1] + 1) continue;
        const auto& tie = asked.gathered.record.ties[one.tie];
        const auto* outage = one.stop->outages.front();
        const auto names = ordered(asked.facts.name(tie.pair.a), asked.facts.name(tie.pair.b));
        table.rows.push_back(
            {{outage->began.to_words("–"), {}, {outage->evidence}},
             {names.first + " and " + names.second},
             {day_words(one.origin)},
             Cell{chance_words(one.told(1)), one.told(1)},
             Cell{chance_words(one.by[1][1]), one.by[1][1]},
             {outage->evidence.shown_id()}}
        );
    }
    return table;
}

}  // namespace entente::measures::risk
