// The risk of a stop of one pair: the whole of the answer, before it is put into words.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "measures/measure.h"
#include "measures/risk/past_risks.h"
#include "measures/risk/precedents.h"
#include "measures/risk/risk_scores.h"

namespace entente::measures::risk {

/// All that is learnt from for a pair, and which of the ties is its own.
struct GatheredRecord {
    std::vector<Disruption> disruptions;  ///< pointers of the timelines lead here
    RiskRecord record;
    std::size_t own = 0;
    std::size_t left_to_general_knowledge = 0;  ///< disruptions of other pairs that nobody checked

    const TieTimeline& tie() const { return record.ties[own]; }
    const ShockDays& shocks() const { return record.shocks[own]; }
};

/// Collects the timelines of all pairs of which anything was stopped or refused, and of the pair asked about.
///
/// Missing  what other pairs had stopped and nobody checked against a source is left out, unless general knowledge counts
GatheredRecord gather_record(const PairFacts& facts, Day until);

/// A shock that has not come, or not yet.
struct SupposedShock {
    ShockClass what;
    Day on;
};

/// Chances within the horizons.
struct ToldChances {
    Chances chance{};                                    ///< the hazard's
    std::array<Interval, kRiskHorizons.size()> bands{};  ///< 5 to 95 of 100 draws
};

/// What was learnt, and what it says.
struct ToldRisk {
    RiskModel model;
    PastRisks past;
    std::array<RiskTrack, kRiskHorizons.size()> track;
    ToldChances as_it_is;
    std::optional<ToldChances> supposed;
    Chances all{}, own{};  ///< beside it: the past of all pairs, and of this one
    std::size_t ties_learnt_from = 0;
};

/// Tells the risk of a tie at risk after the end of a day.
///
/// Errors  invalid_argument: too few stops to learn from, or what the fit says
Result<ToldRisk> tell_risk(
    const GatheredRecord& gathered, Day from, const std::optional<SupposedShock>& supposed
);

}  // namespace entente::measures::risk
