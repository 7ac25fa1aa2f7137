#pragma once

#include <vector>

#include "measures/tie/strength.h"

namespace entente::measures {

/// Says how strong a tie was at the end of each year, and on the day asked about.
///
/// Definition  `strength` at the end of 31 December of each year from `first_year` on, and at the end of
///             `at`; the same draws throughout
/// Missing     a year of which too little is seen has no total, its strands stand for themselves
/// Cost        O(years · draws)
/// Source      MEASURES.md 3 to 6
std::vector<Strength> strength_by_year(
    const TieFacts& facts, const Parameters& parameters, int first_year, Day at
);

/// Year of the first thing on record that weighs anything; the year of `at` when there is none.
int first_weighed_year(const TieFacts& facts, const Parameters& parameters, Day at);

}  // namespace entente::measures
