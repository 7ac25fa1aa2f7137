// When a tie could have stopped under somebody's eyes, and when it did.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "measures/facts.h"
#include "measures/interruptions.h"

namespace entente::measures::risk {

/// Outages that began within so many days of each other are one stop.
inline constexpr std::int32_t kOneStopDays = 30;
/// A date wider than this has no day.
inline constexpr std::int32_t kMostDaysOfADate = 31;

/// How a tie stands on a day.
enum class Standing : std::uint8_t {
    at_risk,      ///< not stopped, and a stop would come on record
    stopped,      ///< an outage lasts
    unknown,      ///< an outage has no known end, and nothing tells that the tie is in use again
    not_watched,  ///< nobody declares that stops were looked for, and none of this pair is on record yet
    not_covered,  ///< no statement speaks of stops, or none of shocks
};

/// A stop with all that stopped.
struct TieStop {
    Day on;  ///< the middle of the days that its date allows
    std::vector<const Disruption*> outages;
    Standing before = Standing::at_risk;  ///< how the tie stood: only a stop of one at risk teaches anything
    bool counts() const { return before == Standing::at_risk; }
};

/// Days of a standing other than at risk; closed.
struct BlockedDays {
    Day first, last;
    Standing standing = Standing::stopped;
    const Disruption* by = nullptr;
};

/// A pair's history as the risk of a stop sees it. Pointers lead to the facts asked about.
struct TieTimeline {
    Pair pair;
    std::vector<Window> at_risk;  ///< sorted, apart; the day of a stop is the last one of its stretch
    std::vector<TieStop> stops;   ///< by day
    std::vector<Day> onsets;      ///< of all stops and of what began in no known month, each once; sorted
    std::vector<BlockedDays> blocked;
    std::vector<Window> covered;  ///< of both stops and shocks; sorted, apart
    std::vector<Window> rich;     ///< as a census or sample of stops
    std::optional<Day> watched;   ///< the first day on which something of the pair is on record for certain
    std::optional<Day> in_use;    ///< the first sign that there is a tie
    std::size_t undated = 0;      ///< outages that began in no known month

    /// The first stop that counts after a day.
    const TieStop* next_stop(Day after) const;

    Standing standing_on(Day day) const;
    /// On the next day, as far as statements speak of this one.
    Standing standing_after(Day day) const;
    const BlockedDays* blocked_on(Day day) const;
    Standing standing(Day day, Day coverage_of) const;
};

struct TimelineFacts {
    std::span<const Disruption> disruptions;  ///< those of other pairs are passed over
    std::span<const Engagement> contacts;
    std::span<const Channel> channels;
    std::span<const Coverage> coverage;
};

/// Reads the history of a pair up to the end of a day.
///
/// Definition  a tie is at risk on a day on which statements speak of its stops and of shocks, no outage of it lasts or
///             may last, and a stop would be noticed: a census or sample of stops is declared and the tie had been in use,
///             or something of the pair had been stopped or refused before. An outage lasts to the last day that its end
///             allows; without a known end, to the last day on which it is said to last, and from then on it is not known
///             until the next contact. A stop counts where it begins at risk; what begins within `kOneStopDays` of it is
///             part of it
/// Missing     what is dated more roughly than a month is no stop, and its days are not at risk. Days that are not
///             covered, not watched or not known are never counted as free of stops
/// Cost        O(outages² + facts of the pair)
/// Source      MEASURES.md 11 and 16A: what is down is not at risk of going down
TieTimeline timeline_of(const Pair& pair, const TimelineFacts& facts, Day until);

/// The pairs of which anything was stopped or refused, in the order of their ids.
std::vector<Pair> interrupted_pairs(std::span<const Disruption> disruptions);

/// The middle of the days that a date allows; nothing where they are more than a month.
std::optional<Day> middle_day(const domain::DateSpan& date);

}  // namespace entente::measures::risk
