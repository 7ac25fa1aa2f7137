#pragma once

#include <cmath>
#include <limits>

namespace entente::measures {

/// What is known of how long something lasted: it ended after `low` days and not after `high`.
///
/// Days of a calendar in which it may have ended, from the L-th to the R-th, are (L − 1, R]; ends on one day are
/// exactly that many days. Still lasting after c days is (c, without end).
struct Lifetime {
    double low = 0;
    double high = std::numeric_limits<double>::infinity();
    double entry = 0;  ///< it was followed from this age on: had it ended before, it would not be known of

    bool exact() const { return low == high; }
    bool ended() const { return std::isfinite(high); }
};

}  // namespace entente::measures
