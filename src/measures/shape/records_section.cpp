#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "measures/shape/reciprocity.h"
#include "measures/shape/section.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

constexpr std::size_t kRecordsShown = 15;

std::string travel_words(Travel travel, const ShapeOnDay& shape) {
    switch (travel) {
        case Travel::out:
            return shape.first();
        case Travel::in:
            return shape.second();
        case Travel::elsewhere:
            return "both";
        case Travel::nobody:
            return "nobody";
        case Travel::unknown:
            return "unknown";
    }
    return {};
}

}  // namespace

AnswerTable records_table(const Breadth& found, const ShapeOnDay& shape) {
    AnswerTable table{
        "records",
        "What it stands on, the most that is left first",
        {{"half_fulls", "of half-full", true},
         {"kind", "kind"},
         {"when", "when"},
         {"level", "level", false, 1, 16},
         {"travelled", "travelled"},
         {"record", "record"}},
        {},
        {},
        true};
    std::map<std::string, const Engagement*> engagements;
    for (const auto& one : shape.facts.tie.engagements) engagements[one.evidence.id] = &one;
    std::vector<std::pair<double, const RecordMass*>> lines;
    for (const auto& one : found.legs) {
        const auto& strand = shape.strands[one.leg->strand];
        const auto& of = shape.strand(one.leg->strand);
        for (const auto* record : one.leg->records)
            lines.emplace_back(
                stock_of(strand.going_on.held_on(record->on), of.half_life_days, shape.at) / of.half_full,
                record
            );
    }
    std::ranges::stable_sort(lines, std::greater(), &std::pair<double, const RecordMass*>::first);
    const std::size_t shown = std::min(lines.size(), kRecordsShown);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& [left, record] = lines[i];
        const auto engagement = engagements.find(record->evidence.id);
        const bool met = engagement != engagements.end();
        const std::string level = met ? engagement->second->level : "";
        table.rows.push_back(
            {number_cell(left),
             {leg_words(kind_of_leg(*record, shape.parameters()))},
             {span_of(*record).to_words("–")},
             {!met            ? "not applicable"
              : level.empty() ? "not stated"
                              : level_words(level)},
             {met ? travel_words(travel_of(*engagement->second, shape.facts.tie.pair), shape)
                  : "not applicable"},
             {record->evidence.shown_id(), {}, {record->evidence}}}
        );
    }
    if (lines.size() > shown)
        table.note = fmt::format("{} more; --json names all in the tables above.", lines.size() - shown);
    return table;
}

}  // namespace entente::measures
