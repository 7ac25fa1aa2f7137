#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "measures/relational/events.h"
#include "measures/relational/statistics.h"

namespace entente::measures::relational {

/// Something other than an event that changes risk sets or statistics.
struct Change {
    enum class What : std::uint8_t { presence, actor_value, pair_value, shock };

    double time = 0;
    What what = What::presence;
    std::size_t of = 0;     ///< the covariate; for shocks the statistic
    std::size_t index = 0;  ///< the actor, the value or the shock
    int by = 0;             ///< presence and shocks: +1 begins, -1 ends
};

/// The events and changes of a history in the order of time.
///
/// Definition  events of one time keep their order, which has no effect; only changes that some statistic
/// looks
///             at; changes that hold from the beginning come first
/// Cost        O(n log n)
struct Timeline {
    Timeline(const History& history, std::span<const Statistic> statistics);

    std::vector<std::uint32_t> events;  ///< indices into history.events
    std::vector<Change> changes;
};

/// Index of the covariate by its name.
/// Requires  it is there (see check_model)
std::size_t covariate_of(const History& history, const Statistic& statistic);

}  // namespace entente::measures::relational
