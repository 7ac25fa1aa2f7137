#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "measures/facts.h"
#include "measures/interruptions.h"

namespace entente::measures {

enum class ChannelCondition : std::uint8_t {
    never,    ///< declared never to have been used
    active,   ///< not stopped; says nothing of how often it is used: see `last_used`
    dormant,  ///< no use within one and a half cadences, and nobody declared a stop
    suspended,
    partly_restored,
    terminated,
    unknown,
    conflict,  ///< two declared states overlap; a person settles it
};

/// The words of the page: `active`, `lapsed`, `not known`, …
std::string_view to_words(ChannelCondition condition);

/// A channel and everything that speaks of its state. Pointers must outlive what is computed from them.
struct ChannelFacts {
    const Channel* channel = nullptr;
    std::vector<const ChannelState*> declared;
    std::vector<const Disruption*> outages;  ///< of this channel; single events left out
    std::vector<const Engagement*> uses;     ///< occurred, by beginning
    std::vector<Window> watched;  ///< periods of which a census of its parties' engagements is declared
};

/// Collects what speaks of a channel, as known by the end of a day.
ChannelFacts gather(
    const Channel& channel,
    std::span<const ChannelState> states,
    std::span<const Disruption> disruptions,
    std::span<const Engagement> engagements,
    std::span<const Coverage> coverage,
    Day on
);

/// How a channel stands on a day.
struct ChannelStanding {
    ChannelCondition condition = ChannelCondition::unknown;
    bool no_end_known = false;              ///< suspended, and no end is on record
    std::vector<Evidence> because;          ///< the records that say so
    const Engagement* last_used = nullptr;  ///< nothing: no use is on record
};

/// Says in which state a channel was at the end of a day.
///
/// Definition  a declared state of that day; else terminated from its end on; else suspended from the first
/// possible
///             day of an outage up to the day before the last possible one of its end, or of its next use;
///             else, from establishment or first known use on, dormant when a cadence is known and more than
///             one and a half of it passed since the last use; else active
/// Missing     before establishment and first use: unknown. Without a cadence there is no dormancy
/// Cost        O(facts of the channel)
/// Source      MEASURES.md 8 and 16A
ChannelStanding channel_standing(const ChannelFacts& facts, Day on);

/// A share with its extremes.
struct ShareRange {
    double low = 0;
    double high = 0;
    friend bool operator==(const ShareRange&, const ShareRange&) = default;
};

struct Availability {
    std::int32_t window_days = 0;
    std::int32_t outside_days = 0;  ///< before the channel existed, or after its end
    std::int32_t unknown_days =
        0;  ///< in neither side of the fraction; by the longest outages, like `known_days`
    std::int32_t known_days = 0;
    std::int32_t up_days = 0;  ///< whole days up, partly restored ones counted half and rounded down
    ShareRange share;          ///< up days of known days; equal ends when all dates are exact
    double expected = 0;       ///< between them: every day that the dates allow is as likely as another
    std::int32_t stops = 0;    ///< outages that begin in the window
    std::vector<domain::LengthRange> completed;  ///< whole lengths of the outages that end in the window
    bool too_few = false;  ///< fewer than half of the window's days are known: the share says nothing
};

/// Computes which share of a window a channel was up.
///
/// Definition  (active + half of partly restored) / known days; dormant is known and not up; the day of
/// restoration
///             counts as up; days before the channel existed and after its end are outside the window
/// Units       whole days; `share` is 0 to 1
/// Missing     unknown and conflicting days are left out of both sides and their number is given; fewer than
/// half of the
///             days known is `too_few`. An outage without a known end is down to the end of the window, or to
///             the next use
/// Cost        O(days · facts of the channel)
/// Source      MEASURES.md 8, 16A and 18.2
Availability availability(const ChannelFacts& facts, const Window& window);

}  // namespace entente::measures
