#include "measures/tie/compare.h"

#include <fmt/format.h>

#include <cmath>

#include "measures/measure.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

using Strand = std::optional<std::size_t>;

bool is_known(const Strength& strength, const Strand& strand) {
    return strand ? strength.strands[*strand].fullness.has_value() : strength.total.has_value();
}

Cell chance_cell(const std::optional<double>& chance) {
    if (!chance) return {"cannot be said"};
    // So many draws do not show less than this.
    if (*chance > 0.995) return {"> 99 %", *chance};
    if (*chance < 0.005) return {"< 1 %", *chance};
    return {fmt::format("{:.0f} %", 100 * *chance), *chance};
}

std::vector<Cell> tie_row(const ComparedTie& tie, const Parameters& parameters, const Strand& strand) {
    const auto& strength = tie.strength;
    std::vector<Cell> out{{tie.partner}};
    if (strand) {
        const auto& one = strength.strands[*strand];
        out.push_back(
            one.fullness ? Cell{fmt::format(
                                    "{:.0f} % ({:.0f}–{:.0f})",
                                    100 * *one.fullness,
                                    100 * one.fullness_band.low,
                                    100 * one.fullness_band.high
                                ),
                                *one.fullness}
                         : Cell{"cannot be said"}
        );
    } else {
        out.push_back(
            strength.total ? Cell{shown_with_band(*strength.total, strength.band), *strength.total}
                           : Cell{"cannot be said"}
        );
    }
    out.push_back({shown_share(strength.seen), strength.seen});
    std::string counted_strands, others;
    for (const auto& one : strength.strands) {
        auto& list = one.fullness ? counted_strands : others;
        list += (list.empty() ? "" : ", ") + parameters.strands[one.strand].strand;
    }
    out.push_back({counted_strands.empty() ? "none" : counted_strands});
    return out;
}

/// Whether all that are known rest on the same strands.
bool same_strands(const std::vector<ComparedTie>& ties) {
    const Strength* first = nullptr;
    for (const auto& tie : ties) {
        if (!tie.strength.total) continue;
        if (!first) first = &tie.strength;
        for (std::size_t i = 0; i < tie.strength.strands.size(); ++i)
            if (tie.strength.strands[i].fullness.has_value() != first->strands[i].fullness.has_value())
                return false;
    }
    return true;
}

/// What each total is made of, strand by strand.
AnswerTable strands_table(const std::vector<ComparedTie>& ties, const Parameters& parameters) {
    AnswerTable table{
        "strands",
        "What each is made of: how full each strand is (band), its points of the total",
        {{"partner", "with", false, 0, 12},
         {"strand", "strand"},
         {"full", "full (band)", true},
         {"points", "points", true},
         {"coverage", "covered", false, 2}},
        {},
        "strength A B --explain opens each to its records.",
        true};
    for (const auto& tie : ties)
        for (const auto& one : tie.strength.strands)
            table.rows.push_back(
                {{tie.partner},
                 {parameters.strands[one.strand].name},
                 one.fullness ? Cell{shown_with_band(
                                         100 * *one.fullness,
                                         {100 * one.fullness_band.low, 100 * one.fullness_band.high}
                                     ) + " %",
                                     *one.fullness}
                              : Cell{"cannot be said"},
                 tie.strength.total && one.fullness ? Cell{fmt::format("{:.1f}", one.points), one.points}
                                                    : Cell{"not counted"},
                 {covered_words(one.coverage)}}
            );
    return table;
}

}  // namespace

std::optional<double> chance_stronger(const Strength& first, const Strength& second, const Strand& strand) {
    return strand ? probability_greater(first.strands[*strand], second.strands[*strand])
                  : probability_greater(first, second);
}

Answer compare_ties(
    const std::string& home,
    const std::vector<ComparedTie>& ties,
    const Parameters& parameters,
    const Strand& strand,
    Day at
) {
    Answer out;
    out.measure = "compare";
    out.parameters = parameters.shown();
    out.valid_at = at;
    out.unit = strand ? "share of full" : "of 100";
    AnswerTable each{
        "ties",
        strand ? fmt::format("How full is {}?", parameters.strands[*strand].name) : "How strong is each?",
        {{"partner", "with", false, 0, 12},
         {"strength", strand ? "full (band)" : "of 100 (band)", true},
         {"seen", "seen", true},
         {"strands", "strands that count", false, 1, 16}},
        {}};
    AnswerTable pairs{
        "pairs",
        "How likely the first is the stronger, over the same draws of the parameters",
        {{"first", "", false, 0, 12}},
        {}};
    std::size_t known = 0, sure = 0, asked = 0;
    for (const auto& tie : ties) {
        known += is_known(tie.strength, strand);
        each.rows.push_back(tie_row(tie, parameters, strand));
        pairs.columns.push_back({tie.partner, "than " + tie.partner, true});
    }
    for (std::size_t i = 0; i < ties.size(); ++i) {
        std::vector<Cell> row{{ties[i].partner}};
        for (std::size_t j = 0; j < ties.size(); ++j) {
            if (i == j) {
                row.push_back({"-"});
                continue;
            }
            const auto chance = chance_stronger(ties[i].strength, ties[j].strength, strand);
            row.push_back(chance_cell(chance));
            if (i < j && chance) ++asked, sure += std::fabs(*chance - 0.5) >= 0.45;
        }
        pairs.rows.push_back(std::move(row));
    }
    if (known < 2) {
        out.reason = "not covered";
        out.headline = fmt::format(
            "Nothing can be compared: of {} ties of {} too little is seen of {}.",
            ties.size(),
            home,
            ties.size() - known
        );
    } else {
        out.headline = fmt::format(
            "Of {} known well enough, {} of {} comparisons {} sure at 95 %. Over the parameters, not over "
            "what is missing "
            "from the record.",
            counted(known, "tie", "ties"),
            sure,
            asked,
            asked == 1 ? "is" : "are"
        );
        if (!strand && !same_strands(ties))
            out.warnings.push_back(
                "The ties do not rest on the same strands: compare one strand (--strand) that all have."
            );
    }
    out.tables.push_back(std::move(each));
    if (known >= 2) out.tables.push_back(std::move(pairs));
    out.tables.push_back(strands_table(ties, parameters));
    return out;
}

}  // namespace entente::measures
