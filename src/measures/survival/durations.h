#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "measures/answer.h"

namespace entente::measures {

/// How long something lasted, or had lasted when it was last seen.
struct Duration {
    double days = 0;
    bool ended = true;  ///< false: it went on then; how long is not known
};

/// A step of a curve.
struct CurveStep {
    double days = 0;
    double share = 1;  ///< still lasting after that day
    double standard_error = 0;
    std::optional<Interval> limits;  ///< 95 %, on the log(−log) scale; none once nothing lasts
    double at_risk = 0;
};

struct DurationCurve {
    std::vector<CurveStep> steps;
    double last_seen = 0;  ///< days up to which anything was followed; the curve says nothing beyond
};

/// The share still lasting, by age, with nothing assumed.
///
/// Definition  Kaplan–Meier; what is last seen on the day of an end is still at risk on it; Greenwood's
/// standard
///             error. After a share of 0 there are no limits
/// Units       days; one step for each day on which something ended
/// Errors      invalid_argument: a duration that is not positive, none at all
/// Cost        O(n log n)
/// Source      MEASURES.md 11, 16A and 18.5
Result<DurationCurve> kaplan_meier(std::span<const Duration> durations);

/// The age at which half had ended: where the curve lies at exactly ½ for a while, the middle of that stretch,
/// which reaches to the last that was seen.
/// Missing  the curve never falls to ½: nothing
std::optional<double> median_of(const DurationCurve& curve);

/// A Weibull distribution of durations: ln T = location + scale · W, W of the smallest extreme value.
struct WeibullFit {
    double location = 0;
    double scale = 1;
    double log_likelihood = 0;       ///< on the scale of days, as R's survreg
    std::vector<double> covariance;  ///< of (location, ln scale), row after row

    /// The share still lasting after some days.
    double share(double days) const;
    /// Days from an age on until the share p of what still lasted then has ended.
    double remaining(double age, double p) const;
};

/// Errors  invalid_argument: a duration that is not positive, nothing that ended, or no maximum
/// Cost    O(steps · n)
Result<WeibullFit> fit_weibull(std::span<const Duration> durations);

}  // namespace entente::measures
