// Visits as relational events: who went to whom.
#pragma once

#include <string>
#include <vector>

#include "measures/interruptions.h"
#include "measures/measure.h"
#include "measures/relational/fit.h"

namespace entente::measures {

/// A visit of one side to the other, known to the day.
struct Visit {
    Day day;
    std::string visitor;
    std::string host;
    const Engagement* engagement = nullptr;  ///< valid as long as the engagements
};

struct Visits {
    std::vector<Visit> visits;          ///< by day; one a day, visitor and host
    std::vector<std::string> partners;  /// of the first actor, in them
    std::size_t imprecise = 0;          ///< left out: their first day is not known
    std::size_t without_host = 0;       ///< left out: nobody's ground is stated
};

/// Takes the visits between one actor and anyone out of its engagements.
///
/// Definition  engagements of the categories that occurred by `window.last`, with a host among their actors; each
///             other actor visits the host; only those in which `home` is one of the two; repeats of one day count once
/// Missing     no host, no day known: left out, and counted
Visits visits_of(
    std::span<const Engagement> engagements,
    const std::string& home,
    const std::vector<std::string>& categories,
    const Window& window
);

/// Whose visits are explained.
enum class VisitSide : std::uint8_t { paid, received };

/// Fits what visits of one direction call forth: past visits the same way, lately and ever, and visits the other way
/// with a half-life.
///
/// Definition  ordinal, Efron's ties: at each day of visits explained, every partner could have been the other side;
///             ln(1 + visits this way so far), visits this way with a half-life of two years, visits the other way with
///             the half-life given. The other direction is past only
/// Errors      invalid_argument: as relational::fit
Result<relational::Fit> fit_visits(
    const Visits& visits, const std::string& home, VisitSide side, double half_life_days
);

}  // namespace entente::measures
