#pragma once

#include <optional>
#include <string>
#include <vector>

#include "measures/answer.h"
#include "measures/tie/drawn_parameters.h"
#include "measures/tie/mass.h"
#include "measures/tie/strand_coverage.h"
#include "numerics/distributions.h"

namespace entente::measures {

/// One record's part of a strand's stock.
struct StockShare {
    const RecordMass* record = nullptr;  ///< nothing: what goes on where coverage ended
    double stock = 0;                    ///< in units of the strand
    double points = 0;                   ///< of the total; 0 when no total is given
};

/// One strand of a tie on a day.
struct StrandStrength {
    std::size_t strand = 0;
    StrandCoverage coverage;
    double stock = 0;      ///< at the middle of the parameters; of what is on record when not counted
    Interval stock_outer;  ///< what the uncovered part may leave or add; infinite where nothing bounds it
    std::optional<double> fullness;  ///< 0 to 1; nothing: the strand is not counted
    Interval fullness_band;
    std::vector<double> drawn_fullness;  ///< by draw; empty when the strand is not counted
    Interval fullness_outer;             ///< 0 and 1 where nothing is known
    double points = 0;                   ///< of the total
    std::vector<StockShare> records;     ///< largest first; they add up to the stock
};

/// Band when only one group of parameters varies.
struct TornadoBar {
    std::string group;  ///< `half-lives`
    Interval band;
};

/// By how much one more would raise the total today.
struct OneMore {
    std::string what;  ///< `a minister's visit`
    double points = 0;
};

struct Strength {
    Day at;
    std::vector<StrandStrength> strands;  ///< in the order of the parameters
    double seen = 0;                      ///< share of what one would look at that is known, 0 to 1
    std::optional<double> total;          ///< 0 to 100; nothing: too little is seen
    Interval band;
    Interval outer;
    std::string words;  ///< `thin`, `between thin and moderate`, `none on record`; empty without total
    std::vector<OneMore> one_more;
    std::vector<double> drawn_totals;  ///< by draw; empty without total
    std::vector<std::string> warnings;
};

/// Says how strong a tie is on a day, and why.
///
/// Definition  s = 1 − 2^(−S/half-full) of each strand's stock S; total = 100 · Σ share·s / Σ share over the
/// strands
///             that are known, always with the share seen. Band: quantiles over the declared draws, common to
///             all pairs and days. Outer: strands that are not known at 0 and 1, stale ones without and with
///             the upper rate going on, samples divided by their lower completeness;
///             never narrower than the band, so that what varies and what is unseen are told in one range
/// Units       total 0 to 100; stocks in the units of their strands
/// Missing     a strand that is not covered, not released or of single facts only does not count, and says
/// so; less
///             seen than the least: no total
/// Cost        O(records · nodes + cells · draws)
/// Source      MEASURES.md 3, 5, 6
/// Requires    `masses` were weighed for `at`; both outlive the result
Strength strength(const TieFacts& facts, const Masses& masses, const DrawnParameters& drawn, Day at);

/// What moves the total of a tie: its band when only one group of parameters varies, the widest first.
/// Cost      O(records · nodes + cells · draws), six times
/// Requires  as `strength`; the tie has a total
std::vector<TornadoBar> tornado(
    const TieFacts& facts, const Masses& masses, const DrawnParameters& drawn, Day at
);

struct StrengthAndTornado {
    Strength strength;
    std::vector<TornadoBar> tornado;  ///< empty without total
};

/// Both, with what they share told once.
StrengthAndTornado strength_and_tornado(
    const TieFacts& facts, const Masses& masses, const DrawnParameters& drawn, Day at
);

/// P(a > b) over the common draws. Nothing when either has no total.
std::optional<double> probability_greater(const Strength& a, const Strength& b);

/// P(a > b) of one strand over the common draws. Nothing when it is not counted in both.
std::optional<double> probability_greater(const StrandStrength& a, const StrandStrength& b);

/// The class that enough of the draws fall in, or the classes between which they lie.
std::string strength_words(const std::vector<double>& totals, const Parameters& parameters);

}  // namespace entente::measures
