#include "measures/forecast/past_forecasts.h"

#include <algorithm>
#include <map>

namespace entente::measures {
namespace {

struct Origin {
    const OutageCase* of;
    std::int32_t asked_age;
    Day day;
};

std::vector<Origin> origins_before(std::span<const OutageCase> cases, Day until) {
    std::vector<Origin> out;
    for (const auto& one : cases)
        for (const auto age : kAskedAges) {
            const Day day = *one.outage->began.to + age;
            // It is known to have lasted to the end of that day, and for some time beyond.
            if (day < until && last_known_to_last(*one.outage, until) >= day && !ended_by(*one.outage, day))
                out.push_back({&one, age, day});
        }
    std::ranges::stable_sort(out, {}, &Origin::day);
    return out;
}

/// What the candidates gave to what had come of a forecast by a day; nothing where nothing had.
std::optional<ScoredOutcome> scored_on(const PastForecast& forecast, Day known) {
    if (ended_by(*forecast.outage, known)) return ScoredOutcome{forecast.to_the_end};
    const auto outcome = outcome_on(forecast, known);
    if (outcome.low < 1) return std::nullopt;
    ScoredOutcome out;
    for (std::size_t j = 0; j < kCandidates; ++j)
        out.chances[j] =
            forecast.alive[j] > kNothingLeft
                ? forecast.candidates.of[j].lasting(forecast.age + outcome.low) / forecast.alive[j]
                : 0;
    return out;
}

void settle(PastForecast& forecast, Day until) {
    for (std::size_t j = 0; j < kCandidates; ++j) {
        const auto& candidate = forecast.candidates.of[j];
        forecast.alive[j] = candidate.lasting(forecast.age);
        if (ended_by(*forecast.outage, until))
            forecast.to_the_end[j] = chance_of(candidate, forecast.age, outcome_on(forecast, until));
    }
}

}  // namespace

Lifetime outcome_on(const PastForecast& forecast, Day known) {
    return remaining_on(*forecast.outage, forecast.origin, known);
}

std::vector<PastForecast> roll(std::span<const OutageCase> cases, Day until, std::size_t draws) {
    std::vector<PastForecast> out;
    for (const auto& origin : origins_before(cases, until)) {
        const auto learnt = learn(cases, origin.day, origin.of->outage);
        if (!learnt) continue;
        PastForecast forecast{
            origin.of->outage,
            origin.asked_age,
            origin.day,
            age_on(*origin.of->outage, origin.day),
            candidates_for(*learnt, *origin.of->outage, std::span(&origin.of->traits, 1), draws),
            weights_on(out, origin.day)};
        settle(forecast, until);
        out.push_back(std::move(forecast));
    }
    return out;
}

CandidateWeights weights_on(std::span<const PastForecast> past, Day known) {
    std::vector<ScoredOutcome> scored;
    std::vector<const Disruption*> of;
    std::map<const Disruption*, double> forecasts;
    for (const auto& forecast : past) {
        if (forecast.origin >= known) break;
        const auto one = scored_on(forecast, known);
        if (!one) continue;
        scored.push_back(*one);
        of.push_back(forecast.outage);
        ++forecasts[forecast.outage];
    }
    for (std::size_t i = 0; i < scored.size(); ++i) scored[i].count = 1 / forecasts[of[i]];
    return stacking_weights(scored);
}

}  // namespace entente::measures
