// How soon what is stopped will mend: the whole of the answer, before it is put into words.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "measures/forecast/scores.h"
#include "measures/forecast/similar_outages.h"
#include "measures/measure.h"

namespace entente::measures {

/// Beyond this a forecast says no more than that it is open above.
inline constexpr double kMostDays = 3652;

/// How long one outage still lasts. Chances hold if it lasts on the day asked.
struct OutageForecast {
    const Disruption* outage = nullptr;  ///< null: none in particular, a new one as those of the pair were
    double age = 0;
    domain::LengthRange days_out{};
    std::optional<Day> last_said;  ///< it is not known to last on the day asked, only to this one
    std::optional<double> ended_unseen,
        ended_unseen_if_open_lasted;  ///< then: the chance that it has ended since
    std::array<double, kHorizons.size()> chances{};
    std::array<double, kHorizons.size()>
        chances_if_open_lasted{};  ///< had all without a known end lasted to this day
    std::optional<double> soon, median,
        late;                          ///< days by which 10, 50, 90 of 100 end; nothing: beyond `kMostDays`
    std::vector<SimilarOutage> alike;  ///< three at most, the most alike first
    std::size_t ended_of_pair = 0;
    bool like_own = true;  ///< of a new one: as those of the pair were, not as any
    CandidateWeights weights{};
};

struct RestartForecast {
    std::vector<Disruption> record;       ///< what was learnt from and asked of; all pointers lead here
    std::vector<OutageForecast> outages;  ///< what is stopped, by its beginning; or one that is new
    bool stopped = false;                 ///< whether anything is
    Learnt learnt;
    std::vector<PastForecast> past;
    TrackRecord track;
    std::size_t left_to_general_knowledge = 0;  ///< outages not learnt from because nobody checked them
};

/// Tells for every outage of the pair that has no known end by the day asked how soon it ends.
///
/// Definition  candidates learnt from all outages of all pairs known on the day but itself, weighted by how well they
///             told what had come by then, given that it has lasted so far; 2,000 draws. An outage of a channel without
///             a recorded end ended at the channel's next use, or between that and the last word of it
/// \param  channel  id of a channel to which the answer is kept; empty: all
/// Errors  invalid_argument: fewer outages had ended by then than can be learnt from
/// Cost    a fit of four laws for every forecast of the past: seconds for hundreds
/// Source  MEASURES.md 11
Result<RestartForecast> forecast_restart(const PairFacts& facts, Day at, const std::string& channel);

}  // namespace entente::measures
