// Forecasts as they are asked for and read: how soon will it mend?
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "measures/forecast/contact_tables.h"
#include "measures/forecast/forecast_tables.h"
#include "measures/pictures/pictures.h"
#include "measures/register.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

/// The id of the channel that a person named; empty where none was named.
/// Errors  invalid_argument: none of the pair's channels is called so
Result<std::string> channel_of(const PairFacts& facts, const MeasureQuestion& question) {
    const auto& typed = question.choice("channel");
    if (typed.empty()) return std::string();
    std::vector<std::string> known;
    for (const auto& one : facts.channels) {
        if (!names_both(one.parties, facts.tie.pair)) continue;
        if (typed == one.evidence.id || typed == one.evidence.source_id || typed == one.short_name ||
            typed == one.name)
            return one.evidence.id;
        known.push_back(one.short_name.empty() ? one.name : one.short_name);
    }
    return fail(
        ErrorCode::invalid_argument,
        "channel",
        fmt::format(
            "found '{}', expected {}",
            typed,
            known.empty() ? "none: the pair has no channel on record"
                          : fmt::format("one of: {}", fmt::join(known, "; "))
        )
    );
}

void add_restart(Answer& out, const PairFacts& facts, const RestartForecast& found) {
    const auto& first = found.outages.front();
    out.headline = restart_headline(found);
    if (first.median) {
        out.value = std::ceil(*first.median);
        const double high = first.late ? std::ceil(*first.late) : INFINITY;
        out.band = StatedBand{
            {std::ceil(first.soon.value_or(0)), high}, kForecastLevel, "chance, parameters, choice of law"};
    } else {
        out.reason = "over ten years";
    }
    out.paragraphs.push_back(learnt_words(found));
    for (auto& words : track_words(facts, found.track)) out.paragraphs.push_back(std::move(words));
    out.tables = {
        outages_table(facts, found),
        unseen_table(facts, found),
        alike_table(facts, found),
        scores_table(found.track)};
    for (std::size_t horizon = 0; horizon < kHorizons.size(); ++horizon)
        if (kHorizons[horizon] == 90) out.tables.push_back(calibration_table(found.track, horizon));
    out.warnings = restart_warnings(found);
}

void add_contacts(Answer& out, const PairFacts& facts, Day at) {
    std::vector<KindLeftOut> left_out;
    const auto contacts = next_contacts(facts, at, left_out);
    const auto years = next_years(facts, at);
    out.tables.push_back(next_contacts_table(contacts, left_out));
    out.tables.push_back(next_years_table(years));
    for (auto& words : contact_warnings(contacts, years, at)) out.warnings.push_back(std::move(words));
}

Result<Answer> ask(const PairFacts& facts, const MeasureQuestion& question) {
    ENTENTE_ASSIGN_OR_RETURN(const auto channel, channel_of(facts, question));
    Answer out = begin_answer(*find_measure("forecast"), facts, question);
    const auto found = forecast_restart(facts, question.at, channel);
    if (found) {
        add_restart(out, facts, *found);
    } else {
        out.reason = "too few";
        out.headline = fmt::format("Too few outages to learn from: {}.", found.error().message);
    }
    if (channel.empty()) add_contacts(out, facts, question.at);
    if (!found) return out;
    for (std::size_t horizon = 0; horizon < kHorizons.size(); ++horizon)
        if (kHorizons[horizon] != 90) out.tables.push_back(calibration_table(found->track, horizon));
    out.tables.insert(
        out.tables.end(),
        {weights_table(*found),
         effects_table(facts, *found),
         ends_table(facts, *found),
         past_table(facts, *found)}
    );
    return out;
}

}  // namespace

Measure forecast_measure() {
    return {
        .name = "forecast",
        .version = 1,
        .question = "How soon will it mend, and what comes next?",
        .unit = "days until half of such outages have mended",
        .uses_parameters = false,
        .learns_from_all = true,
        .choices =
            {
                {"channel", "", "CHANNEL", "One channel only, by its id, its id in the source, or its name"},
            },
        .references =
            {"MEASURES.md 11 and 16A",
             "Turnbull 1976",
             "Yao and others 2018",
             "Graf and others 1999",
             "Efron 1977",
             "Lin and Wei 1989"},
        .ask = ask,
        .draw = forecast_picture,
    };
}

}  // namespace entente::measures
