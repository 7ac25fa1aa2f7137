#pragma once

#include <optional>
#include <span>
#include <vector>

#include "measures/answer.h"
#include "measures/shape/drawn_strands.h"
#include "measures/shape/legs.h"
#include "measures/tie/drawn_parameters.h"

namespace entente::measures {

/// On how many equal legs as much unevenness would stand: the Hill number of order 1.
///
/// Definition  exp(−Σ p ln p), p the parts divided by their sum
/// Units       legs: 1 to the number of parts above 0
/// Missing     no part above 0: 0
/// Source      Hill 1973
double effective_number(std::span<const double> parts);

/// One leg among all.
struct LegShare {
    const Leg* leg = nullptr;
    double share = 0;  ///< of the sum over legs, each in half-full stocks of its strand
};

struct Breadth {
    std::vector<LegShare> legs;    ///< of the strands that count, largest first; their shares add up to 1
    std::size_t unseen = 0;        ///< legs on record in strands that do not count
    double seen = 0;               ///< share of what one would look at that is known
    std::optional<double> number;  ///< of equal legs; 0: nothing is left; nothing: too little is seen
    Interval band;
    double units_mixed = 0;  ///< the same over the stocks as they stand, whatever their units
};

/// On how many legs does it stand?
///
/// Definition  Hill number of order 1 over the stocks of kinds, each divided by the half-full value of its strand:
///             stocks of different units cannot be added. Band: the declared draws of half-lives, half-full values,
///             tables, dates and status
/// Missing     strands that do not count are left out; less seen than the least of the parameters: no number
/// Cost        O(legs · cells · draws)
/// Source      MEASURES.md 7; Hill 1973
/// Requires    `strands` outlive the result
Breadth breadth(const std::vector<StrandStock>& strands, const DrawnParameters& drawn, Day at);
/// The same, where the draws are told already.
Breadth breadth(
    const std::vector<StrandStock>& strands,
    const std::vector<DrawnStrand>& found,
    const DrawnParameters& drawn
);

}  // namespace entente::measures
