#include "measures/forecast/stacking.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "numerics/mixture.h"

namespace entente::measures {
namespace {

constexpr double kCurveFloor = 0.05;

}  // namespace

double chance_of(const PredictedLifetime& forecast, double age, const Lifetime& remaining) {
    const auto ended = [&](double days) { return forecast.ended_by(age + days, age).value_or(-1); };
    const double low = ended(remaining.exact() ? remaining.low - 1 : remaining.low);
    if (low < 0) return 0;
    return std::max(0.0, (remaining.ended() ? ended(remaining.high) : 1) - low);
}

CandidateWeights stacking_weights(std::span<const ScoredOutcome> past) {
    numerics::MixtureTable table{past.size() + kCandidates, kCandidates, {}};
    for (const auto& one : past) {
        for (const double chance : one.chances)
            table.likelihoods.push_back((1 - kCurveFloor) * chance + kCurveFloor * one.chances[kCurve]);
        table.counts.push_back(one.count);
    }
    for (std::size_t j = 0; j < kCandidates; ++j) {
        for (std::size_t k = 0; k < kCandidates; ++k) table.likelihoods.push_back(j == k ? 1 : 0);
        table.counts.push_back(1.0 / kCandidates);
    }
    const auto found = numerics::fit_mixture(table);
    check(found.has_value(), "the curve gives every outcome a chance, so weights can be found");
    CandidateWeights out{};
    for (std::size_t j = 0; j < kCandidates; ++j)
        out[j] = (1 - kCurveFloor) * found->weights[j] + (j == kCurve ? kCurveFloor : 0);
    return out;
}

RemainingTime::RemainingTime(const Candidates& candidates, const CandidateWeights& weights, double age)
    : candidates_(&candidates), weights_(weights), age_(age) {
    double whole = 0;
    for (std::size_t j = 0; j < kCandidates; ++j) {
        alive_[j] = candidates.of[j].lasting(age);
        // Who told that nothing lasts so long has nothing to say of what did.
        if (!(alive_[j] > kNothingLeft)) weights_[j] = 0;
        whole += weights_[j];
    }
    check(whole > 0, "the curve always leaves something that lasts");
    for (auto& weight : weights_) weight /= whole;
}

double RemainingTime::ended_within(double days) const {
    if (days <= 0) return 0;
    double lasting = 0;
    for (std::size_t j = 0; j < kCandidates; ++j)
        if (weights_[j] > 0) lasting += weights_[j] * candidates_->of[j].lasting(age_ + days) / alive_[j];
    return std::clamp(1 - lasting, 0.0, 1.0);
}

std::optional<double> RemainingTime::quantile(double p, double most) const {
    if (ended_within(most) < p) return std::nullopt;
    double low = 0, high = most;
    for (int step = 0; step < 60 && high - low > 1e-3; ++step) {
        const double middle = (low + high) / 2;
        (ended_within(middle) < p ? low : high) = middle;
    }
    return high;
}

}  // namespace entente::measures
