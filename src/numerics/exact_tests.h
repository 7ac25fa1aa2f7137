#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "numerics/distributions.h"

namespace entente::numerics {

/// How a rate after compares with a rate before.
struct RateRatio {
    std::optional<double> ratio;  ///< after / before; nothing: 0 of 0, or no exposure
    Interval interval;            ///< of the ratio; the high end may be infinity
    double p = 1;                 ///< two-sided
};

/// Compares two Poisson counts with their exposures.
///
/// Definition  given the total, the later count is binomial with share ratio·e/(ratio·e + e'):
/// Clopper–Pearson
///             interval of that share, turned into a ratio; p is the sum of the probabilities that are not
///             larger than that of what was observed (with the relative tolerance 1e-7 of R)
/// Missing     0 of 0: no ratio, interval 0 to infinity, p = 1; an exposure of 0: the same
/// Cost        O(total)
/// Source      MEASURES.md 10 and 16A; R `poisson.test`
RateRatio compare_rates(
    std::int64_t after,
    double exposure_after,
    std::int64_t before,
    double exposure_before,
    double level = 0.95
);

/// Clopper–Pearson interval of a share.
Interval exact_share(double k, double n, double level);

}  // namespace entente::numerics
