// What needs attention in a tie, as it is asked for and read.
#include <fmt/format.h>

#include <algorithm>

#include "measures/attention/overview.h"
#include "measures/register.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

Result<Answer> ask(const PairFacts& facts, const MeasureQuestion& question) {
    const auto& rules = question.rules ? *question.rules : builtin_attention_rules();
    const std::vector<OverviewPartner> pair{{&facts, {}, {}, {}}};
    const auto tie = overview_ties(pair, rules, *question.parameters, question.at).front();
    const auto& items = tie.items;
    Answer out = begin_answer(*find_measure("attention"), facts, question);
    if (items.empty() && tie.standing.state == TieState::none_on_record)
        out.reason = "none on record";
    else
        out.value = static_cast<double>(items.size());
    const auto severe = std::ranges::count(items, 3, [](const auto& one) { return one.rule->severity; });
    out.headline =
        !out.value      ? "Nothing is on record that could need attention."
        : items.empty() ? "Nothing that the rules look at needs attention."
        : severe == 0
            ? fmt::format("{} to look at, none of them pressing.", counted(items.size(), "thing", "things"))
            : fmt::format(
                  "{} to look at, {} of them pressing.", counted(items.size(), "thing", "things"), severe
              );
    std::vector<SharedItem> listed, later;
    for (const auto& item : items) listed.push_back({&item, {}});
    for (const auto& item : tie.put_off) later.push_back({&item, {}});
    out.tables = {attention_table(listed, false), put_off_table(later, false)};
    out.tables.front().title.clear();
    out.parameters += ", rules " + rules.shown();
    for (const auto& snooze : facts.snoozes) {
        const bool runs = snooze.until.to && *snooze.until.to >= question.at;
        const bool used = std::ranges::any_of(tie.put_off, [&](const AttentionItem& item) {
            return item.snoozed->evidence.id == snooze.evidence.id;
        });
        if (runs && !used)
            out.warnings.push_back(fmt::format(
                "Snooze {} puts nothing off: no rule '{}' raises {} today.",
                snooze.evidence.shown_id(),
                snooze.rule,
                snooze.about.empty() ? "anything" : fmt::format("'{}'", snooze.about)
            ));
    }
    return out;
}

}  // namespace

Measure attention_measure() {
    return {
        .name = "attention",
        .version = 1,
        .question = "What needs attention, why, and what could one do?",
        .unit = "things to look at",
        .uses_parameters = true,
        .learns_from_all = true,
        .asked_of_all = true,
        .choices = {},
        .references = {"MEASURES.md 14"},
        .ask = ask,
    };
}

}  // namespace entente::measures
