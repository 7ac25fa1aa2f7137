// What can be learnt from the outages known on a day, and the distributions that come of it for one of them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "measures/forecast/outages.h"
#include "measures/forecast/predicted_lifetime.h"
#include "measures/forecast/traits.h"

namespace entente::measures {

/// An outage with what it was like, as all of the record tells it.
struct OutageCase {
    const Disruption* outage = nullptr;
    Traits traits;
};

/// All outages on record with their traits, in the order of `outages_of`.
std::vector<OutageCase> cases_of(std::span<const Disruption> disruptions, std::span<const Channel> channels);

/// Fewer outages that ended are no class to learn from: the wider class is taken, and beyond the widest nothing is told.
inline constexpr std::size_t kFewestEnded = 10;

inline constexpr std::size_t kCandidates = kLifetimeLaws.size() + 1;
inline constexpr std::size_t kCurve = kLifetimeLaws.size();  ///< the candidate without covariates

/// The distributions of one outage's length, one beside the other.
struct Candidates {
    std::vector<PredictedLifetime> of;  ///< the four laws in their order, then the curve
    PredictedLifetime all_curve;        ///< the curve of all past outages: what a forecast must beat
    PredictedLifetime as_last;          ///< an even chance with the length of the last that ended: the same
    const Disruption* last = nullptr;   ///< that one
};

/// How far outages without a known end are taken to have lasted.
enum class OpenEnds : std::uint8_t {
    as_said,  ///< as far as a source says
    lasting,  ///< to the day asked: the other extreme
};

/// What was learnt on a day.
struct Learnt {
    struct Case {
        const Disruption* outage = nullptr;
        Lifetime lasted;
        Traits traits;
    };
    Day on;
    std::vector<Case> cases;
    std::size_t ended = 0;
    std::size_t silent = 0;  ///< neither ended nor said to last after their first day: they teach nothing
    std::size_t pairs = 0;
    TraitColumns columns{{}};
    std::array<std::optional<LifetimeFit>, kLifetimeLaws.size()> fits;
    std::vector<std::string> not_fitted;  ///< why a law has no fit; the curve stands in for it
    IntervalCurve curve;

    /// Outages of one pair with `outage`.
    std::vector<Lifetime> of_pair(const Disruption& outage) const;
};

/// Learns from all outages of all pairs as known at the end of a day.
///
/// Definition  the four laws with the traits as covariates, each held to 0 by a normal prior of spread 1 on the
///             standardised column; Turnbull's curve without them
/// \param  except  is not learnt from: it is the one to be told; may be null
/// Errors  invalid_argument: fewer than `kFewestEnded` had ended by then
/// Cost    O(steps · n · columns²)
Result<Learnt> learn(
    std::span<const OutageCase> cases,
    Day on,
    const Disruption* except,
    OpenEnds open_ends = OpenEnds::as_said
);

/// The distributions for an outage like `outage`, or for one of several (rows taken in turn).
///
/// Definition  the curve is of the pair's own outages where at least `kFewestEnded` of them had ended, else of all
/// Requires    a row of traits at least
Candidates candidates_for(
    const Learnt& learnt, const Disruption& outage, std::span<const Traits> traits, std::size_t draws
);

}  // namespace entente::measures
