#pragma once

#include <optional>
#include <string_view>

#include "measures/attention/watch.h"

namespace entente::measures {

/// How a tie stands, for an overview that ranks nothing.
enum class TieState : std::uint8_t {
    stopped,       ///< something stopped, and no end of it is on record by the day
    restored,      ///< something had stopped, and its end is recent
    active,        ///< covered on the day, and a contact is on record within the quiet days
    quiet,         ///< covered on the day, and none is
    record_ends,   ///< nothing that counts is covered on the day
    not_released,  ///< withheld by law, and nothing else is covered
    none_on_record
};

/// `stopped, no end on record`
std::string_view to_words(TieState state);

struct TieStanding {
    TieState state = TieState::none_on_record;
    const Disruption* stop = nullptr;  ///< the latest, of what is stopped or restored
    std::size_t open_stops = 0;
    const Engagement* last_contact = nullptr;
    const Engagement* next = nullptr;  ///< planned or announced for after the day
    std::optional<Day> covered_until;  ///< the last day of anything that counts, not after the day
    bool not_released = false;         ///< a strand is withheld by law
};

/// Says how a tie stands on a day.
///
/// Definition  the first that holds: stopped; restored, for `restored_days` after the end of the last stop; active or
///             quiet, where contacts of leaders, in dialogue, exchange or exercise are covered on the day as a census or
///             a sample; else the record ends, when anything was covered before; else not released; else none on record
/// Missing     a tie that is not covered is never called quiet
/// Cost        O(facts of the pair)
TieStanding tie_standing(const WatchedTie& tie, int restored_days, int quiet_days);

}  // namespace entente::measures
