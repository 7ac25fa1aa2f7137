#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "measures/forecast/outages.h"
#include "measures/tie/drawn_parameters.h"
#include "measures/validity/concordance.h"
#include "measures/validity/sections.h"
#include "measures/words.h"

namespace entente::measures::validity {
namespace {

/// Fewer outages with a score, or fewer pairs that had them, are named and not compared.
constexpr std::size_t kLeastOutages = 10;
constexpr std::size_t kLeastPairs = 5;

/// An outage with how the tie stood on the day before.
struct StoodBefore {
    Lifetime lasted;
    std::size_t pair = 0;
    Strength strength;
};

std::vector<StoodBefore> stood_before(const ValidityFacts& facts, const Parameters& parameters) {
    const DrawnParameters middle(at_the_middle(parameters));
    std::vector<StoodBefore> out;
    for (std::size_t pair = 0; pair < facts.stopped.size(); ++pair)
        for (const auto* outage : facts.stopped[pair].outages) {
            const auto lasted = lifetime_on(*outage, facts.at);
            if (!lasted) continue;
            const Day before = *outage->began.from - 1;
            const auto& tie = facts.stopped[pair].tie;
            auto& one = out.emplace_back(
                *lasted, pair, strength(tie, weigh(tie, parameters, before), middle, before)
            );
            // What they point to is gone.
            for (auto& strand : one.strength.strands) strand.records.clear();
        }
    return out;
}

struct Tried {
    std::vector<ScoredLifetime> outages;
    std::map<std::size_t, std::size_t> pairs;  ///< how many of each
    std::optional<Concordance> found;

    bool enough() const {
        return outages.size() >= kLeastOutages && pairs.size() >= kLeastPairs && found && found->share.band;
    }
    std::size_t most() const {
        std::size_t out = 0;
        for (const auto& [pair, number] : pairs) out = std::max(out, number);
        return out;
    }
    std::string number() const {
        return fmt::format(
            "{} of {}", counted(outages.size(), "outage", "outages"), counted(pairs.size(), "pair", "pairs")
        );
    }
};

Tried tried(const std::vector<StoodBefore>& all, const auto& score) {
    Tried out;
    for (const auto& one : all)
        if (const auto value = score(one.strength)) {
            out.outages.push_back({one.lasted, *value, one.pair});
            ++out.pairs[one.pair];
        }
    out.found = concordance(out.outages);
    return out;
}

std::vector<Cell> row_of(const std::string& name, const Tried& one) {
    return {
        {name},
        {std::to_string(one.outages.size()), static_cast<double>(one.outages.size())},
        {std::to_string(one.pairs.size()), static_cast<double>(one.pairs.size())},
        {std::to_string(one.most()), static_cast<double>(one.most())},
        {one.found ? with_commas(static_cast<std::int64_t>(one.found->comparable)) : "0",
         one.found ? one.found->comparable : 0},
        one.enough()
            ? Cell{with_band(one.found->share.value, *one.found->share.band, 2), one.found->share.value}
            : Cell{"cannot be said: too few"}};
}

std::string verdict(const Tried& one) {
    const auto& band = *one.found->share.band;
    const char* words = band.low > 0.5    ? "the stronger tie mends sooner"
                        : band.high < 0.5 ? "the stronger tie mends later"
                                          : "no difference beyond chance";
    return fmt::format("{}, {}", words, with_band(one.found->share.value, band, 2));
}

}  // namespace

Section stops_section(const Comparison& of) {
    Section out{"outages", "Does strength before a stop shorten it?", "", false, {}, {}};
    const auto all = stood_before(of.facts, of.parameters);
    AnswerTable table{
        "concordance",
        "The stronger tie's outage ended sooner: share of couples of certain order",
        {{"score", "the day before"},
         {"outages", "outages", true},
         {"pairs", "pairs", true},
         {"most", "most of one pair", true, 2},
         {"couples", "couples", true},
         {"share", "share (90 %)"}},
        {},
        "0.5 tells nothing. Outages of one pair stand together in the interval, by Student's t for so few "
        "pairs. Of "
        "rows of pure chance one in ten has an interval without 0.5. Ends that are not known count as far as "
        "somebody "
        "says that it lasted."};
    const auto total = tried(all, [](const Strength& one) { return one.total; });
    table.rows.push_back(row_of("total", total));
    std::vector<std::string> by_strand;
    for (std::size_t strand = 0; strand < of.parameters.strands.size(); ++strand) {
        const auto one = tried(all, [strand](const Strength& s) { return s.strands[strand].fullness; });
        if (one.outages.empty()) continue;
        const auto& name = of.parameters.strands[strand].name;
        table.rows.push_back(row_of(name, one));
        if (one.enough()) by_strand.push_back(name + ": " + verdict(one));
    }
    out.said = total.enough();
    out.finding = total.enough()
                      ? fmt::format(
                            "By the total on the day before, {}: {}, {} of one of them. Of {} more there was "
                            "no total then.",
                            verdict(total),
                            total.number(),
                            total.most(),
                            counted(all.size() - total.outages.size(), "outage", "outages")
                        )
                      : fmt::format(
                            "By the total it cannot be said: of {}, {} had one on the day before; {} outages "
                            "of {} pairs are "
                            "needed.",
                            counted(all.size(), "outage between two actors", "outages between two actors"),
                            total.number(),
                            kLeastOutages,
                            kLeastPairs
                        );
    for (auto& words : by_strand)
        words[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(words[0])));
    if (!by_strand.empty())
        out.paragraphs.push_back(fmt::format("By strand. {}.", fmt::join(by_strand, "; ")));
    if (of.facts.outages_of_many > 0)
        out.paragraphs.push_back(fmt::format(
            "Left out: {} with several actors on a side.",
            counted(of.facts.outages_of_many, "outage", "outages")
        ));
    out.tables.push_back(std::move(table));
    return out;
}

}  // namespace entente::measures::validity
