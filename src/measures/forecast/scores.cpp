#include "measures/forecast/scores.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "numerics/quadrature.h"

namespace entente::measures {
namespace {

constexpr double kNormal90 = 1.6448536269514722;
constexpr double kTenYears = 3652;
constexpr double kTail = (1 - kForecastLevel) / 2;
/// A chance below this is told as this: one forecast that was plainly wrong shall not be all there is to see.
constexpr double kLeastChance = 1e-12;

/// What a maker told of a remaining time.
struct Told {
    std::function<double(double)> ended_within;
    double chance_of_what_came = 0;
};

Came beside_interval(const Told& told, const Lifetime& came) {
    const double low = told.ended_within(came.exact() ? came.low : came.low + 1);
    if (!came.ended()) return low > 1 - kTail ? Came::later : Came::untold;
    const double high = told.ended_within(came.high);
    if (high < kTail) return Came::sooner;
    if (low > 1 - kTail) return Came::later;
    return low >= kTail && high <= 1 - kTail ? Came::inside : Came::untold;
}

JudgedForecast judged(const PastForecast& forecast, const Lifetime& came, const Told& told) {
    JudgedForecast out{&forecast, came};
    out.interval = beside_interval(told, came);
    out.place = told.ended_within(came.ended() ? (came.low + came.high) / 2 : came.low);
    out.log_score = std::log(std::max(kLeastChance, told.chance_of_what_came));
    for (std::size_t h = 0; h < kHorizons.size(); ++h) out.chances[h] = told.ended_within(kHorizons[h]);
    out.crps = crps(told.ended_within, came);
    return out;
}

Told told_by(const PredictedLifetime& maker, double age, const Lifetime& came) {
    return {
        [&maker, age](double days) { return maker.ended_by(age + days, age).value_or(1); },
        chance_of(maker, age, came)};
}

Told told_by(const RemainingTime& remaining, const PastForecast& forecast, const Lifetime& came) {
    double chance = 0;
    for (std::size_t j = 0; j < kCandidates; ++j)
        chance += forecast.weights[j] * chance_of(forecast.candidates.of[j], forecast.age, came);
    return {[&remaining](double days) { return remaining.ended_within(days); }, chance};
}

double end_of(const Lifetime& came) {
    return came.ended() ? (came.low + came.high) / 2 : came.low;
}

/// Chance of being followed on: a product over the days on which some are lost sight of, ends of that day first.
class Followed {
public:
    explicit Followed(std::span<const Lifetime> came) {
        std::vector<double> ends;
        std::map<double, double> lost;
        for (const auto& one : came) {
            ends.push_back(end_of(one));
            if (!one.ended()) ++lost[one.low];
        }
        std::ranges::sort(ends);
        double share = 1;
        for (const auto& [day, number] : lost) {
            const auto later = static_cast<double>(ends.end() - std::ranges::upper_bound(ends, day));
            share *= 1 - number / (later + number);
            steps_.emplace_back(day, share);
        }
    }

    double before(double days) const { return at(std::ranges::lower_bound(steps_, days, {}, kDay)); }
    double through(double days) const { return at(std::ranges::upper_bound(steps_, days, {}, kDay)); }

private:
    using Steps = std::vector<std::pair<double, double>>;
    static constexpr auto kDay = &Steps::value_type::first;

    double at(Steps::const_iterator after) const {
        return after == steps_.begin() ? 1 : std::prev(after)->second;
    }

    Steps steps_;
};

ForecastScore score_of(std::span<const JudgedForecast> judged) {
    ForecastScore out;
    std::vector<Lifetime> came;
    for (const auto& one : judged) {
        out.inside += one.interval == Came::inside;
        out.outside += one.interval == Came::sooner || one.interval == Came::later;
        out.log_score += one.log_score / static_cast<double>(judged.size());
        out.crps += one.crps / static_cast<double>(judged.size());
        came.push_back(one.came);
    }
    for (std::size_t h = 0; h < kHorizons.size(); ++h) {
        std::vector<double> chances;
        for (const auto& one : judged) chances.push_back(one.chances[h]);
        out.brier[h] = weighted_brier(came, chances, kHorizons[h]);
    }
    return out;
}

/// Limits of the share inside, for as many forecasts as the spread between outages makes them worth.
std::optional<Interval> limits_of_share(std::span<const JudgedForecast> judged) {
    std::vector<double> values;
    std::vector<const Disruption*> groups;
    for (const auto& one : judged) {
        if (one.interval == Came::untold) continue;
        values.push_back(one.interval == Came::inside);
        groups.push_back(one.forecast->outage);
    }
    const std::set<const Disruption*> outages(groups.begin(), groups.end());
    if (outages.size() < 2) return std::nullopt;
    const auto mean = grouped_mean(values, groups);
    const double spread = (mean.limits.high - mean.limits.low) / (2 * kNormal90);
    const double number = static_cast<double>(values.size()),
                 groups_number = static_cast<double>(outages.size());
    // All alike: every outage is worth one.
    const double worth =
        spread > 0 ? std::clamp(mean.mean * (1 - mean.mean) / (spread * spread), 1.0, number) : groups_number;
    return numerics::jeffreys_share(mean.mean * worth, worth, 0.9);
}

ScoreGain gain(std::span<const JudgedForecast> ours, std::span<const JudgedForecast> theirs) {
    std::vector<double> differences;
    std::vector<const Disruption*> groups;
    for (std::size_t i = 0; i < ours.size(); ++i) {
        differences.push_back(ours[i].log_score - theirs[i].log_score);
        groups.push_back(ours[i].forecast->outage);
    }
    return grouped_mean(differences, groups);
}

}  // namespace

double crps(const std::function<double(double)>& ended_within, const Lifetime& came) {
    const double followed = came.ended() ? kTenYears : std::min(came.low, kTenYears), end = end_of(came);
    std::vector<double> parts{0, 30, 180, 720, followed};
    if (came.ended()) parts.push_back(end);
    for (auto& part : parts) part = std::min(part, followed);
    std::ranges::sort(parts);
    double out = 0;
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
        const double width = parts[i + 1] - parts[i];
        if (width <= 0) continue;
        const double ended = came.ended() && parts[i] >= end ? 1 : 0;
        for (const auto& node : numerics::gauss_legendre_10()) {
            const double miss = ended_within(parts[i] + node.at * width) - ended;
            out += node.weight * width * miss * miss;
        }
    }
    return out;
}

std::vector<ToldChance> told_and_came(std::span<const JudgedForecast> judged, std::size_t horizon) {
    std::vector<ToldChance> out;
    for (const auto& one : judged) {
        const bool ended = one.came.ended() && end_of(one.came) <= kHorizons[horizon];
        if (ended || end_of(one.came) > kHorizons[horizon]) out.push_back({one.chances[horizon], ended});
    }
    return out;
}

ScoreGain grouped_mean(std::span<const double> values, std::span<const Disruption* const> groups) {
    if (values.empty()) return {0, {-INFINITY, INFINITY}};
    const double number = static_cast<double>(values.size());
    ScoreGain out;
    for (const double value : values) out.mean += value / number;
    // In the order in which they come, so that no address decides the last digit.
    std::vector<std::pair<const Disruption*, double>> sums;
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto at = std::ranges::find(sums, groups[i], &std::pair<const Disruption*, double>::first);
        if (at == sums.end()) at = sums.insert(sums.end(), {groups[i], 0});
        at->second += values[i] - out.mean;
    }
    if (sums.size() < 2) return {out.mean, {-INFINITY, INFINITY}};
    double squares = 0;
    for (const auto& [group, sum] : sums) squares += sum * sum;
    const double of_groups = static_cast<double>(sums.size());
    const double error = std::sqrt(squares * of_groups / (of_groups - 1)) / number;
    out.limits = {out.mean - kNormal90 * error, out.mean + kNormal90 * error};
    return out;
}

std::optional<double> weighted_brier(
    std::span<const Lifetime> came, std::span<const double> chances, double horizon
) {
    const Followed followed(came);
    if (came.empty() || followed.through(horizon) <= 0) return std::nullopt;
    double sum = 0;
    for (std::size_t i = 0; i < came.size(); ++i) {
        const double end = end_of(came[i]), miss = chances[i];
        if (came[i].ended() && end <= horizon)
            sum += (1 - miss) * (1 - miss) / followed.before(end);
        else if (end > horizon)
            sum += miss * miss / followed.through(horizon);
    }
    return sum / static_cast<double>(came.size());
}

TrackRecord judge(std::span<const PastForecast> past, Day known) {
    TrackRecord out;
    std::vector<JudgedForecast> curve, as_last;
    std::set<const Disruption*> outages, told;
    for (const auto& forecast : past) {
        if (forecast.origin >= known) break;
        const auto came = outcome_on(forecast, known);
        if (!came.ended() && came.low < 1) continue;
        const RemainingTime remaining(forecast.candidates, forecast.weights, forecast.age);
        out.judged.push_back(judged(forecast, came, told_by(remaining, forecast, came)));
        curve.push_back(judged(forecast, came, told_by(forecast.candidates.all_curve, forecast.age, came)));
        as_last.push_back(judged(forecast, came, told_by(forecast.candidates.as_last, forecast.age, came)));
        outages.insert(forecast.outage);
        if (out.judged.back().interval != Came::untold) told.insert(forecast.outage);
        for (std::size_t j = 0; j < kCandidates; ++j)
            out.alone[j] +=
                std::log(std::max(kLeastChance, chance_of(forecast.candidates.of[j], forecast.age, came)));
    }
    for (auto& score : out.alone) score /= static_cast<double>(std::max<std::size_t>(1, out.judged.size()));
    out.forecasts = out.judged.size();
    out.outages = outages.size();
    out.told_outages = told.size();
    out.weighted = score_of(out.judged);
    out.curve = score_of(curve);
    out.as_last = score_of(as_last);
    out.untold = out.forecasts - out.weighted.inside - out.weighted.outside;
    out.inside_limits = limits_of_share(out.judged);
    out.over_curve = gain(out.judged, curve);
    out.over_last = gain(out.judged, as_last);
    return out;
}

}  // namespace entente::measures
