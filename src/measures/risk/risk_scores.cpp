#include "measures/risk/risk_scores.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace entente::measures::risk {
namespace {

constexpr double kLeastChance = 1e-12;

double log_given(double chance, bool came) {
    return std::log(std::max(kLeastChance, came ? chance : 1 - chance));
}

void add(RiskScore& score, double chance, bool came) {
    score.log_score += log_given(chance, came);
    score.brier += (chance - came) * (chance - came);
    score.mean += chance;
}

void divide(RiskScore& score, double by) {
    score.log_score /= by, score.brier /= by, score.mean /= by;
}

}  // namespace

RiskTrack judge_risks(std::span<const PastRisk> past, std::size_t horizon) {
    RiskTrack out;
    std::vector<double> over_all, over_own;
    std::vector<std::size_t> ties;
    std::vector<ToldChance> chances;
    std::set<const Disruption*> stops;
    for (const auto& one : past) {
        if (!one.came[horizon]) continue;
        const bool came = *one.came[horizon];
        const double told = one.told(horizon);
        ++out.forecasts, out.came += came;
        if (came) stops.insert(one.stop->outages.front());
        for (std::size_t j = 0; j < kTellers; ++j) add(out.by[j], one.by[j][horizon], came);
        const auto given = [&](Teller teller) {
            return log_given(one.by[static_cast<std::size_t>(teller)][horizon], came);
        };
        over_all.push_back(log_given(told, came) - given(Teller::all));
        over_own.push_back(log_given(told, came) - given(Teller::own));
        ties.push_back(one.tie);
        chances.push_back({told, came});
    }
    out.calibration = calibrate(chances, kToldEdges);
    if (out.forecasts == 0) return out;
    const auto number = static_cast<double>(out.forecasts);
    for (auto& one : out.by) divide(one, number);
    out.ties = std::set<std::size_t>(ties.begin(), ties.end()).size();
    out.stops = stops.size();
    out.over_all = validity::grouped_mean(over_all, ties);
    out.over_own = validity::grouped_mean(over_own, ties);
    return out;
}

}  // namespace entente::measures::risk
