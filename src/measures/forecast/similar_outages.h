#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "measures/forecast/candidates.h"
#include "measures/measure.h"

namespace entente::measures {

/// A past outage that ended, and what it has in common with the one that is told.
struct SimilarOutage {
    const Disruption* outage = nullptr;
    domain::LengthRange days{};
    std::vector<std::string> shared;         ///< `pair`, `cause`, `who`, `scope`, `level`
    const Engagement* first_back = nullptr;  ///< the first contact of its pair in the year after; may be null
};

/// The past outages that ended which are most like one: of its pair first, then by how much else they share, then the
/// later ones.
///
/// Definition  shared are cause class, who stopped, how much stopped, and level where both name a channel. What came
///             first is the first contact of the pair in the year after the end
std::vector<SimilarOutage> most_alike(
    const Learnt& learnt,
    const Disruption& outage,
    const Traits& traits,
    const PairFacts& facts,
    std::size_t most
);

}  // namespace entente::measures
