#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "numerics/distributions.h"

namespace entente::measures {

/// How complete two lists of the same thing are together.
struct Completeness {
    double whole = 0;  ///< estimated number of all there is
    double variance = 0;
    double seen = 0;              ///< on either list
    numerics::Interval interval;  ///< 95 % of the whole
    double share = 0;             ///< seen of the whole; an upper bound when the lists copy from each other
    std::string reason;           ///< why there is no number; empty where there is one
};

/// Estimates completeness from the overlap of two independent lists over the same pair, kinds and window.
///
/// Definition  Chapman: N = (n1+1)(n2+1)/(m+1) − 1, its variance, and an interval that never falls below what
/// was
///             seen: [M + f/C, M + f·C] with f = N − M, C = exp(1.96·√ln(1 + V/f²))
/// Missing     no overlap, or nothing unseen by the estimate: no number, and why
/// Cost        O(1)
/// Source      MEASURES.md 3 and 18.7; Chapman 1951, Chao 1987
/// Requires    matched is at most either list
Completeness completeness_by_overlap(std::int64_t first, std::int64_t second, std::int64_t matched);

}  // namespace entente::measures
