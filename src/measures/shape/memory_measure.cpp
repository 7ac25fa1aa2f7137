// The memory of gaps: does a short gap follow a short one?
//
// Definition  as `memory` of gap_memory.h
// Units       −1 to 1; 0 without memory
// Missing     gaps with uncovered time between them are no neighbours; fewer than five pairs: too few; gaps that are all
//             alike have no correlation
// Cost        O(n · draws) for each kind
// Source      Goh and Barabási 2008
#include <fmt/format.h>

#include "domain/declaration.h"
#include "measures/register.h"
#include "measures/shape/gap_memory.h"
#include "measures/shape/gaps.h"
#include "measures/shape/section.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

constexpr std::size_t kFewestPairs = 5;
constexpr std::size_t kPairsShown = 12;

/// Places of gaps that are followed by another without uncovered time between.
std::vector<std::size_t> followed(const std::vector<Gap>& gaps) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i + 1 < gaps.size(); ++i)
        if (gaps[i].to == gaps[i + 1].from) out.push_back(i);
    return out;
}

struct KindMemory {
    std::string name;
    GapHistory history;
    std::vector<std::size_t> pairs;
    std::optional<double> memory;  ///< nothing: too few pairs, or all gaps alike
    Interval by_chance;
};

KindMemory memory_of(
    const PairFacts& facts, std::string name, const std::vector<std::string>& kinds, Day at
) {
    KindMemory out{std::move(name), gap_history(contact_days(facts.tie, kinds, at)), {}, {}, {}};
    out.pairs = followed(out.history.gaps);
    if (out.pairs.size() >= kFewestPairs) out.memory = memory(whole_days(out.history.gaps), out.pairs);
    return out;
}

/// Where memories lie when the same gaps come in any order: 5 and 95 % over declared shuffles, common to all kinds.
void add_chance(std::span<KindMemory> kinds) {
    std::vector<ShuffledMemory> shuffled;
    std::vector<KindMemory*> of;
    for (auto& one : kinds)
        if (one.memory) {
            shuffled.emplace_back(whole_days(one.history.gaps), one.pairs);
            of.push_back(&one);
        }
    shuffle_all(shuffled);
    for (std::size_t i = 0; i < of.size(); ++i) of[i]->by_chance = shuffled[i].middle_part();
}

std::string too_few(const KindMemory& one) {
    return one.pairs.size() < kFewestPairs ? fmt::format("too few: {} of {}", one.pairs.size(), kFewestPairs)
                                           : "all gaps alike";
}

std::string order_words(const KindMemory& one) {
    if (!one.memory) return "cannot be said";
    if (*one.memory > one.by_chance.high) return "short follows short";
    if (*one.memory < one.by_chance.low) return "short follows long";
    return "as chance";
}

std::vector<Cell> row_of(const KindMemory& one) {
    std::vector<Evidence> records;
    for (const auto& [day, evidence] : one.history.days)
        records.insert(records.end(), evidence.begin(), evidence.end());
    return {
        {one.name},
        count_cell(one.history.gaps.size(), std::move(records)),
        count_cell(one.pairs.size()),
        one.memory ? Cell{fmt::format("{:+.2f}", *one.memory), six_digits(*one.memory)} : Cell{too_few(one)},
        one.memory ? Cell{fmt::format("{:+.2f} to {:+.2f}", one.by_chance.low, one.by_chance.high)}
                   : Cell{too_few(one)},
        {order_words(one)}};
}

/// The last pairs of any kind, the newest first.
AnswerTable pairs_table(const KindMemory& any) {
    AnswerTable table{
        "pairs",
        "The last pairs of any kind",
        {{"gap", "gap, days", true},
         {"next", "then", true},
         {"between", "contact between"},
         {"record", "record"}},
        {},
        {},
        true};
    for (std::size_t i = any.pairs.size(); i-- > 0 && table.rows.size() < kPairsShown;) {
        const auto &gap = any.history.gaps[any.pairs[i]], &next = any.history.gaps[any.pairs[i] + 1];
        const auto& between = any.history.days.at(gap.to);
        table.rows.push_back(
            {{with_commas(gap.days()), static_cast<double>(gap.days())},
             {with_commas(next.days()), static_cast<double>(next.days())},
             {day_words(gap.to)},
             {between.front().shown_id(), {}, between}}
        );
    }
    return table;
}

Result<Answer> ask(const PairFacts& facts, const MeasureQuestion& question) {
    std::vector<std::string> all;
    AnswerTable table{
        "memory",
        "",
        {{"kind", "Kind"},
         {"gaps", "gaps", true},
         {"pairs", "pairs", true},
         {"memory", "memory", true},
         {"by_chance", "by chance", true, 1},
         {"order", "order"}},
        {},
        "Memory: 1 as long as the one before, 0 whatever, -1 long after short; a word only outside of what "
        "the same gaps in "
        "any order give in 90 of 100 draws.",
        false};
    std::vector<KindMemory> kinds;
    for (const auto& code : domain::Schema::builtin().list("engagement_category")->codes) {
        if (!code.attributes.contains("strand")) continue;
        all.push_back(code.code);
        auto one = memory_of(facts, category_words(code.code), {code.code}, question.at);
        if (!one.history.days.empty()) kinds.push_back(std::move(one));
    }
    const bool none = kinds.empty();
    kinds.push_back(memory_of(facts, "any kind", all, question.at));
    add_chance(kinds);
    const auto& any = kinds.back();
    if (!none)
        for (const auto& one : kinds) table.rows.push_back(row_of(one));

    Answer out = begin_answer(*find_measure("memory"), facts, question);
    if (any.memory) {
        out.value = six_digits(*any.memory);
        out.headline = fmt::format(
            "Memory of the gaps between contacts of any kind: {:+.2f}, {} ({:+.2f} to {:+.2f} by chance).",
            *any.memory,
            order_words(any),
            any.by_chance.low,
            any.by_chance.high
        );
    } else {
        const bool covered = !covered_stretches(facts.tie.coverage, facts.tie.pair, all, question.at).empty();
        out.reason = covered ? "too few" : "not covered";
        out.headline = covered
                           ? fmt::format("Memory of gaps cannot be said: {}.", too_few(any))
                           : "Memory of gaps cannot be said: contacts of all kinds are covered at no time.";
    }
    out.tables = {std::move(table), pairs_table(any)};
    return out;
}

}  // namespace

Measure memory_measure() {
    return {
        .name = "memory",
        .version = 1,
        .question = "Does a short gap between contacts follow a short one?",
        .unit = "correlation of neighbouring gaps",
        .uses_parameters = false,
        .choices = {},
        .references = {"Goh and Barabási 2008, Burstiness and memory in complex systems"},
        .ask = ask,
    };
}

}  // namespace entente::measures
