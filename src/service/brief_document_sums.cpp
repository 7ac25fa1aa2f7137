#include <algorithm>

#include <fmt/format.h>

#include "measures/tie/parameters.h"
#include "measures/words.h"
#include "service/brief_document_parts.h"
#include "service/brief_words.h"

namespace entente::service {
namespace {

using measures::CoverageKind;
using measures::day_words;
using measures::with_commas;
using picture::Gauge;
using picture::Section;
using picture::Table;
using picture::Text;

constexpr std::int64_t kMicros = 1'000'000;

std::string places_words(const measures::TrainingSum& sum) {
    return sum.knows_people() ? with_commas(sum.people.sum) : "unknown";
}
std::string cost_words(const measures::TrainingSum& sum) {
    return sum.knows_cost() ? with_commas((sum.cost_micros.sum + kMicros / 2) / kMicros) : "unknown";
}

std::string withheld_words(const BriefTraining& training) {
    std::string years;
    for (const auto& stretch : training.covered)
        if (stretch.kind == CoverageKind::not_released)
            years += (years.empty() ? "" : ", ") + years_words(stretch.first, stretch.last);
    if (years.empty()) return {};
    return fmt::format(
        "Not released {}{}: {}.",
        years,
        training.by_law ? " by law" : "",
        training.grounds.empty() ? "the ground is not stated"
                                 : fmt::format("{}", fmt::join(training.grounds, "; "))
    );
}

std::string end_words(const BriefTraining& training) {
    if (training.covered.empty()) return "Not covered.";
    return "Not covered after " + day_words(measures::fiscal_year_end(training.covered.back().last)) + ".";
}

void add_groups(Table& table, const std::vector<BriefTrainingGroup>& groups, const char* before) {
    for (const auto& group : groups)
        table.rows.push_back(
            {{before + group.name,
              years_words(group.first, group.last),
              with_commas(group.sum.activities),
              places_words(group.sum),
              cost_words(group.sum)}}
        );
}

std::string capitalised(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

}  // namespace

Section strength_section(const Brief& brief) {
    Section out;
    const auto& now = brief.strength_now;
    const auto said = measured_words(brief, "strength");
    if (!now || !now->total) {
        out.blocks.push_back(Text{said.empty() ? "No total." : said, "Strength", 6});
        return out;
    }
    Gauge gauge;
    gauge.value = fmt::format("{:.0f}", *now->total);
    gauge.band = fmt::format("{:.0f}–{:.0f}", now->band.low, now->band.high);
    gauge.words = now->words;
    gauge.at = *now->total, gauge.low = now->band.low, gauge.high = now->band.high;
    gauge.outer_low = now->outer.low, gauge.outer_high = now->outer.high;
    const auto& parameters = measures::builtin_parameters();
    gauge.limits = {{parameters.thin_below, "thin"}, {parameters.strong_above, "strong"}};
    gauge.note = fmt::format(
        "Seen: {:.0f} % of what one would look at; with the unseen {:.0f} to {:.0f}.",
        100 * now->seen,
        now->outer.low,
        now->outer.high
    );
    // What the measure says against a year ago stands behind its headline.
    if (const auto at = said.find("Against "); at != std::string::npos) gauge.note += " " + said.substr(at);
    out.blocks.push_back(std::move(gauge));
    return out;
}

Section strands_section(const Brief& brief) {
    Section out{"Strands of strength", "in brackets: 90 of 100 draws", {}};
    const auto& now = brief.strength_now;
    if (!now) return out;
    const auto& parameters = measures::builtin_parameters();
    Table table;
    table.columns = {
        {"strand", false, 0, false, true},
        {"full", true, 0, true},
        {"points", true, 0, true},
        {"covered", false, 1, false, false, true}};
    table.least = now->strands.size();
    std::vector<double> points;
    for (const auto& strand : now->strands) points.push_back(strand.points);
    const auto shown = measures::shown_parts(points, now->total.value_or(0), 1);
    for (std::size_t i = 0; i < now->strands.size(); ++i) {
        const auto& strand = now->strands[i];
        std::string full = "unknown", part = now->total ? "not counted" : "no total";
        if (strand.fullness) {
            full = fmt::format(
                "{:.0f} % ({:.0f}–{:.0f})",
                100 * *strand.fullness,
                100 * strand.fullness_band.low,
                100 * strand.fullness_band.high
            );
            if (now->total) part = shown[i];
        }
        table.rows.push_back(
            {{capitalised(parameters.strands[strand.strand].name),
              full,
              part,
              measures::covered_words(strand.coverage)}}
        );
    }
    out.blocks.push_back(std::move(table));
    return out;
}

Section training_section(const Brief& brief) {
    Section out{"Training", "", {}};
    for (const auto& training : brief.training) {
        if (const auto withheld = withheld_words(training); !withheld.empty())
            out.blocks.push_back(Text{withheld + " " + end_words(training), "", 4});
        if (training.by.id.empty()) {
            if (out.blocks.empty()) out.blocks.push_back(Text{"None on record. " + end_words(training)});
            continue;
        }
        const auto words = fmt::format(
            "{} places in {} activities, USD {}, by {}. {}",
            places_words(training.sum),
            with_commas(training.sum.activities),
            cost_words(training.sum),
            training.by.name,
            end_words(training)
        );
        out.blocks.push_back(Text{words, "", 3});
        Table table;
        table.columns = {
            {"programme, then school", false, 1},
            {"fiscal years"},
            {"activities", true},
            {"places", true},
            {"cost, USD", true}};
        table.many = "programmes and schools";
        table.command = fmt::format("entente brief {} {} --all", brief.a.shortest(), brief.b.shortest());
        add_groups(table, training.programmes, "");
        add_groups(table, training.schools, "at ");
        out.blocks.push_back(std::move(table));
    }
    return out;
}

Section unseen_section(const Brief& brief) {
    Section out{"What we cannot see", "", {}};
    const auto add = [&](std::string lead, std::string words) {
        out.blocks.push_back(Text{std::move(words), std::move(lead), 4});
    };
    add("Contacts", covered_words(brief));
    if (brief.strength_now) {
        std::string unknown;
        const auto& parameters = measures::builtin_parameters();
        for (const auto& strand : brief.strength_now->strands)
            if (!strand.coverage.counts())
                unknown += (unknown.empty() ? "" : "; ") + parameters.strands[strand.strand].name + " " +
                           measures::covered_words(strand.coverage);
        if (!unknown.empty()) add("Strands", unknown + ".");
    }
    std::string weak;
    for (const auto& one : brief.weak) {
        weak += fmt::format(
            "{}{}: {}{}",
            weak.empty() ? "" : "; ",
            one.ground,
            with_commas(static_cast<std::int64_t>(one.records.size())),
            one.what.empty() ? "" : " " + one.what
        );
    }
    add("Weak evidence", (weak.empty() ? "none on record" : weak) + ".");
    return out;
}

}  // namespace entente::service
