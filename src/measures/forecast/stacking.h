// Several forecasts made one, by how well each of them told what had come.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "measures/forecast/candidates.h"

namespace entente::measures {

using CandidateWeights = std::array<double, kCandidates>;

/// What one candidate gave to what came, for each of them.
struct ScoredOutcome {
    std::array<double, kCandidates> chances{};
    double count = 1;  ///< all forecasts of one outage together count 1
};

/// Chance of what came, from `age` on, as the forecast told it; 0 where it told that nothing lasts to that age.
double chance_of(const PredictedLifetime& forecast, double age, const Lifetime& remaining);

/// Weights that would have made what came most likely.
///
/// Definition  the mixture of the candidates with the highest log score over the past (stacking), where the curve
///             without covariates keeps 5 % and one more outage is counted that speaks for all alike: with no past the
///             weights are even
/// Source      Yao and others 2018; MEASURES.md 11
CandidateWeights stacking_weights(std::span<const ScoredOutcome> past);

/// How long something of an age still lasts.
class RemainingTime {
public:
    RemainingTime(const Candidates& candidates, const CandidateWeights& weights, double age);

    /// Share that has ended so many days on.
    double ended_within(double days) const;
    /// Days until the share p has ended; nothing where that is beyond `most`.
    std::optional<double> quantile(double p, double most) const;

private:
    const Candidates* candidates_;
    CandidateWeights weights_;
    double age_;
    std::array<double, kCandidates> alive_{};
};

}  // namespace entente::measures
