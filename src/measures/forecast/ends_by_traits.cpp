#include "measures/forecast/ends_by_traits.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>

#include "measures/forecast/forecast_tables.h"
#include "measures/survival/cox_kept.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

constexpr double kNormal95 = 1.6448536269514722;
constexpr double kMonth = 31;
/// So many ends for each row are wanted for limits to hold (Peduzzi and others 1995).
constexpr std::size_t kEndsARow = 10;

/// How many ended of those of which an answer is known; all columns but `earlier` are an answer or none.
struct Answered {
    std::size_t of = 0, ended = 0;
};

Answered answered(const EndsByTraits& ends, std::size_t column) {
    Answered out;
    for (std::size_t i = 0; i < ends.rows.size(); ++i) {
        if (ends.covariates.row(i)[column] <= 0) continue;
        ++out.of;
        out.ended += ends.rows[i].event;
    }
    return out;
}

/// Whether so many ended, with it and without it, that the answer can be told apart.
bool enough(const EndsByTraits& ends, std::size_t column) {
    const auto told = answered(ends, column);
    return ends.covariates.names[column] == "earlier" ||
           std::min(told.ended, ends.ended - told.ended) >= TraitColumns::kEnough;
}

CoxCovariates with_enough(const EndsByTraits& ends) {
    CoxCovariates out;
    const auto& names = ends.covariates.names;
    for (std::size_t j = 0; j < names.size(); ++j)
        if (enough(ends, j)) out.names.push_back(names[j]);
    for (std::size_t i = 0; i < ends.rows.size(); ++i)
        for (std::size_t j = 0; j < names.size(); ++j)
            if (enough(ends, j)) out.values.push_back(ends.covariates.row(i)[j]);
    return out;
}

std::string note_words(const EndsByTraits& ends, const KeptCox& kept) {
    std::string out = fmt::format(
        "Above 1: ends sooner; each row beside the others. Learnt from {} of {}, of which {} ended.",
        counted(ends.rows.size(), "outage", "outages"),
        counted(ends.pairs, "pair", "pairs"),
        ends.ended
    );
    if (ends.silent > 0)
        out += fmt::format(" {} more neither ended nor are said to last: they tell nothing.", ends.silent);
    if (ends.ended < kEndsARow * kept.names.size())
        out += fmt::format(
            " Too few: {} ends for {} rows, where {} a row are wanted. Take each as a hint.",
            ends.ended,
            kept.names.size(),
            kEndsARow
        );
    out += " Limits: the wider of those summed by pair and those one by one.";
    if (const auto share = kept.fit.concordance.share())
        out += fmt::format(
            " Of two outages learnt from, the one said to end sooner did in {:.0f} of 100; 50 are chance.",
            100 * *share
        );
    if (ends.rough > 0)
        out += fmt::format(" {} ended in no known month: in the middle of the days allowed.", ends.rough);
    return out;
}

}  // namespace

EndsByTraits ends_by_traits(const Learnt& learnt) {
    EndsByTraits out;
    out.covariates.names = learnt.columns.names();
    std::map<std::set<std::string>, std::size_t> parties;
    for (const auto& one : learnt.cases) {
        const bool ended = one.lasted.ended();
        const double days = ended ? (one.lasted.low + one.lasted.high) / 2 : one.lasted.low;
        if (!(days > one.lasted.entry)) {
            ++out.silent;
            continue;
        }
        std::set<std::string> both(one.outage->side_a.begin(), one.outage->side_a.end());
        both.insert(one.outage->side_b.begin(), one.outage->side_b.end());
        const auto cluster = parties.try_emplace(std::move(both), parties.size()).first->second;
        out.rows.push_back({one.lasted.entry, days, ended, 0, cluster});
        const auto row = learnt.columns.row(one.traits);
        out.covariates.values.insert(out.covariates.values.end(), row.begin(), row.end());
        out.ended += ended;
        out.rough += ended && one.lasted.high - one.lasted.low > kMonth;
    }
    out.pairs = parties.size();
    return out;
}

AnswerTable ends_table(const PairFacts& facts, const RestartForecast& forecast) {
    AnswerTable table{
        "ends",
        "How fast stops end, by what is known of them (Cox)",
        {{"what", "what"},
         {"ended", "ended", true},
         {"factor", "ends times as fast", true},
         {"low", "90 % from", true},
         {"high", "to", true}},
        {},
        {},
        true};
    const auto ends = ends_by_traits(forecast.learnt);
    const auto kept = fit_cox_kept(ends.rows, with_enough(ends));
    if (!kept) {
        table.rows.push_back({{"too few: " + kept.error().message}, {}, {}, {}, {}});
        return table;
    }
    for (std::size_t column = 0; column < ends.covariates.names.size(); ++column) {
        const auto& name = ends.covariates.names[column];
        const bool earlier = name == "earlier";
        const auto told = answered(ends, column);
        std::vector<Cell> row{{trait_words(facts, name)}};
        row.push_back(
            earlier ? Cell{}
                    : Cell{fmt::format("{} of {}", told.ended, told.of), static_cast<double>(told.ended)}
        );
        const auto found = std::ranges::find(kept->names, name);
        if (found == kept->names.end()) {
            row.insert(row.end(), {{enough(ends, column) ? "cannot be told" : "too few"}, {}, {}});
        } else {
            // A doubling of 1 + earlier outages is a step of ln 2.
            const double step = (earlier ? std::log(2.0) : 1) / forecast.learnt.columns.spreads()[column];
            const auto k = static_cast<std::size_t>(found - kept->names.begin());
            const auto ratio = hazard_ratio(kept->fit, k, step, kNormal95);
            for (const double one : {ratio.ratio, ratio.low, ratio.high})
                row.push_back({shown_number(one), one});
        }
        table.rows.push_back(std::move(row));
    }
    table.note = note_words(ends, *kept);
    return table;
}

}  // namespace entente::measures
