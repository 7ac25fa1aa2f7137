#include "measures/attention/overview.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "measures/measure.h"
#include "measures/series/share_work.h"
#include "measures/tie/drawn_parameters.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

/// As many partners are named before one thing that many share.
constexpr std::size_t kNamed = 3;
/// As many things are listed before the reader is sent on.
constexpr std::size_t kListed = 10;
/// Place of a column in the table of items.
constexpr std::size_t kCouldDo = 2;

const std::string& short_of(const OverviewTie& tie) {
    return tie.code.empty() ? tie.name : tie.code;
}

std::string named(const std::vector<const OverviewTie*>& ties) {
    if (ties.size() > kNamed) return fmt::format("{} partners", ties.size());
    std::vector<std::string> names;
    for (const auto* tie : ties) names.push_back(tie->name);
    return fmt::format("{}", fmt::join(names, ", "));
}

std::vector<SharedItem> shared_items(
    const Overview& overview, std::vector<AttentionItem> OverviewTie::*which
) {
    std::map<std::pair<std::string, std::string>, SharedItem> by_words;
    for (const auto& tie : overview.ties)
        for (const auto& item : tie.*which) {
            auto& shared = by_words[{item.rule->rule, item.says}];
            if (!shared.item) shared.item = &item;
            shared.ties.push_back(&tie);
        }
    std::vector<SharedItem> out;
    for (auto& [words, shared] : by_words) out.push_back(std::move(shared));
    std::ranges::stable_sort(out, [](const SharedItem& a, const SharedItem& b) {
        return comes_before(*a.item, *b.item);
    });
    return out;
}

/// Of each tie and watch the foremost, and of all the foremost.
void keep_foremost(std::vector<SharedItem>& items) {
    std::set<std::pair<const OverviewTie*, std::string_view>> seen;
    std::erase_if(items, [&](const SharedItem& one) {
        return one.ties.size() == 1 && !seen.insert({one.ties.front(), one.item->rule->watches}).second;
    });
    items.resize(std::min(items.size(), kListed));
}

std::size_t pressing(const std::vector<SharedItem>& items) {
    return static_cast<std::size_t>(std::ranges::count(items, 3, [](const SharedItem& one) {
        return one.item->rule->severity;
    }));
}

std::vector<const OverviewTie*> in_state(const Overview& overview, TieState state) {
    std::vector<const OverviewTie*> out;
    for (const auto& tie : overview.ties)
        if (tie.standing.state == state) out.push_back(&tie);
    // Stops by the latest; everything else keeps the alphabet.
    if (state == TieState::stopped)
        std::ranges::stable_sort(out, std::greater(), [](const OverviewTie* tie) {
            return *tie->standing.stop->began.from;
        });
    return out;
}

Cell contact_cell(const TieStanding& standing) {
    if (!standing.last_contact) return {"none on record"};
    return {standing.last_contact->held->to_words("–"), {}, {standing.last_contact->evidence}};
}

Cell next_cell(const TieStanding& standing) {
    if (!standing.next) return {"none planned"};
    const auto& on = standing.next->planned ? standing.next->planned : standing.next->held;
    return {on->to_words("–"), {}, {standing.next->evidence}};
}

Cell items_cell(const OverviewTie& tie) {
    return {fmt::format("{}", tie.items.size()), static_cast<double>(tie.items.size())};
}

Cell strength_cell(const OverviewTie& tie) {
    return {tie.strength, tie.total};
}

AnswerTable stops_table(const std::vector<const OverviewTie*>& ties, TieState state, Day at) {
    const bool open = state == TieState::stopped;
    AnswerTable table{
        open ? "stopped" : "restored",
        fmt::format("{} ({})", open ? "Stopped, no end on record" : "Restored", ties.size()),
        {{"partner", "partner", false, 0, 10},
         {"what", "what stopped", false, 0, 16},
         {"since", open ? "since" : "stopped", false},
         {"ended", open ? "" : "resumed", false, open ? 9 : 0},
         {"days", "days", true, 2},
         {"last_contact", "last contact", false, 3},
         {"next", "next", false, 5},
         {"strength", "strength", false, 4},
         {"attention", "to see", true, 6}},
        {},
        {},
        false};
    for (const auto* tie : ties) {
        const auto& stop = *tie->standing.stop;
        const Day end = open ? at : *stop.ended->to;
        const auto days = end - *stop.began.from;
        table.rows.push_back(
            {{tie->name},
             {tie->stopped, {}, {stop.evidence}},
             {stop.began.to_words("–")},
             {open ? "" : stop.ended->to_words("–")},
             {with_commas(days), static_cast<double>(days)},
             contact_cell(tie->standing),
             next_cell(tie->standing),
             strength_cell(*tie),
             items_cell(*tie)}
        );
    }
    return table;
}

AnswerTable contacts_table(const std::vector<const OverviewTie*>& ties, TieState state) {
    AnswerTable table{
        state == TieState::active ? "active" : "quiet",
        fmt::format(
            "{} ({})",
            state == TieState::active ? "Active" : "Quiet: covered, and no contact within a year",
            ties.size()
        ),
        {{"partner", "partner", false, 0, 10},
         {"last_contact", "last contact", false},
         {"next", "next", false, 3},
         {"strength", "strength", false},
         {"attention", "to see", true, 4}},
        {},
        {},
        false};
    for (const auto* tie : ties)
        table.rows.push_back(
            {{tie->name},
             contact_cell(tie->standing),
             next_cell(tie->standing),
             strength_cell(*tie),
             items_cell(*tie)}
        );
    return table;
}

/// Those of whom the record does not speak to the day, by the day on which it ends.
AnswerTable ends_table(const std::vector<const OverviewTie*>& ties) {
    AnswerTable table{
        "record_ends",
        fmt::format(
            "The record ends before ({}): what came after is not known, which is not nothing", ties.size()
        ),
        {{"until", "until"}, {"number", "number", true}, {"partners", "partners", false, 0, 20}},
        {},
        {},
        false,
        true};
    std::map<std::optional<Day>, std::vector<std::string>, std::greater<>> by_end;
    for (const auto* tie : ties) by_end[tie->standing.covered_until].push_back(short_of(*tie));
    for (auto& [until, codes] : by_end) {
        std::ranges::sort(codes);
        table.rows.push_back(
            {{until ? day_words(*until) : "never covered"},
             {fmt::format("{}", codes.size()), static_cast<double>(codes.size())},
             {fmt::format("{}", fmt::join(codes, " "))}}
        );
    }
    return table;
}

AnswerTable names_table(std::string name, std::string title, std::vector<std::string> codes) {
    AnswerTable table{
        std::move(name),
        fmt::format("{} ({})", title, codes.size()),
        {{"number", "number", true, 1}, {"partners", "partners", false, 0, 20}},
        {},
        {},
        false,
        true};
    std::ranges::sort(codes);
    if (!codes.empty())
        table.rows.push_back(
            {{fmt::format("{}", codes.size()), static_cast<double>(codes.size())},
             {fmt::format("{}", fmt::join(codes, " "))}}
        );
    return table;
}

std::string headline(const Overview& overview) {
    const auto stopped = in_state(overview, TieState::stopped);
    const auto ended = in_state(overview, TieState::record_ends);
    std::vector<std::string> sentences;
    if (stopped.empty()) {
        sentences.emplace_back("No stop without an end is on record.");
    } else {
        std::vector<std::string> latest;
        for (std::size_t i = 0; i < std::min<std::size_t>(2, stopped.size()); ++i)
            latest.push_back(
                fmt::format("{} ({})", stopped[i]->name, stopped[i]->standing.stop->began.to_words("–"))
            );
        sentences.push_back(fmt::format(
            "{} a stop with no end on record{} {}.",
            stopped.size() == 1 ? "1 partner has" : fmt::format("{} partners have", stopped.size()),
            stopped.size() == 1   ? ":"
            : stopped.size() == 2 ? ":"
                                  : "; the latest are",
            fmt::join(latest, " and ")
        ));
    }
    if (!ended.empty())
        sentences.push_back(fmt::format(
            "Of {} the record does not speak to this day, which is not the same as nothing.",
            counted(ended.size(), "partner", "partners")
        ));
    return fmt::format("{}", fmt::join(sentences, " "));
}

Answer begin(
    const Overview& overview, const char* name, const AttentionRules& rules, const Parameters& parameters
) {
    Answer out;
    out.measure = name;
    out.parameters = fmt::format("{}, rules {}", parameters.shown(), rules.shown());
    out.subject = {overview.home_id};
    out.valid_at = overview.at;
    return out;
}

}  // namespace

OverviewTie overview_tie(
    const WatchedTie& tie, const AttentionRules& rules, std::string id, std::string code, std::string name
) {
    OverviewTie out{std::move(id), std::move(code), std::move(name), {}, {}, {}, {}, {}, {}};
    out.standing = tie_standing(tie, rules.restored_days, rules.quiet_days);
    if (const auto* stop = out.standing.stop) {
        std::vector<std::string> names;
        for (const auto& who : stop->stopped_by) names.push_back(tie.facts.name(who));
        out.stopped = stop->scope.empty() ? "not stated" : stop->scope;
        if (!names.empty()) out.stopped += fmt::format(", by {}", fmt::join(names, " and "));
    }
    out.total = tie.now.total;
    out.strength = tie.now.total
                       ? fmt::format("{}, {}", shown_with_band(*tie.now.total, tie.now.band), tie.now.words)
                       : fmt::format("{} seen, no total", shown_share(tie.now.seen));
    for (auto& item : attention(tie, rules))
        (item.snoozed ? out.put_off : out.items).push_back(std::move(item));
    return out;
}

std::vector<OverviewTie> overview_ties(
    std::span<const OverviewPartner> partners,
    const AttentionRules& rules,
    const Parameters& parameters,
    Day at,
    unsigned threads
) {
    constexpr int kYear = 365;
    const auto draws = drawn(parameters);
    std::vector<OverviewTie> out(partners.size());
    series::share_work(partners.size(), threads, [&](std::size_t first, std::size_t end) {
        for (std::size_t i = first; i < end; ++i) {
            const auto& [facts, id, code, name] = partners[i];
            const auto masses_now = weigh(facts->tie, parameters, at);
            const auto masses_then = weigh(facts->tie, parameters, at - kYear);
            const auto now = strength(facts->tie, masses_now, *draws, at);
            const auto then = strength(facts->tie, masses_then, *draws, at - kYear);
            out[i] = overview_tie({*facts, parameters, at, now, then}, rules, id, code, name);
        }
    });
    return out;
}

AnswerTable attention_table(const std::vector<SharedItem>& items, bool with_partners) {
    constexpr std::array kSeverity{"", "low", "middle", "high"};
    AnswerTable table{
        "attention",
        "Needs attention",
        {{"severity", "severity", false},
         {"says", "what", false, 0},
         {"could_do", "what one could do", false, 0},
         {"since", "since", false, 1},
         {"rule", "rule", false, 1},
         {"key", "key", false, 1},
         {"partners", "partners", false, 1}},
        {},
        {},
        false,
        true};
    for (const auto& [item, ties] : items) {
        const int severity = item->rule->severity;
        std::vector<std::string> who;
        for (const auto* tie : ties) who.push_back(short_of(*tie));
        auto records = ties.size() > 1 ? std::vector<Evidence>() : item->records;
        table.rows.push_back(
            {{kSeverity.at(static_cast<std::size_t>(severity)), static_cast<double>(severity)},
             {with_partners ? fmt::format("{}: {}", named(ties), item->says) : item->says,
              {},
              std::move(records)},
             {item->could_do},
             {day_words(item->since)},
             {item->rule->rule},
             {item->key},
             {fmt::format("{}", fmt::join(who, " "))}}
        );
    }
    return table;
}

AnswerTable put_off_table(const std::vector<SharedItem>& items, bool with_partners) {
    AnswerTable table{
        "put_off",
        "Put off",
        {{"until", "until", false},
         {"says", "what", false, 0},
         {"reason", "reason", false, 0},
         {"snooze", "snooze", false, 1}},
        {},
        {},
        false,
        true};
    for (const auto& [item, ties] : items)
        table.rows.push_back(
            {{item->snoozed->until.to_words("–"), {}, {item->snoozed->evidence}},
             {with_partners ? fmt::format("{}: {}", named(ties), item->says) : item->says, {}, item->records},
             {item->snoozed->reason.empty() ? "reason erased" : item->snoozed->reason},
             {item->snoozed->evidence.shown_id()}}
        );
    return table;
}

Answer overview_answer(
    const Overview& overview, const AttentionRules& rules, const Parameters& parameters, bool all
) {
    auto out = begin(overview, "brief", rules, parameters);
    out.headline = headline(overview);
    out.value = static_cast<double>(overview.ties.size());
    out.unit = "partners on record";
    auto items = shared_items(overview, &OverviewTie::items);
    const auto in_all = items.size();
    if (!all) keep_foremost(items);
    auto table = attention_table(items, true);
    if (!all)
        for (auto& row : table.rows) row[kCouldDo].text.clear();
    if (items.size() < in_all)
        table.note =
            fmt::format("And {} more: entente attention {}", in_all - items.size(), overview.home_code);
    out.tables.push_back(std::move(table));
    out.tables.push_back(put_off_table(shared_items(overview, &OverviewTie::put_off), true));
    for (const auto state : {TieState::stopped, TieState::restored})
        out.tables.push_back(stops_table(in_state(overview, state), state, overview.at));
    for (const auto state : {TieState::active, TieState::quiet})
        out.tables.push_back(contacts_table(in_state(overview, state), state));
    out.tables.push_back(ends_table(in_state(overview, TieState::record_ends)));
    std::vector<std::string> withheld;
    for (const auto* tie : in_state(overview, TieState::not_released)) withheld.push_back(short_of(*tie));
    out.tables.push_back(names_table("not_released", "Not released, and nothing else covered", withheld));
    auto nothing = names_table("nothing", "Nothing on record", overview.nothing);
    if (!all && !overview.nothing.empty()) {
        nothing.rows.front().back().text.clear();
        nothing.note = "--all names them.";
    }
    out.tables.push_back(std::move(nothing));
    return out;
}

Answer attention_of_all(const Overview& overview, const AttentionRules& rules, const Parameters& parameters) {
    auto out = begin(overview, "attention", rules, parameters);
    const auto items = shared_items(overview, &OverviewTie::items);
    out.value = static_cast<double>(items.size());
    out.unit = "things to look at";
    out.headline = items.empty() ? "Nothing that the rules look at needs attention."
                                 : fmt::format(
                                       "{} to look at with {}, {} of them pressing.",
                                       counted(items.size(), "thing", "things"),
                                       counted(overview.ties.size(), "partner", "partners"),
                                       pressing(items)
                                   );
    out.tables = {
        attention_table(items, true), put_off_table(shared_items(overview, &OverviewTie::put_off), true)};
    return out;
}

}  // namespace entente::measures
