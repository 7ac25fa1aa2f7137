#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "measures/facts.h"

namespace entente::measures {

/// A closed interval of days.
struct Window {
    Day first;
    Day last;
};

/// A number of days out of those of a window.
struct DayShare {
    std::int32_t days = 0;
    std::int32_t of = 0;
    friend bool operator==(const DayShare&, const DayShare&) = default;
};

/// An engagement of the pair, and the days from the beginning of an episode to its first day.
struct ContactAfter {
    const Engagement* engagement = nullptr;
    domain::LengthRange days{};
};

/// One interruption of a relationship: outages that overlap or follow closely and have one cause.
/// Pointers are valid as long as the facts that were asked about.
struct Episode {
    std::vector<const Disruption*> members;  ///< its outages, by beginning, then by end, an open one last
    std::vector<const Disruption*> beside;   ///< single events that began while it lasted
    domain::DateSpan began;
    std::optional<domain::DateSpan> ended;   ///< nothing: no end is known
    domain::LengthRange length{};            ///< days to its end; to the day asked about when no end is known
    std::optional<Day> last_said;            ///< no end known: last day on which a source says that it lasted
    std::vector<std::string> stopped_by;     ///< actors, each once; empty: unknown
    std::vector<std::string> stated_causes;  ///< as stated, each once
    std::vector<const Shock*> coincident;    ///< shocks by the other side or a third in the days before
    DayShare days_after_such_shocks;         ///< days of the window that lie as close after such a shock
    std::vector<ContactAfter> meanwhile;     ///< contacts before anything of it had ended
    std::vector<ContactAfter>
        first_back;  ///< from the first end on: the first of each channel, or category and level
};

struct Interruptions {
    std::vector<Episode> episodes;                 ///< oldest first
    std::vector<const Disruption*> single_events;  ///< all of them, oldest first
    std::vector<const Disruption*> undated;  ///< happened, but no day or period of the beginning is known
    DayShare days_after_shocks;              ///< as in an episode, for every shock that touches the pair
};

struct InterruptionsQuestion {
    Pair pair;
    Window window;                   ///< for the share of days; `last` is the day asked about
    std::int32_t join_days = 30;     ///< outages that follow within this many days join
    std::int32_t shock_days = 30;    ///< how long before a beginning a shock coincides
    std::int32_t ladder_days = 365;  ///< how long after the end the first contacts are listed
};

/// Turns the disruptions of a pair into episodes, with who stopped, the cause as stated, coincident shocks
/// and what came back first.
///
/// Definition  outages are disruptions of the whole relationship or of a family of contacts; a single event
/// (a declined
///             call, a refused port call) is none. Two outages belong together when their intervals overlap
///             or follow within `join_days` and they share a shock or their stated cause reads alike with no
///             other cause class; belonging together is transitive. An episode ends with its last outage. A
///             shock coincides when it may have come 0 to `shock_days` days before the beginning
/// Units       days; an imprecise date gives the extremes over all days allowed, at least 1
/// Missing     no end known stays open, and reaches for the purpose of joining as far as a source says so. No
/// cause
///             known (or said not to be stated) links to nothing. Whatever began after the day asked about
///             does not exist; what ended after it had not ended
/// Cost        O(d² + d·(e + s)) in disruptions, engagements and shocks of the pair
/// Source      MEASURES.md 8 and 16A
Interruptions find_interruptions(
    std::span<const Disruption> disruptions,
    std::span<const Shock> shocks,
    std::span<const Engagement> engagements,
    const InterruptionsQuestion& question
);

/// One cause, or linked causes.
bool causes_linked(const Disruption& a, const Disruption& b);

}  // namespace entente::measures
