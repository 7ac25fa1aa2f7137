// What is overdue, as it is asked for and read.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "measures/register.h"
#include "measures/shape/overdue.h"
#include "measures/shape/section.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

constexpr std::size_t kGapsShown = 3;

std::string name_of(const Overdue& one) {
    return one.is_channel ? one.name : category_words(one.name);
}

bool is_late(Lateness lateness) {
    return lateness == Lateness::late || lateness == Lateness::overdue;
}

/// Something can be said of whether it is late on the day asked about.
bool is_judged(const Overdue& one) {
    switch (one.lateness) {
        case Lateness::late:
        case Lateness::in_time:
        case Lateness::overdue:
        case Lateness::not_overdue:
        case Lateness::longest_of_few:
            return one.to_the_day;
        default:
            return false;
    }
}

/// On the last day to which the present gap is told.
std::string lateness_words(const Overdue& one) {
    switch (one.lateness) {
        case Lateness::late:
            return fmt::format("late (cadence {})", with_commas(*one.cadence));
        case Lateness::in_time:
            return fmt::format("in time (cadence {})", with_commas(*one.cadence));
        case Lateness::overdue:
            return "overdue";
        case Lateness::not_overdue:
            return "not overdue";
        case Lateness::longest_of_few:
            return "longer than any before";
        case Lateness::too_few:
            return fmt::format("too few gaps: {} of {}", one.history.gaps.size(), kFewestGaps);
        case Lateness::stopped:
            return fmt::format("not applicable: {}", to_words(one.state));
        case Lateness::no_contact:
            return "none on record";
        case Lateness::not_covered:
            return "last one in uncovered time";
    }
    return {};
}

bool is_told(const Overdue& one) {
    return one.to_the_day || one.lateness == Lateness::stopped || one.lateness == Lateness::no_contact;
}

Cell verdict_cell(const Overdue& one) {
    auto records = one.lateness == Lateness::stopped ? one.because : one.coverage;
    return {is_told(one) ? lateness_words(one) : "cannot be said", {}, std::move(records)};
}

/// What was said when it could last be told.
std::string then_words(const Overdue& one) {
    return one.to_the_day ? "told to the day" : lateness_words(one);
}

std::string planned_words(const Overdue& one) {
    if (!one.next) return "none planned";
    const auto& on = one.next->planned ? one.next->planned : one.next->held;
    return fmt::format("expected {}", on->to_words("–"));
}

std::vector<Cell> row_of(const Overdue& one) {
    const auto& history = one.history;
    const auto last = history.last();
    const auto age = history.age();
    const bool any = !history.gaps.empty();
    Cell chance{"too few"};
    if (one.chance) chance = {shown_share(*one.chance), six_digits(*one.chance)};
    if (!history.told_to) chance = {"not told"};
    return {
        {name_of(one)},
        last ? Cell{day_words(*last), {}, history.days.rbegin()->second} : Cell{"none on record"},
        age ? Cell{with_commas(*age), static_cast<double>(*age)} : Cell{"not told"},
        {history.told_to ? day_words(*history.told_to) : "not told"},
        count_cell(history.gaps.size()),
        any ? number_cell(median(history.lengths())) : Cell{"too few"},
        std::move(chance),
        one.chance_limits ? Cell{fmt::format(
                                "{:.0f}–{:.0f} %", 100 * one.chance_limits->low, 100 * one.chance_limits->high
                            )}
                          : Cell{"none"},
        verdict_cell(one),
        {then_words(one)},
        {planned_words(one), {}, one.next ? std::vector{one.next->evidence} : std::vector<Evidence>()}};
}

AnswerTable table_of(const std::vector<Overdue>& found, bool channels) {
    AnswerTable table{
        channels ? "channels" : "kinds",
        channels ? "By channel" : "By kind",
        {{"name", channels ? "Channel" : "Kind", false, 0, 16},
         {"last", "last contact", false, 3},
         {"age", "days", true},
         {"told_to", "told to"},
         {"gaps", "gaps", true, 4},
         {"median", "median", true, 5},
         {"chance", "longer", true},
         {"limits", "95 %", true, 7},
         {"verdict", "late?"},
         {"then", "when told", false, 2},
         {"next", "next", false, 6}},
        {},
        {},
        false};
    std::vector<std::string> unused;
    for (const auto& one : found) {
        if (one.is_channel != channels) continue;
        if (one.lateness == Lateness::no_contact && !one.next && !one.cadence)
            unused.push_back(name_of(one));
        else
            table.rows.push_back(row_of(one));
    }
    if (!unused.empty()) table.note = fmt::format("No use on record: {}.", listed(unused));
    return table;
}

/// The longest gaps of each, with the contacts at their ends.
AnswerTable gaps_table(const std::vector<Overdue>& found) {
    AnswerTable table{
        "gaps",
        "The longest gaps before",
        {{"name", "Kind or channel", false, 0, 16},
         {"days", "days", true},
         {"from", "from"},
         {"to", "to"},
         {"records", "records"}},
        {},
        {},
        true};
    for (const auto& one : found) {
        auto gaps = one.history.gaps;
        std::ranges::stable_sort(gaps, std::greater(), &Gap::days);
        gaps.resize(std::min(gaps.size(), kGapsShown));
        for (const auto& gap : gaps) {
            const auto &before = one.history.days.at(gap.from), &after = one.history.days.at(gap.to);
            table.rows.push_back(
                {{name_of(one)},
                 {with_commas(gap.days()), static_cast<double>(gap.days())},
                 {day_words(gap.from), {}, before},
                 {day_words(gap.to), {}, after},
                 {before.front().shown_id() + ", " + after.front().shown_id()}}
            );
        }
    }
    return table;
}

std::string headline(const std::vector<Overdue>& found, std::size_t judged, const std::string& reason) {
    if (found.empty())
        return reason == "not covered" ? "Whether anything is late cannot be said: nothing is on record, and "
                                         "contacts are not covered."
                                       : "No contact and no channel is on record.";
    if (judged == 0)
        return "Whether anything is late cannot be said: no kind or channel that is covered to that day has "
               "a cadence or "
               "enough gaps.";
    std::vector<std::string> late;
    for (const auto& one : found)
        if (is_judged(one) && is_late(one.lateness)) late.push_back(name_of(one));
    if (late.empty())
        return fmt::format(
            "Nothing is late, of {} that can be judged.",
            counted(judged, "kind or channel", "kinds and channels")
        );
    return fmt::format(
        "Late: {}, of {} that can be judged.",
        listed(late),
        counted(judged, "kind or channel", "kinds and channels")
    );
}

/// What is late stands first, then what is nearest to it; what cannot be said last.
double urgency(const Overdue& one) {
    if (!is_judged(one)) return one.history.told_to ? 3 : 4;
    return is_late(one.lateness) ? 0 : 1 + one.chance.value_or(1);
}

/// Why nothing can be judged.
std::string reason(const std::vector<Overdue>& found, const TieFacts& facts, Day at) {
    if (std::ranges::any_of(found, &Overdue::to_the_day)) return "too few";
    const bool covered = std::ranges::any_of(std::array{"KLE", "DLG"}, [&](const char* kind) {
        const auto answer = coverage_on(facts.coverage, {facts.pair, "engagement", kind, ""}, at);
        return answer.kind == CoverageKind::census || answer.kind == CoverageKind::sample;
    });
    return found.empty() && covered ? "none on record" : "not covered";
}

void warn(Answer& out, const std::vector<Overdue>& found) {
    std::size_t imprecise = 0, left_out = 0, untold = 0;
    bool sample = false;
    for (const auto& one : found) {
        if (one.is_channel) continue;
        imprecise += one.history.imprecise;
        left_out += one.history.left_out;
        untold += one.history.untold;
        sample |= one.covered == CoverageKind::sample;
    }
    if (sample)
        out.warnings.emplace_back(
            "Of a sample: a contact may have taken place without being on record. Past gaps have the same "
            "holes."
        );
    if (imprecise > 0)
        out.warnings.push_back(fmt::format(
            "{} known to the month only stand in its middle.", counted(imprecise, "contact", "contacts")
        ));
    if (left_out > 0)
        out.warnings.push_back(
            fmt::format("{} not known to the month are left out.", counted(left_out, "contact", "contacts"))
        );
    if (untold > 0)
        out.warnings.push_back(
            fmt::format("{} with uncovered time in between are left out.", counted(untold, "gap", "gaps"))
        );
}

Result<Answer> ask(const PairFacts& facts, const MeasureQuestion& question) {
    auto found = overdue(facts, question.at);
    std::ranges::stable_sort(found, {}, urgency);
    Answer out = begin_answer(*find_measure("overdue"), facts, question);
    const auto judged = static_cast<std::size_t>(std::ranges::count_if(found, is_judged));
    if (judged > 0)
        out.value = static_cast<double>(std::ranges::count_if(found, [](const Overdue& one) {
            return is_judged(one) && is_late(one.lateness);
        }));
    else
        out.reason = reason(found, facts.tie, question.at);
    out.headline = headline(found, judged, out.reason);
    out.tables = {table_of(found, false), table_of(found, true), gaps_table(found)};
    if (found.empty()) return out;
    out.paragraphs.emplace_back(
        "Days: since the last contact, as far as they are told. Longer: the share of past gaps that last "
        "longer; below 10 % it "
        "is overdue. A declared cadence goes first: late after one and a half."
    );
    warn(out, found);
    return out;
}

}  // namespace

Measure overdue_measure() {
    return {
        .name = "overdue",
        .version = 1,
        .question = "Which kind of contact or channel is late, by its cadence or by its own past?",
        .unit = "kinds and channels",
        .uses_parameters = false,
        .choices = {},
        .references = {"MEASURES.md 7 and 16A", "Kaplan and Meier 1958"},
        .ask = ask,
    };
}

}  // namespace entente::measures
