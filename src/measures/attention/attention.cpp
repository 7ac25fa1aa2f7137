#include "measures/attention/attention.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace entente::measures {
namespace {

/// Puts the fields of a row into the words of a rule.
std::string filled(std::string_view words, const Watched& row, const Watch& watch) {
    std::string out;
    while (!words.empty()) {
        const auto open = words.find('{');
        out += words.substr(0, open);
        if (open == std::string_view::npos) break;
        const auto close = words.find('}', open);
        out += shown_field(row, *watch.field(words.substr(open + 1, close - open - 1)));
        words.remove_prefix(close + 1);
    }
    return out;
}

/// The last possible day of a snooze.
std::optional<Day> last_of(const Snooze& snooze) {
    return snooze.until.to;
}

const Snooze* snooze_of(const WatchedTie& tie, const std::string& rule, const std::string& about) {
    const Snooze* out = nullptr;
    for (const auto& one : tie.facts.snoozes) {
        // The key as it is printed begins with the rule.
        std::string_view sought = one.about;
        if (sought.starts_with(rule + ":")) sought.remove_prefix(rule.size() + 1);
        if (one.rule != rule || (!sought.empty() && sought != about)) continue;
        if (!names_both(one.parties, tie.facts.tie.pair) || !last_of(one) || *last_of(one) < tie.at) continue;
        if (!out || *last_of(*out) < *last_of(one)) out = &one;
    }
    return out;
}

}  // namespace

bool comes_before(const AttentionItem& a, const AttentionItem& b) {
    if (!a.snoozed != !b.snoozed) return !a.snoozed;
    if (a.rule->severity != b.rule->severity) return a.rule->severity > b.rule->severity;
    if (a.since != b.since) return a.since > b.since;
    return a.key < b.key;
}

std::vector<AttentionItem> attention(const WatchedTie& tie, const AttentionRules& rules) {
    std::map<std::string, std::vector<Watched>> rows;
    std::vector<AttentionItem> out;
    for (const auto& rule : rules.rules) {
        const auto& watch = *find_watch(rule.watches);
        const auto [found, first] = rows.try_emplace(rule.watches);
        if (first) found->second = watch.look(tie);
        for (const auto& row : found->second) {
            if (!std::ranges::all_of(rule.when, [&](const Condition& one) { return one.holds(row); }))
                continue;
            out.push_back(
                {&rule,
                 fmt::format("{}:{}", rule.rule, row.about),
                 filled(rule.says, row, watch),
                 filled(rule.could_do, row, watch),
                 row.since,
                 row.records,
                 row,
                 snooze_of(tie, rule.rule, row.about)}
            );
        }
    }
    std::ranges::sort(out, comes_before);
    return out;
}

}  // namespace entente::measures
