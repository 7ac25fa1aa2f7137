#include <fmt/format.h>

#include "domain/declaration.h"
#include "measures/shape/gaps.h"
#include "measures/shape/regularity.h"
#include "measures/shape/section.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

std::string rhythm_words(Rhythm rhythm) {
    switch (rhythm) {
        case Rhythm::regular:
            return "regular";
        case Rhythm::bursts:
            return "in bursts";
        case Rhythm::as_chance:
            return "as chance";
    }
    return {};
}

std::vector<Cell> row(const std::string& kind, const GapHistory& gaps, std::optional<Regularity> found) {
    std::vector<Evidence> records;
    for (const auto& [day, evidence] : gaps.days)
        records.insert(records.end(), evidence.begin(), evidence.end());
    const Cell too_few{fmt::format("too few: {} of {}", gaps.gaps.size(), kFewestGaps)};
    const bool any = !gaps.gaps.empty();
    return {
        {category_words(kind)},
        count_cell(gaps.days.size(), std::move(records)),
        count_cell(gaps.gaps.size()),
        any ? number_cell(median(gaps.lengths())) : Cell{"too few"},
        found ? Cell{fmt::format("{:+.2f}", found->burstiness), six_digits(found->burstiness)} : too_few,
        found ? Cell{fmt::format("{:+.2f} to {:+.2f}", found->by_chance.low, found->by_chance.high)}
              : Cell{"too few"},
        {found ? rhythm_words(found->rhythm) : "cannot be said"},
        count_cell(gaps.untold)};
}

std::string sentence(const std::map<Rhythm, std::vector<std::string>>& kinds) {
    if (kinds.empty()) return "Rhythm cannot be said: no kind has five gaps in covered time.";
    std::string out;
    for (const auto& [rhythm, names] : kinds)
        out += fmt::format("{}{} {}", out.empty() ? "" : "; ", listed(names), rhythm_words(rhythm));
    return fmt::format("Rhythm: {}.", out);
}

}  // namespace

Section regularity_section(const ShapeOnDay& shape) {
    AnswerTable table{
        "rhythm",
        "Can one set a watch by it?",
        {{"kind", "Kind"},
         {"days", "days with one", true},
         {"gaps", "gaps", true},
         {"median", "median, days", true},
         {"burstiness", "burstiness", true},
         {"by_chance", "by chance", true, 1},
         {"rhythm", "rhythm"},
         {"untold", "gaps not covered", true, 2}},
        {},
        "Burstiness: -1 all gaps equal, 0 as chance has it, to 1 in bursts; a word only outside of what "
        "chance gives in 90 "
        "of 100 draws.",
        false};
    std::vector<std::string> kinds;
    std::vector<GapHistory> histories;
    std::vector<std::vector<double>> lengths;
    for (const auto& code : domain::Schema::builtin().list("engagement_category")->codes) {
        if (!code.attributes.contains("strand")) continue;
        auto gaps = gap_history(contact_days(shape.facts.tie, {code.code}, shape.at));
        if (gaps.days.empty()) continue;
        kinds.push_back(code.code);
        lengths.push_back(gaps.lengths());
        histories.push_back(std::move(gaps));
    }
    const auto found = regularities(lengths);
    std::map<Rhythm, std::vector<std::string>> words;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (found[i]) words[found[i]->rhythm].push_back(category_words(kinds[i]));
        table.rows.push_back(row(kinds[i], histories[i], found[i]));
    }
    return {sentence(words), {std::move(table)}};
}

}  // namespace entente::measures
