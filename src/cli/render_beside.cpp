#include <algorithm>

#include <fmt/format.h>

#include "cli/render_brief.h"
#include "service/brief_words.h"

namespace entente::cli {
namespace {

using measures::CoverageKind;
using service::Brief;
using service::BriefInForce;
using service::BriefStudy;
using service::with_commas;

constexpr std::size_t kLabelCells = 12;

std::string years_words(const domain::DateSpan& period, const Style& style) {
    const auto first = calendar(*period.from).year, last = calendar(period.to.value_or(*period.from)).year;
    return first == last ? std::to_string(first) : fmt::format("{}{}{}", first, style.dash(), last);
}

std::string joined(const std::vector<std::string>& list) {
    return fmt::format("{}", fmt::join(list, ", "));
}

std::string exercises(const Brief& brief, const Style& style, bool short_form) {
    const auto* most = brief.exercises.most();
    if (!most) return {};
    std::size_t with = 0, single = 0;
    int first = 0, last = 0;
    for (const auto& year : brief.exercises.years) {
        single += year.single_records;
        if (year.number == 0) continue;
        ++with;
        first = first == 0 ? year.year : first, last = year.year;
    }
    auto text = fmt::format(
        "{} in {} of {}{}{}, most {} in {}; tallied ({})",
        with_commas(brief.exercises.total()),
        counted(with, "year", "years"),
        first,
        style.dash(),
        last,
        most->number,
        most->year,
        joined(brief.exercises.sources)
    );
    if (single > 0 && !short_form)
        text += fmt::format("; {} with single records left out", counted(single, "year", "years"));
    return labelled("Exercises", text, kLabelCells, style);
}

/// `at the study's end, 2010`: what comes after, nobody looked at.
std::string end_words(const BriefStudy& study) {
    return fmt::format("at the study's end, {}", study.last_year());
}

std::string agreements(const Brief& brief, const Style& style) {
    const auto& study = brief.agreements_in_force;
    if (study.spans.empty()) return {};
    const auto* now = study.current();
    const auto text = fmt::format(
        "{} of defence cooperation in force {} ({})",
        now ? std::to_string(now->number) : "none",
        end_words(study),
        joined(study.sources)
    );
    return labelled("Agreements", text, kLabelCells, style);
}

/// The year from which an unbroken row of spans leads to this one.
int since(const BriefStudy& study, const BriefInForce& last) {
    Day from = *last.period.from;
    for (auto span = study.spans.rbegin(); span != study.spans.rend(); ++span)
        if (span->period.to && *span->period.to + 1 == from) from = *span->period.from;
    return calendar(from).year;
}

std::string alliances(const Brief& brief, const Style& style, bool short_form) {
    const auto& study = brief.alliances;
    if (study.spans.empty()) return {};
    const auto* now = study.current();
    const auto& span = now ? *now : study.spans.back();
    auto text = counted(static_cast<std::size_t>(span.number), "treaty", "treaties");
    if (now)
        text += fmt::format(" {}, since {}: ", end_words(study), since(study, span));
    else
        text = fmt::format("none {}; {} in {}: ", end_words(study), text, years_words(span.period, style));
    text += joined(span.obligations);
    if (!short_form) text += " (" + joined(study.sources) + ")";
    return labelled("Alliance", text, kLabelCells, style);
}

std::string political(const Brief& brief, const Style& style, bool short_form) {
    const auto& political = brief.political;
    if (political.records.empty()) return {};
    auto text = fmt::format(
        "{} since {}",
        counted(political.records.size(), "visit", "visits"),
        calendar(*political.first->from).year
    );
    if (!short_form)
        text += fmt::format(
            ", {} to {} and {} to {}",
            political.by_a,
            isolated(brief.b.name, style),
            political.by_b,
            isolated(brief.a.name, style)
        );
    text += "; last " + political.last->to_words(style.dash());
    if (!short_form) text += ", " + political.label;
    return labelled("Political", text + "; shown, not counted", kLabelCells, style);
}

std::string not_covered(const Brief& brief, const Style& style) {
    std::vector<std::string> what;
    if (brief.training.empty()) what.emplace_back("training");
    if (brief.political.covered.empty() && brief.political.records.empty())
        what.emplace_back("political visits");
    return what.empty() ? std::string() : labelled("Not covered", joined(what), kLabelCells, style);
}

}  // namespace

std::string render_beside(const Brief& brief, const Style& style, bool short_form) {
    return exercises(brief, style, short_form) + agreements(brief, style) +
           alliances(brief, style, short_form) + political(brief, style, short_form) +
           not_covered(brief, style);
}

}  // namespace entente::cli
