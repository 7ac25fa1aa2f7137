#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "measures/channel_state.h"
#include "measures/coverage_of.h"
#include "measures/measure.h"
#include "measures/shape/gaps.h"
#include "measures/survival/durations.h"

namespace entente::measures {

/// Below this chance of a longer gap a contact is overdue.
inline constexpr double kOverdueBelow = 0.1;

enum class Lateness : std::uint8_t {
    late,            ///< more than one and a half declared cadences
    in_time,         ///< by the declared cadence
    overdue,         ///< of past gaps fewer than one in ten would last longer
    not_overdue,     ///< by past gaps
    longest_of_few,  ///< longer than any before, of so few that none could make it overdue
    too_few,         ///< fewer than five gaps
    stopped,         ///< a channel that is suspended, lapsed or was never used: the question does not apply
    no_contact,      ///< none on record in covered time
    not_covered      ///< the present gap cannot be told from its beginning
};

/// The present gap between contacts, against those before.
struct Overdue {
    std::string name;  ///< of the kind or channel
    bool is_channel = false;
    GapHistory history;
    bool to_the_day = false;                ///< the present gap is told to the day asked about
    std::optional<std::int64_t> cadence;    ///< declared, in days
    ChannelCondition state{};               ///< of a channel
    std::vector<Evidence> because;          ///< of its state
    std::optional<double> chance;           ///< that a gap is longer than the present one
    std::optional<Interval> chance_limits;  ///< 95 % of the curve; none once nothing lasts
    Lateness lateness = Lateness::too_few;  ///< on the last day to which the gap is told
    const Engagement* next = nullptr;       ///< planned or announced for after the day asked about: expected
    std::vector<Evidence> coverage;         ///< statements that speak of the day asked about
    CoverageKind covered = CoverageKind::not_covered;
};

/// The share of gaps that last longer than an age, past ones as they ended, the present one still lasting.
///
/// Definition  Kaplan–Meier with the present gap censored at its age
/// Missing     nothing lasted so long: the curve's last step
struct LongerGap {
    double chance = 1;
    std::optional<Interval> limits;
};
LongerGap chance_of_longer_gap(const std::vector<double>& past, double age);

/// Is the next contact late? Kinds first, then channels, each as the code list and the record have them.
///
/// Definition  P(gap > present) under the curve of past gaps; below 0.1 overdue. A declared cadence goes first: late
///             after one and a half of it
/// Units       days between days with a contact
/// Missing     fewer than five past gaps: too few. A gap that cannot be told from its beginning: not covered. A gap that
///             can be told up to a day before the one asked about is judged on that day, and says so
/// Cost        O(n log n) for each kind and channel
/// Source      MEASURES.md 7 and 16A
std::vector<Overdue> overdue(const PairFacts& facts, Day at);

}  // namespace entente::measures
