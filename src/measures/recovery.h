#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "measures/answer.h"
#include "measures/interruptions.h"
#include "measures/survival/durations.h"

namespace entente::measures {

/// How long an outage took, over all days that its dates allow; one that lasts, as far as a source says so.
struct TimeOut {
    domain::LengthRange days{};
    bool ended = true;
};

/// How long it takes until what stopped is restored.
struct Recovery {
    std::size_t ended = 0;
    std::size_t lasting = 0;             ///< no end is on record
    std::optional<Interval> mean;        ///< of those that ended (MTTR); equal ends where all dates are exact
    std::optional<Interval> restricted;  ///< with those that last: mean days out of the first `up_to`
    double up_to = 0;
};

/// Mean time to restore, and beside it the restricted mean, which uses the outages that last, too.
///
/// Definition  mean length of the outages that ended; area under the Kaplan–Meier curve of all up to the longest age
///             that any was followed to (where dates are imprecise: by the shortest lengths). An outage without a known
///             end is followed to the last day on which a source says that it lasted
/// Units       days; low and high by all days that the dates allow
/// Missing     nothing ended: no mean. No outage: neither
/// Cost        O(n log n)
/// Source      MEASURES.md 8, 11 and 16A
Recovery recovery_of(std::span<const TimeOut> outages);

/// The area under a curve from 0 to an age. Beyond what was followed the last share holds on.
double restricted_mean(const DurationCurve& curve, double until);

/// Outages of the relationship as times out. One whose dates allow no length is left out.
std::vector<TimeOut> times_out(std::span<const Episode> episodes);

/// From the first contact that came back to the end of the stop.
struct FirstToFull {
    domain::LengthRange first{};    ///< days from the beginning to the first contact
    domain::LengthRange full{};     ///< to the end
    domain::LengthRange between{};  ///< from the one to the other
    const Engagement* contact = nullptr;
};

/// Nothing where the episode has no known end, or nothing is on record as come back. A first contact on or after the
/// end leaves 0 days.
std::optional<FirstToFull> first_to_full(const Episode& episode);

}  // namespace entente::measures
