// The memory of gaps: does a short gap follow a short one?
//
// Definition  correlation of each gap with the next one: Σ (g_i − m₁)(g_{i+1} − m₂) / (k · σ₁σ₂) over the k pairs of
//             neighbours, m₁ and σ₁ of the first of each pair, m₂ and σ₂ of the second
// Units       −1 to 1; 0 without memory
// Missing     gaps with uncovered time between them are no neighbours; fewer than five pairs: too few; gaps that are all
//             alike have no correlation
// Cost        O(n · draws) for each kind
// Source      Goh and Barabási 2008
#include <fmt/format.h>

#include <cmath>

#include "domain/declaration.h"
#include "measures/register.h"
#include "measures/shape/gaps.h"
#include "measures/shape/section.h"
#include "measures/words.h"
#include "numerics/philox.h"

namespace entente::measures {
namespace {

constexpr std::size_t kFewestPairs = 5;
constexpr std::size_t kDraws = 2000;
constexpr double kLevel = 0.9;
constexpr std::size_t kPairsShown = 12;

/// Places of gaps that are followed by another without uncovered time between.
std::vector<std::size_t> followed(const std::vector<Gap>& gaps) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i + 1 < gaps.size(); ++i)
        if (gaps[i].to == gaps[i + 1].from) out.push_back(i);
    return out;
}

std::optional<double> memory(const std::vector<double>& gaps, const std::vector<std::size_t>& pairs) {
    const auto k = static_cast<double>(pairs.size());
    double first = 0, second = 0;
    for (const auto i : pairs) {
        first += gaps[i] / k;
        second += gaps[i + 1] / k;
    }
    double together = 0, spread = 0, next_spread = 0;
    for (const auto i : pairs) {
        together += (gaps[i] - first) * (gaps[i + 1] - second);
        spread += (gaps[i] - first) * (gaps[i] - first);
        next_spread += (gaps[i + 1] - second) * (gaps[i + 1] - second);
    }
    // Sums of squares of whole days: what is below is rounding.
    if (spread < 1e-9 || next_spread < 1e-9) return std::nullopt;
    return together / std::sqrt(spread * next_spread);
}

/// Where it lies when the same gaps come in any order: 5 and 95 % over declared shuffles.
Interval memory_by_chance(std::vector<double> gaps, const std::vector<std::size_t>& pairs) {
    static const numerics::Draws kRandom("memory 1");
    std::vector<double> values;
    for (std::size_t draw = 0; draw < kDraws; ++draw) {
        for (std::size_t i = gaps.size(); i-- > 1;)
            std::swap(
                gaps[i], gaps[static_cast<std::size_t>(kRandom.uniform(draw, i) * static_cast<double>(i + 1))]
            );
        if (const auto value = memory(gaps, pairs)) values.push_back(*value);
    }
    return values.empty() ? Interval{-1, 1} : numerics::middle_part(std::move(values), kLevel);
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
    if (out.pairs.size() < kFewestPairs) return out;
    out.memory = memory(out.history.lengths(), out.pairs);
    if (out.memory) out.by_chance = memory_by_chance(out.history.lengths(), out.pairs);
    return out;
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
    for (const auto& code : domain::Schema::builtin().list("engagement_category")->codes) {
        if (!code.attributes.contains("strand")) continue;
        all.push_back(code.code);
        const auto one = memory_of(facts, category_words(code.code), {code.code}, question.at);
        if (!one.history.days.empty()) table.rows.push_back(row_of(one));
    }
    const auto any = memory_of(facts, "any kind", all, question.at);
    if (!table.rows.empty()) table.rows.push_back(row_of(any));

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
