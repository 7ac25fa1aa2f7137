#pragma once

#include "measures/tie/parameters.h"
#include "measures/validity/validity_facts.h"

namespace entente::measures::validity {

/// Share of what one would look at that is covered on a day itself, 0 to 1. A strand that goes on at its past rate does
/// not count here.
double covered_share(const TieFacts& tie, const Parameters& parameters, Day day);

/// The day on which partners are compared.
struct ComparisonDay {
    Day day;
    std::size_t partners = 0;  ///< named by a study, with enough covered for a total
};

/// Definition  of the ends of years up to the day asked, back to 1980, the latest at which as many partners have as much
///             covered as a total needs as nine tenths of the most at any of them
/// Cost        O(years · partners · strands · statements)
ComparisonDay comparison_day(const ValidityFacts& facts, const Parameters& parameters);

}  // namespace entente::measures::validity
