// What can happen again and again to one unit, as rows of a counting process.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "measures/survival/cox.h"

namespace entente::measures {

/// Days on which a unit was at risk: after `after`, up to and with `to`.
struct RecurrentStretch {
    double after = 0;
    double to = 0;
    bool event = false;  ///< it happened on `to`
};

/// A pair or channel with all its events. What is down is not at risk of going down: it has no stretch then.
struct RecurrentUnit {
    std::vector<RecurrentStretch> at_risk;  ///< sorted, apart; cut wherever a covariate changes
    std::vector<double> events;             ///< all, sorted, also those that came while nobody looked
};

enum class RecurrentForm : std::uint8_t {
    andersen_gill,  ///< the clock runs from the first day at risk on; events of a unit are alike
    gap_time,  ///< Prentice, Williams and Peterson: the clock restarts at each event; strata by earlier events
};

/// Rows for a Cox regression, in the order of the units and of their stretches; a unit is a cluster.
///
/// Definition  Andersen–Gill: days since the beginning of the unit's first stretch, also those on which it was down. Gap
///             time: days since its last event, before the first one since the beginning of its first stretch; the clock
///             does not restart where a stretch is cut, and a unit that was down comes in late, by the days it was down
/// \param  most_earlier  units with so many earlier events or more share a stratum; gap time only
/// Errors  invalid_argument: a stretch that does not end after it begins, or begins before the one before has ended; an
///         event within a stretch; a stretch that ends with an event that is not among the events
/// Cost    O(stretches · ln events)
/// Source  MEASURES.md 11 and 16A; Andersen and Gill 1982; Prentice, Williams and Peterson 1981
Result<std::vector<CoxRow>> recurrent_rows(
    std::span<const RecurrentUnit> units, RecurrentForm form, std::size_t most_earlier
);

}  // namespace entente::measures
