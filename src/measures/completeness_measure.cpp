// How complete is the record? By the overlap of two lists of the same contacts.
//
// Definition  a list: the contacts of the pair that cite one source. Two lists are compared over the days on which both
//             speak: from the later of their first contacts to the earlier of their last, a few days more at either end. A contact stands on both when it
//             cites both, or when each has one of the same kind whose days lie within a few of each other, matched in the
//             order of their days, each once. Then completeness_by_overlap
// Units       contacts
// Missing     fewer than two lists of enough contacts, or no overlap: no number, and why
// Cost        O(lists² · n log n)
// Source      MEASURES.md 3; Chapman 1951
#include "measures/completeness.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "measures/contact_days.h"
#include "measures/register.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

constexpr std::size_t kFewest = 5;  ///< contacts of a list
constexpr std::size_t kShown = 8;   ///< couples of lists
constexpr std::int64_t kMostWithin = 60;

/// The contacts of a source, by their first day.
struct List {
    std::string source;
    std::vector<const Engagement*> contacts;
};

struct Couple {
    const List *first = nullptr, *second = nullptr;
    Window window;
    std::size_t in_first = 0, in_second = 0, matched = 0;
    Completeness found;
};

Day first_day(const Engagement& one) {
    return *one.held->from;
}
Day last_day(const Engagement& one) {
    return *one.held->to;
}

std::vector<List> lists_of(
    const PairFacts& facts, const std::vector<std::string>& kinds, const Window& window
) {
    std::map<std::string, List> by_source;
    for (const auto& one : facts.tie.engagements) {
        if (!is_contact(one) || !occurred_by(one, window.last) || !names_both(one.actors, facts.tie.pair) ||
            !contains(kinds, one.category))
            continue;
        if (!one.held || !one.held->from || !one.held->to) continue;
        if (first_day(one) < window.first || last_day(one) > window.last) continue;
        for (const auto& source : one.evidence.sources) {
            auto& list = by_source[source];
            list.source = source;
            list.contacts.push_back(&one);
        }
    }
    std::vector<List> out;
    for (auto& [id, list] : by_source) {
        if (list.contacts.size() < kFewest) continue;
        std::ranges::sort(list.contacts, {}, [](const Engagement* one) {
            return std::pair(first_day(*one), one->evidence.id);
        });
        out.push_back(std::move(list));
    }
    return out;
}

std::vector<const Engagement*> within(const List& list, const Window& window) {
    std::vector<const Engagement*> out;
    for (const auto* one : list.contacts)
        if (first_day(*one) >= window.first && last_day(*one) <= window.last) out.push_back(one);
    return out;
}

bool alike(const Engagement& a, const Engagement& b, int days) {
    return a.category == b.category && first_day(a) - last_day(b) <= days &&
           first_day(b) - last_day(a) <= days;
}

/// How many of the first stand in the second, too, each once.
std::size_t matched(
    const std::vector<const Engagement*>& first, const std::vector<const Engagement*>& second, int days
) {
    std::size_t out = 0;
    std::vector<const Engagement*> rest, open;
    for (const auto* one : second)
        (std::ranges::find(first, one) == first.end() ? open : rest).push_back(one);
    out = rest.size();
    for (const auto* one : first) {
        if (std::ranges::find(rest, one) != rest.end()) continue;
        const auto found =
            std::ranges::find_if(open, [&](const auto* other) { return alike(*one, *other, days); });
        if (found == open.end()) continue;
        open.erase(found);
        ++out;
    }
    return out;
}

std::vector<Couple> couples_of(const std::vector<List>& lists, int days) {
    std::vector<Couple> out;
    for (std::size_t i = 0; i < lists.size(); ++i)
        for (std::size_t j = i + 1; j < lists.size(); ++j) {
            Couple one{&lists[i], &lists[j], {}, 0, 0, 0, {}};
            const auto last = [](const List& list) {
                return last_day(**std::ranges::max_element(list.contacts, {}, [](const auto* contact) {
                    return last_day(*contact);
                }));
            };
            one.window = {
                std::max(first_day(*lists[i].contacts.front()), first_day(*lists[j].contacts.front())) - days,
                std::min(last(lists[i]), last(lists[j])) + days};
            if (one.window.last < one.window.first) continue;
            const auto first = within(lists[i], one.window), second = within(lists[j], one.window);
            one.in_first = first.size(), one.in_second = second.size();
            one.matched = matched(first, second, days);
            one.found = completeness_by_overlap(
                static_cast<std::int64_t>(one.in_first),
                static_cast<std::int64_t>(one.in_second),
                static_cast<std::int64_t>(one.matched)
            );
            out.push_back(std::move(one));
        }
    std::ranges::stable_sort(out, std::greater(), &Couple::matched);
    return out;
}

std::string name_of(const List& list, const PairFacts& facts) {
    const auto found = facts.sources.find(list.source);
    if (found == facts.sources.end()) return list.source.substr(0, 8);
    return found->second.key.empty() ? found->second.title : found->second.key;
}

std::string range_of(const Interval& interval) {
    return fmt::format("{:.0f}–{:.0f}", interval.low, interval.high);
}

std::vector<Cell> row_of(const Couple& one, const PairFacts& facts) {
    const auto number = [](std::size_t value) {
        return Cell{with_commas(static_cast<std::int64_t>(value)), static_cast<double>(value)};
    };
    const bool told = one.found.reason.empty();
    return {
        {name_of(*one.first, facts)},
        {name_of(*one.second, facts)},
        {fmt::format("{} to {}", day_words(one.window.first), day_words(one.window.last))},
        number(one.in_first),
        number(one.in_second),
        number(one.matched),
        told
            ? Cell{fmt::format("{:.0f} ({})", one.found.whole, range_of(one.found.interval)), one.found.whole}
            : Cell{one.found.reason},
        told ? Cell{"at most " + shown_share(one.found.share), one.found.share} : Cell{"cannot be said"}};
}

/// What each source lists, and how two lists are compared.
AnswerTable lists_table(const std::vector<List>& lists, const PairFacts& facts, int days) {
    AnswerTable table{
        "lists",
        "What each source lists",
        {{"source", "source", false, 0, 12},
         {"contacts", "contacts", true},
         {"first", "first"},
         {"last", "last"}},
        {},
        fmt::format(
            "A source counts from {} contacts on. A contact stands on two lists when it cites both sources, "
            "or when each "
            "has one of its kind no more than {} days away. Of all: Chapman's estimate; on record: what the "
            "two hold of it.",
            kFewest,
            days
        ),
        true};
    for (const auto& list : lists) {
        std::vector<Evidence> records;
        for (const auto* one : list.contacts) records.push_back(one->evidence);
        const auto number = static_cast<double>(records.size());
        table.rows.push_back(
            {{name_of(list, facts)},
             {with_commas(static_cast<std::int64_t>(records.size())), number, std::move(records)},
             {day_words(first_day(*list.contacts.front()))},
             {day_words(last_day(*list.contacts.back()))}}
        );
    }
    return table;
}

std::string headline(const Couple& best, const PairFacts& facts) {
    return fmt::format(
        "Of {:.0f} contacts ({}) from {} to {}, by the overlap of {} and {}, {:.0f} are on record: at most "
        "{}.",
        best.found.whole,
        range_of(best.found.interval),
        day_words(best.window.first),
        day_words(best.window.last),
        name_of(*best.first, facts),
        name_of(*best.second, facts),
        best.found.seen,
        shown_share(best.found.share)
    );
}

Result<Answer> ask(const PairFacts& facts, const MeasureQuestion& question) {
    ENTENTE_ASSIGN_OR_RETURN(const auto kinds, kinds_of_choice(question, "kinds"));
    ENTENTE_ASSIGN_OR_RETURN(const auto days, whole_number(question, "within", 0, kMostWithin));
    ENTENTE_ASSIGN_OR_RETURN(const auto from, day_of_choice(question, "from", true));
    const auto lists = lists_of(facts, kinds, {from.value_or(*day_of(1800, 1, 1)), question.at});
    const auto couples = couples_of(lists, static_cast<int>(days));
    Answer out = begin_answer(*find_measure("completeness"), facts, question);
    AnswerTable table{
        "couples",
        "",
        {{"first", "one list", false, 0, 12},
         {"second", "another", false, 0, 12},
         {"window", "both speak of", false, 2},
         {"in_first", "in one", true, 1},
         {"in_second", "in the other", true, 1},
         {"matched", "in both", true},
         {"whole", "of all (95 %)", true},
         {"share", "on record", true}},
        {},
        {},
        false};
    for (const auto& one : couples)
        if (table.rows.size() < kShown) table.rows.push_back(row_of(one, facts));
    out.tables = {std::move(table), lists_table(lists, facts, static_cast<int>(days))};
    const auto best =
        std::ranges::find_if(couples, [](const Couple& one) { return one.found.reason.empty(); });
    if (best == couples.end()) {
        out.reason = "too few";
        out.headline =
            lists.size() < 2
                ? fmt::format(
                      "How complete the record is cannot be said: {} with {} contacts or more, two are "
                      "needed.",
                      counted(lists.size(), "source", "sources"),
                      kFewest
                  )
                : "How complete the record is cannot be said: no two sources have enough in common.";
        return out;
    }
    out.value = best->found.share;
    out.band = StatedBand{
        {best->found.seen / best->found.interval.high, best->found.seen / best->found.interval.low},
        0.95,
        "the two lists as independent draws; nothing else"};
    out.headline = headline(*best, facts);
    out.warnings.emplace_back(
        "An upper bound: lists that copy from each other, or look where it is easy to look, share more than "
        "chance would "
        "have it."
    );
    return out;
}

}  // namespace

Measure completeness_measure() {
    return {
        .name = "completeness",
        .version = 1,
        .question = "How much of what took place is on record, by the overlap of two sources?",
        .unit = "share of all contacts, at most",
        .choices =
            {{"kinds", "all", "KINDS", "Kinds or a strand: KLE,DLG, leaders"},
             {"within", "3", "DAYS", "Contacts of one kind so many days apart may be the same"},
             {"from", "", "DATE", "Contacts from this day on"}},
        .references = {"MEASURES.md 3", "Chapman 1951", "Chao 1987"},
        .ask = ask,
    };
}

}  // namespace entente::measures
