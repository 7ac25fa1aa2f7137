#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "measures/survival/lifetime.h"
#include "measures/validity/ranks.h"

namespace entente::measures::validity {

/// An outage with a score known before it began.
struct ScoredLifetime {
    Lifetime lasted;
    double score = 0;
    std::size_t group = 0;  ///< outages of one group stand together in the interval
};

struct Concordance {
    Share share;  ///< of the comparable, in which the higher score lasted less; a tied score counts half
    double comparable = 0;  ///< pairs of outages whose order is certain
};

/// Whether what has the higher score lasts less long.
///
/// Definition  over all pairs of which one ended for certain before the other: the share in which the shorter one has the
///             higher score. Standard error: infinitesimal jackknife, summed by group, with Student's t for the
///             number of groups
/// Missing     pairs that ended at one time, pairs whose order the dates or a loss of sight leave open, and pairs of which
///             the longer one was not followed yet when the shorter one ended are left out; no pair: nothing
/// Cost        O(n²)
/// Source      Harrell and others 1982; Therneau and Atkinson 2024 (concordance, R survival); MEASURES.md 16A
std::optional<Concordance> concordance(std::span<const ScoredLifetime> outages);

}  // namespace entente::measures::validity
