// Why a forecast says what it says: what it is made of, what goes with longer outages, every forecast of the past.
#include <fmt/format.h>

#include <cmath>

#include "domain/declaration.h"
#include "measures/forecast/forecast_tables.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

constexpr double kNormal95 = 1.6448536269514722;

std::string came_words(const JudgedForecast& one) {
    const auto days = [](double value) { return with_commas(static_cast<std::int64_t>(value)); };
    if (!one.came.ended()) return fmt::format("over {}", days(one.came.low));
    return one.came.exact() ? days(one.came.high)
                            : fmt::format("{}–{}", days(one.came.low + 1), days(one.came.high));
}

std::string verdict(Came came) {
    switch (came) {
        case Came::inside:
            return "inside";
        case Came::sooner:
            return "sooner";
        case Came::later:
            return "later";
        case Came::untold:
            return "cannot be told";
    }
    return "";
}

}  // namespace

std::string trait_words(const PairFacts& facts, const std::string& name) {
    const auto blank = name.find(' ');
    const auto question = name.substr(0, blank),
               answer = blank == std::string::npos ? "" : name.substr(blank + 1);
    if (question == "earlier") return "each doubling of 1 + earlier outages";
    if (question == "cause") {
        const auto* code = domain::Schema::builtin().list("shock_kind")->find(answer);
        return "cause: " + (code ? code->name : answer);
    }
    if (question == "stopped_by")
        return answer == "several" ? "stopped by both" : "stopped by " + facts.name(answer);
    return question == "scope" ? "the whole relationship" : answer + " level";
}

AnswerTable weights_table(const RestartForecast& forecast) {
    AnswerTable table{
        "weights",
        "What the forecast is made of, weighted by what each told of the past",
        {{"candidate", "candidate"}, {"weight", "weight", true}, {"log_score", "log score alone", true}},
        {},
        {},
        true};
    for (std::size_t j = 0; j < kCandidates; ++j) {
        const double weight = forecast.outages.front().weights[j], score = forecast.track.alone[j];
        table.rows.push_back({
            {j == kCurve ? "curve without covariates" : std::string(to_words(kLifetimeLaws[j]))},
            share_cell(weight),
            forecast.track.forecasts > 0 ? Cell{fmt::format("{:.2f}", score), score} : Cell{"too few"},
        });
    }
    return table;
}

AnswerTable effects_table(const PairFacts& facts, const RestartForecast& forecast) {
    const auto& learnt = forecast.learnt;
    std::size_t best = kLifetimeLaws.size();
    for (std::size_t j = 0; j < kLifetimeLaws.size(); ++j)
        if (learnt.fits[j] && (best == kLifetimeLaws.size() ||
                               forecast.outages.front().weights[j] > forecast.outages.front().weights[best]))
            best = j;
    AnswerTable table{
        "effects",
        "What goes with longer outages",
        {{"what", "what"},
         {"factor", "lasts times as long", true},
         {"low", "90 % from", true},
         {"high", "to", true}},
        {},
        {},
        true};
    if (best == kLifetimeLaws.size()) return table;
    const auto& fit = *learnt.fits[best];
    table.title += fmt::format(" ({} law, held to 1 by its priors)", to_words(fit.law));
    for (std::size_t k = 0; k < fit.coefficients.size(); ++k) {
        // A doubling of 1 + earlier outages is a step of ln 2.
        const double step =
            (learnt.columns.names()[k] == "earlier" ? std::log(2.0) : 1) / learnt.columns.spreads()[k];
        const double error = std::sqrt(fit.covariance[(k + 1) * fit.parameters() + k + 1]);
        const double effect = std::exp(step * fit.coefficients[k]);
        const double low = std::exp(step * (fit.coefficients[k] - kNormal95 * error));
        const double high = std::exp(step * (fit.coefficients[k] + kNormal95 * error));
        table.rows.push_back({
            {trait_words(facts, learnt.columns.names()[k])},
            {shown_number(effect), effect},
            {shown_number(low), low},
            {shown_number(high), high},
        });
    }
    if (!learnt.columns.left_out().empty())
        table.note = fmt::format(
            "Too few outages say, or all say the same: {}.", fmt::join(learnt.columns.left_out(), ", ")
        );
    return table;
}

AnswerTable past_table(const PairFacts& facts, const RestartForecast& forecast) {
    AnswerTable table{
        "past",
        "Every such forecast of the past",
        {{"outage", "outage"},
         {"pair", "pair", false, 1, 16},
         {"told_on", "told on"},
         {"came", "came after", true},
         {"place", "told by then", true},
         {"verdict", "80 % interval"}},
        {},
        "Came after: days from the day of the forecast. Told by then: the share that was forecast to have "
        "mended.",
        true};
    for (const auto& one : forecast.track.judged)
        table.rows.push_back({
            {one.forecast->outage->evidence.shown_id(), {}, {one.forecast->outage->evidence}},
            {sides_words(facts, *one.forecast->outage)},
            {day_words(one.forecast->origin)},
            {came_words(one),
             one.came.ended() ? std::optional((one.came.low + one.came.high) / 2) : std::nullopt},
            share_cell(one.place),
            {verdict(one.interval)},
        });
    return table;
}

}  // namespace entente::measures
