#include <algorithm>

#include <fmt/format.h>

#include "cli/render_brief.h"
#include "service/brief_words.h"

namespace entente::cli {
namespace {

using measures::CoverageKind;
using measures::TrainingSum;
using service::BriefTraining;
using service::BriefTrainingGroup;
using service::with_commas;

constexpr std::size_t kLabelCells = 12;
constexpr std::size_t kFewLines = 4;  // below that a table tells too little
constexpr std::int64_t kMicros = 1'000'000;

std::string years_words(int first, int last, const Style& style) {
    return first == last ? std::to_string(first) : fmt::format("{}{}{}", first, style.dash(), last);
}

std::string places_words(const TrainingSum& sum) {
    return sum.knows_people() ? with_commas(sum.people.sum) : "unknown";
}
/// Whole dollars: the reports round, too.
std::string cost_words(const TrainingSum& sum) {
    if (!sum.knows_cost()) return "unknown";
    return with_commas((sum.cost_micros.sum + kMicros / 2) / kMicros);
}

/// The ground in the words of the statements, its first letter small unless it begins an abbreviation.
std::string ground_words(const BriefTraining& training) {
    std::string out = training.by_law ? " by law" : "";
    for (std::size_t i = 0; i < training.grounds.size(); ++i) {
        std::string words = training.grounds[i];
        const bool abbreviation = words.size() > 1 && words[1] >= 'A' && words[1] <= 'Z';
        if (!abbreviation && !words.empty() && words[0] >= 'A' && words[0] <= 'Z')
            words[0] = static_cast<char>(words[0] - 'A' + 'a');
        out += (i == 0 ? ": " : "; ") + words;
    }
    return out;
}

/// `not covered after 30 Sep 2016; not released 2004–2016 by law: …`
std::string coverage_words(const BriefTraining& training, const Style& style) {
    if (training.covered.empty()) return "not covered";
    std::string out;
    for (const auto& stretch : training.covered)
        if (stretch.kind == CoverageKind::not_released)
            out += (out.empty() ? "not released " : ", ") + years_words(stretch.first, stretch.last, style);
    if (!out.empty()) out += ground_words(training) + "; ";
    return out + "not covered after " + day_words(measures::fiscal_year_end(training.covered.back().last));
}

std::string missing_words(const TrainingSum& sum) {
    std::string out;
    if (sum.people.missing > 0 && sum.knows_people())
        out += fmt::format("; {} without a number of people", with_commas(sum.people.missing));
    if (sum.cost_micros.missing > 0 && sum.knows_cost())
        out += fmt::format("; {} without a cost", with_commas(sum.cost_micros.missing));
    return out;
}

std::string counted_from(const BriefTraining& training) {
    std::size_t lines = 0, tallies = 0;
    for (const auto& year : training.years)
        if (!year.records.empty()) ++(year.single_lines ? lines : tallies);
    if (tallies == 0) return "from training lines on record";
    return lines == 0 ? "tallied from the reports"
                      : fmt::format(
                            "{} from training lines on record, else tallied from the reports",
                            counted(lines, "year", "years")
                        );
}

/// Places, activities, cost and years.
std::string sum_words(const BriefTraining& training, bool short_form, const Style& style) {
    int first = 0, last = 0;
    for (const auto& year : training.years)
        if (!year.records.empty()) first = first == 0 ? year.fiscal_year : first, last = year.fiscal_year;
    const auto activities =
        short_form ? std::string()
                   : fmt::format(
                         " in {}",
                         counted(static_cast<std::size_t>(training.sum.activities), "activity", "activities")
                     );
    return fmt::format(
        "{} places{}, USD {}, fiscal {} {}, by {}",
        places_words(training.sum),
        activities,
        cost_words(training.sum),
        first == last ? "year" : "years",
        years_words(first, last, style),
        training.by.shortest()
    );
}

bool withheld(const BriefTraining& training) {
    return std::any_of(training.covered.begin(), training.covered.end(), [](const auto& one) {
        return one.kind == CoverageKind::not_released;
    });
}

std::string summary(const BriefTraining& training, bool short_form, const Style& style) {
    std::string text;
    if (!training.by.id.empty()) {
        text = sum_words(training, short_form, style);
        if (!short_form) text += missing_words(training.sum) + "; " + counted_from(training);
        if (!short_form || withheld(training)) text += "; " + coverage_words(training, style);
    } else {
        text = (withheld(training) ? "" : "none on record; ") + coverage_words(training, style);
    }
    return labelled("Training", text, kLabelCells, style);
}

void add_rows(
    std::vector<Row>& rows,
    const std::vector<BriefTrainingGroup>& groups,
    std::size_t count,
    std::string_view before,
    const Style& style
) {
    for (std::size_t i = 0; i < std::min(count, groups.size()); ++i) {
        const auto& group = groups[i];
        Row row;
        row.cells = {
            fmt::format("{}{}", before, group.name),
            years_words(group.first, group.last, style),
            with_commas(group.sum.activities),
            places_words(group.sum),
            cost_words(group.sum)};
        rows.push_back(std::move(row));
    }
}

/// Programmes, then schools, in at most `room` lines.
std::string table(const BriefTraining& training, std::size_t room, const Style& style) {
    const std::vector<Column> columns{
        {"Programme, then school", Align::left, 0, 20},
        {"years"},
        {"activities", Align::right, 1},
        {"places", Align::right},
        {"cost, USD", Align::right}};
    // A heading, and a line that counts the rest. Three fifths of the rows for the programmes.
    const std::size_t rows = room > 2 ? room - 2 : 0;
    std::size_t schools = std::min(training.schools.size(), rows / 5 * 2);
    const std::size_t programmes = std::min(training.programmes.size(), rows - schools);
    schools = std::min(training.schools.size(), rows - programmes);
    std::vector<Row> lines;
    add_rows(lines, training.programmes, programmes, "", style);
    add_rows(lines, training.schools, schools, "at ", style);
    auto out = lay_out(columns, lines, true, style).text;
    std::vector<std::string> more;
    if (const auto rest = training.programmes.size() - programmes; rest > 0)
        more.push_back(fmt::format("{} more programmes", rest));
    if (const auto rest = training.schools.size() - schools; rest > 0)
        more.push_back(fmt::format("{} more schools", rest));
    return more.empty() ? out : out + fmt::format("  {}: --all\n", fmt::join(more, ", "));
}

}  // namespace

std::string render_training(const service::Brief& brief, const Style& style, std::size_t room) {
    std::string out;
    for (const auto& training : brief.training) {
        out += summary(training, room == 0, style);
        const auto used = static_cast<std::size_t>(std::count(out.begin(), out.end(), '\n'));
        const std::size_t left = room > used ? room - used : 0;
        if (!training.programmes.empty() && left >= kFewLines) out += table(training, left, style);
    }
    return out;
}

}  // namespace entente::cli
