#include <fmt/format.h>

#include "measures/shape/depth.h"
#include "measures/shape/section.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

std::string sentence(const Depth& found) {
    if (!found.any_counts) return "Depth cannot be said: neither leaders nor dialogue is covered.";
    if (!found.both.share) return "Depth: nothing is left of leaders and dialogue.";
    std::string out = fmt::format(
        "Depth: {} of what is left of leaders and dialogue stands at the top",
        share_cell(*found.both.share, found.both.band).text
    );
    if (found.both.unstated > 0)
        out += fmt::format("; the level of {} is not stated", shown_share(found.both.unstated));
    return out + ".";
}

Cell top_cell(const TopShare& top) {
    return top.share ? share_cell(*top.share, top.band, evidence_of(top.top)) : Cell{"none on record"};
}

std::vector<Cell> strand_row(const StrandDepth& one, const ShapeOnDay& shape) {
    const auto& strand = shape.strands[one.strand];
    const bool counts = strand.counts();
    Cell top{"not applicable"}, unstated{"not applicable"}, days{"cannot be said"};
    if (one.top) {
        top = counts ? top_cell(*one.top) : Cell{"cannot be said"};
        unstated = counts && one.top->share ? Cell{shown_share(one.top->unstated), one.top->unstated}
                   : counts                 ? Cell{"none on record"}
                                            : Cell{"cannot be said"};
    }
    if (counts && one.lengths.events == 0) days = {"none on record"};
    if (counts && one.lengths.events > 0)
        days = one.lengths.mean_days ? number_cell(*one.lengths.mean_days) : Cell{"unknown"};
    return {
        {shape.strand(one.strand).name},
        top,
        unstated,
        count_cell(one.lengths.events, one.lengths.records),
        days,
        count_cell(one.lengths.unknown.size(), one.lengths.unknown),
        {covered_words(strand.coverage), {}, strand.coverage.statements}};
}

}  // namespace

Section depth_section(const ShapeOnDay& shape) {
    const auto found = depth(shape.facts.tie, shape.strands, shape.drawn_strands, shape.drawn, shape.at);
    AnswerTable table{
        "depth",
        "Does it reach the top, and last?",
        {{"strand", "Strand"},
         {"top", "at the top", true},
         {"unstated", "level not stated", true, 2},
         {"events", "events", true},
         {"mean_days", "days each", true},
         {"days_unknown", "days unknown", true, 1},
         {"coverage", "covered", false, 3}},
        {},
        "The top: general and flag officers, senior officials and above. Promises are not on record as such "
        "yet, so "
        "what was committed to cannot be said.",
        false};
    for (const auto& one : found.strands) table.rows.push_back(strand_row(one, shape));
    return {sentence(found), {std::move(table)}};
}

}  // namespace entente::measures
