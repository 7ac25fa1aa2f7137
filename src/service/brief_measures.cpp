// What the measures add to a brief: each in the sentence with which it answers.
#include <algorithm>

#include <fmt/format.h>

#include "measures/tie/strength.h"
#include "service/ask_measure.h"
#include "service/brief_parts.h"

namespace entente::service {
namespace {

/// A measure as the brief asks it.
struct Asked {
    const char* measure;
    const char* label;
    std::map<std::string, std::string> choices = {};
    std::vector<std::string> openings = {};  ///< paragraphs that begin so stand behind the headline
};

BriefMeasured said(const Asked& asked, const measures::Answer& answer) {
    BriefMeasured out{asked.measure, asked.label, answer.headline, answer.value, answer.unit, answer.reason};
    for (const auto& paragraph : answer.paragraphs)
        if (std::ranges::any_of(asked.openings, [&](const auto& one) { return paragraph.starts_with(one); }))
            out.text += " " + paragraph;
    return out;
}

/// The total at the end of each year of the brief, by the middle of the parameters.
std::vector<std::optional<double>> totals_by_year(
    const measures::TieFacts& facts, const std::vector<BriefYear>& years, Day on
) {
    auto middle = measures::builtin_parameters();
    middle.draws = 1;
    const measures::DrawnParameters drawn(middle);
    std::vector<std::optional<double>> out;
    for (const auto& year : years) {
        const Day at = std::min(on, *day_of(year.year, 12, 31));
        out.push_back(measures::strength(facts, measures::weigh(facts, middle, at), drawn, at).total);
    }
    return out;
}

bool any_open(const Brief& brief) {
    return std::ranges::any_of(brief.stops, [](const auto& stop) { return !stop.ended; });
}

}  // namespace

Result<void> add_measures(
    Brief& brief, ledger::RecordView& view, const BriefFacts& facts, const BriefRequest& request
) {
    const auto date = calendar(request.on);
    const auto year_before = day_of(date.year - 1, date.month, std::min(date.day, 28));
    std::vector<Asked> all{
        {"strength", "Strength", {{"against", to_iso(*year_before)}}, {"Against "}},
        {"overdue", "Overdue"},
    };
    // It goes through all past outages: only where something may be stopped.
    if (any_open(brief)) all.push_back({"forecast", "Forecast", {}, {"Its own past"}});
    MeasureRequest asked;
    asked.a = request.a, asked.b = request.b, asked.at = request.on;
    asked.general_knowledge = request.general_knowledge;
    for (const auto& one : all) {
        asked.measure = one.measure, asked.choices = one.choices;
        ENTENTE_ASSIGN_OR_RETURN(
            const auto answer, ask_measure(view, facts, asked, measures::builtin_parameters())
        );
        brief.measured.push_back(said(one, answer));
    }
    const PairRecord record(facts, {}, asked);
    brief.strength_by_year = totals_by_year(record.facts().tie, brief.years, request.on);
    return {};
}

}  // namespace entente::service
