#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.h"
#include "measures/answer.h"
#include "measures/survival/lifetime.h"

namespace entente::measures {

/// A share of all that ended after `low` days and not after `high`; when between the two, the data do not say.
struct EndedShare {
    double low = 0;
    double high = 0;  ///< equal to `low`: on that day; infinite: never seen to end
    double share = 0;
};

/// The share still lasting, by age, with nothing assumed, where ends are known to an interval only.
struct IntervalCurve {
    std::vector<EndedShare> pieces;  ///< by age, each of a share above 0
    double log_likelihood = 0;
    double last_seen = 0;   ///< age up to which anything is known
    std::size_t ended = 0;  ///< how many ended

    /// Still lasting after some days: at least, and at most. Equal where the data settle it.
    Interval lasting(double days) const;
};

/// Finds the curve that makes what is known most likely.
///
/// Definition  Turnbull's estimate: shares on the innermost intervals, by `numerics::fit_mixture`. Kaplan–Meier where
///             every end is exact or unknown
/// Units       days
/// Missing     where several curves are as likely, one of them
/// Errors      invalid_argument: no lifetime, ends in the wrong order or below 0, a late entry (this curve is of all
///             that began), or no maximum
/// Cost        O(n²) and what `fit_mixture` takes
/// Source      Turnbull 1976; MEASURES.md 11
Result<IntervalCurve> turnbull(std::span<const Lifetime> lifetimes);

}  // namespace entente::measures
