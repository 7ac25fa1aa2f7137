// When the next contact of a kind will come, by the gaps that there were.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "measures/forecast/scores.h"
#include "measures/measure.h"
#include "measures/shocks/shock_effect.h"

namespace entente::measures {

/// A stretch of a gap between two contacts during which nothing changed.
struct GapPiece {
    Lifetime gap;            ///< entered when the stretch began
    bool stopped = false;    ///< an outage of the pair lasted
    std::size_t number = 1;  ///< of gaps that are alike in this
};

/// Gaps of covered time, as known at the end of a day.
struct Gaps {
    std::vector<GapPiece> pieces;  ///< in the order in which the first of each came up
    std::size_t ended = 0;
    std::optional<Day> last;  ///< the last contact
    Day told_from;  ///< the last covered day of its stretch: beyond nobody knows whether there was one
};

/// Cuts the time between contacts into gaps.
///
/// Definition  from one day with a contact to the next within one covered stretch; without a next one as long as the
///             stretch lasts. Each is cut where an outage of the pair began or ended
/// Missing     from the beginning of a stretch to its first contact: when that gap began is not known
Gaps gaps_until(const DatedCounts& counts, std::span<const Window> stopped, Day on);

/// Days on which an outage of the pair is known to have lasted, by a day; joined, by time.
std::vector<Window> stopped_stretches(std::span<const Disruption> disruptions, const Pair& pair, Day on);

/// The law of gaps that tells them best.
///
/// Definition  the four laws, whether something is stopped as covariate where five gaps ended in either state, held by a
///             normal prior of spread 1; the one with the lowest AIC
/// Errors      invalid_argument: fewer than `kFewestEnded` ended, or no law could be fitted
Result<PredictedLifetime> law_of_gaps(const Gaps& gaps, bool stopped_now, std::size_t draws);

/// How long until the next contact of a kind.
struct NextContact {
    std::string kind;  ///< a category; empty: of any kind
    Day last, told_from;
    std::array<double, kHorizons.size()> chances{};  ///< from the last covered day
    std::optional<double> soon, median, late;
    std::size_t told = 0, inside = 0;  ///< its own past
    ScoreGain over_even;               ///< beside an even chance with the mean gap so far
    std::vector<Evidence> records;     ///< the last contact
};

/// A kind of which nothing is told.
struct KindLeftOut {
    std::string kind;
    bool uncovered =
        false;  ///< more than a year lies since the last covered day of its present gap; else too few gaps
};

/// How long after the last covered day a contact is still told.
inline constexpr std::int32_t kStaleDays = 365;

/// Next contacts of each kind and of any, the kinds with the soonest first.
///
/// Missing  kinds with fewer than `kFewestEnded` gaps are left out, and those whose present gap is not covered to a
///          year before the day asked
/// Cost     a fit of four laws for every gap of the past, each to as many pieces as are unlike
/// Source   MEASURES.md 11
std::vector<NextContact> next_contacts(const PairFacts& facts, Day at, std::vector<KindLeftOut>& left_out);

}  // namespace entente::measures
