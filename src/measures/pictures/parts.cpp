#include "measures/pictures/parts.h"

#include <algorithm>
#include <array>

#include "domain/declaration.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

using picture::Head;
using picture::place;
using picture::Rise;
using picture::Survey;

/// The actor on whose ground it took place; empty: neither, or nobody says.
std::string host_of(const Engagement& engagement, const Pair& pair) {
    if (engagement.host == pair.a || engagement.host == pair.b) return engagement.host;
    if (!engagement.host.empty()) return {};
    for (std::size_t i = 0; i < std::min(engagement.actors.size(), engagement.roles.size()); ++i)
        if (engagement.roles[i] == "host" &&
            (engagement.actors[i] == pair.a || engagement.actors[i] == pair.b))
            return engagement.actors[i];
    return {};
}

int height_of(const std::string& level) {
    constexpr std::array<std::string_view, 2> kHigh{"head_of_state", "minister"};
    constexpr std::array<std::string_view, 5> kMiddle{
        "chief_of_defence", "service_chief", "theatre_commander", "general_officer", "senior_official"};
    if (std::ranges::find(kHigh, level) != kHigh.end()) return 3;
    return std::ranges::find(kMiddle, level) != kMiddle.end() ? 2 : 1;
}

bool remote(const Engagement& engagement) {
    return engagement.category == "CAL" || engagement.subcategory == "video_call" ||
           engagement.subcategory == "telephone_link" || engagement.direction == "remote";
}

/// The end of a day lies at the beginning of the next one.
picture::Place after(Day day) {
    return place(day + 1);
}

}  // namespace

std::vector<const Engagement*> counted_contacts(const TieFacts& facts, Day on) {
    std::vector<const Engagement*> out;
    for (const auto& engagement : facts.engagements) {
        if (!is_contact(engagement) || !occurred_by(engagement, on)) continue;
        if (!names_both(engagement.actors, facts.pair)) continue;
        if (!facts.general_knowledge && engagement.evidence.rests_on_general_knowledge()) continue;
        out.push_back(&engagement);
    }
    std::ranges::stable_sort(out, {}, [](const auto* one) { return *one->held->from; });
    return out;
}

std::string strand_of(const std::string& category) {
    const auto* code = domain::Schema::builtin().list("engagement_category")->find(category);
    if (!code) return {};
    const auto strand = code->attributes.find("strand");
    return strand == code->attributes.end() ? std::string() : strand->second;
}

picture::Place middle_of(const domain::DateSpan& span) {
    const auto from = span.from.value_or(span.to.value_or(Day{}));
    return (place(from) + after(span.to.value_or(from))) / 2;
}

picture::Mark mark_of(const Engagement& engagement, const Pair& pair) {
    picture::Mark out;
    const auto& held = *engagement.held;
    out.from = place(*held.from);
    out.to = after(held.to.value_or(*held.from));
    out.exact = held.precision == domain::Precision::day || held.precision == domain::Precision::range;
    out.height = height_of(engagement.level);
    out.record = engagement.evidence.id;
    const auto host = host_of(engagement, pair);
    if (remote(engagement)) {
        out.head = Head::remote;
    } else if (host.empty()) {
        out.head = Head::elsewhere;
    } else {
        out.rise = host == pair.b ? Rise::up : Rise::down;
    }
    return out;
}

picture::Lane lane_of(
    const std::string& name, const std::vector<const Engagement*>& contacts, const Pair& pair
) {
    picture::Lane out{name};
    if (contacts.empty()) {
        out.note = "none on record";
        return out;
    }
    out.note = with_commas(static_cast<std::int64_t>(contacts.size())) + " on record";
    const Engagement* last = contacts.front();
    for (const auto* one : contacts) {
        out.marks.push_back(mark_of(*one, pair));
        out.directed |= out.marks.back().rise != Rise::level;
        if (*one->held->from > *last->held->from) last = one;
    }
    out.aside = "last\n" + last->held->to_words("–");
    return out;
}

picture::ShockMark mark_of(const Shock& shock) {
    using picture::ShockKind;
    static constexpr std::array<std::pair<std::string_view, ShockKind>, 8> kKinds{{
        {"arms_sale", ShockKind::arms_sale},
        {"sanction", ShockKind::law},
        {"law", ShockKind::law},
        {"incident", ShockKind::incident},
        {"coup", ShockKind::incident},
        {"test", ShockKind::incident},
        {"annexation", ShockKind::incident},
        {"war", ShockKind::incident},
    }};
    const auto kind = std::ranges::find(kKinds, shock.kind, &std::pair<std::string_view, ShockKind>::first);
    return {middle_of(shock.on), kind == kKinds.end() ? ShockKind::other : kind->second, shock.evidence.id};
}

picture::Stop stop_of(const Episode& episode, std::size_t number) {
    picture::Stop out;
    out.label = std::to_string(number);
    const Day from = episode.began.from.value_or(Day{});
    out.from = place(from);
    out.from_latest = place(episode.began.to.value_or(from));
    if (episode.ended && episode.ended->from) {
        out.to_earliest = place(*episode.ended->from);
        out.to = place(episode.ended->to.value_or(*episode.ended->from));
    } else {
        out.to = after(std::max(from, episode.last_said.value_or(from)));
    }
    return out;
}

picture::Stop stop_of(const Disruption& disruption) {
    Episode alone;
    alone.began = disruption.began;
    if (disruption.ended) alone.ended = *disruption.ended;
    if (disruption.last_known) alone.last_said = disruption.last_known->to;
    auto out = stop_of(alone, 0);
    out.label.clear();
    out.record = disruption.evidence.id;
    return out;
}

Survey survey_of(CoverageKind kind) {
    switch (kind) {
        case CoverageKind::census:
        case CoverageKind::sample:
            return Survey::dense;
        case CoverageKind::sparse:
            return Survey::thin;
        case CoverageKind::not_released:
            return Survey::withheld;
        case CoverageKind::not_covered:
            break;
    }
    return Survey::none;
}

std::vector<picture::Surveyed> survey_by_year(
    std::span<const Coverage> statements, const CoverageQuestion& question, Day first, Day last
) {
    std::vector<picture::Surveyed> out;
    for (int year = calendar(first).year; year <= calendar(last).year; ++year) {
        const auto from = place(std::max(first, *day_of(year, 1, 1)));
        const auto to = after(std::min(last, *day_of(year, 12, 31)));
        const auto how = survey_of(coverage_in_year(statements, question, year, last).kind);
        if (!out.empty() && out.back().how == how)
            out.back().to = to;
        else
            out.push_back({from, to, how});
    }
    return out;
}

std::vector<picture::Surveyed> blanks(std::vector<picture::Surveyed> survey) {
    std::erase_if(survey, [](const auto& one) {
        return one.how == Survey::dense || one.how == Survey::thin;
    });
    return survey;
}

}  // namespace entente::measures
