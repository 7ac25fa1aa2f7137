#include "measures/relational/check_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "measures/relational/check_events.h"

namespace entente::measures::relational {
namespace {

std::unexpected<Error> refuse(std::string field, std::string message) {
    return fail(ErrorCode::invalid_argument, std::move(field), std::move(message));
}

Result<void> check_actors(const History& history) {
    const std::size_t size = history.actors.size();
    if (size < 2 || size > kMostActors)
        return refuse("actors", fmt::format("Found {} actors, expected 2 to {}.", size, kMostActors));
    for (const Actor& actor : history.actors)
        for (const Presence& presence : actor.presence)
            if (!(presence.from < presence.until))
                return refuse(
                    "actors",
                    fmt::format(
                        "{} is present from {} until {}, expected an end after the beginning.",
                        actor.name,
                        presence.from,
                        presence.until
                    )
                );
    return {};
}

template <class Covariates>
bool has(const Covariates& covariates, const std::string& name) {
    return std::any_of(covariates.begin(), covariates.end(), [&](const auto& covariate) {
        return covariate.name == name;
    });
}

Result<void> check_name(const History& history, const Statistic& statistic) {
    const std::string& name = statistic.name;
    if (is_actor_covariate(statistic.kind) && !has(history.actor_covariates, name))
        return refuse("statistics", fmt::format("There is no covariate of actors named \"{}\".", name));
    if (statistic.kind == Kind::pair_covariate && !has(history.pair_covariates, name))
        return refuse("statistics", fmt::format("There is no covariate of pairs named \"{}\".", name));
    if (statistic.kind != Kind::shock) return {};
    if (!(statistic.window > 0))
        return refuse(
            "statistics", fmt::format("Found a window of {} days, expected more than 0.", statistic.window)
        );
    if (std::none_of(history.shocks.begin(), history.shocks.end(), [&](const Shock& shock) {
            return shock.shock_class == name;
        }))
        return refuse("statistics", fmt::format("There is no shock of class \"{}\".", name));
    return {};
}

Result<void> check_statistics(const History& history, const Model& model) {
    if (model.statistics.empty()) return refuse("statistics", "Found none, expected at least one.");
    std::set<std::string> seen;
    for (const Statistic& statistic : model.statistics) {
        const std::string name = describe(statistic);
        if (!seen.insert(name).second) return refuse("statistics", fmt::format("{} is there twice.", name));
        if (history.directed ? needs_no_direction(statistic.kind) : needs_direction(statistic.kind))
            return refuse(
                "statistics",
                fmt::format(
                    "{} has no meaning for {} events.", name, history.directed ? "directed" : "undirected"
                )
            );
        if (statistic.half_life && !may_decay(statistic.kind))
            return refuse("statistics", fmt::format("{}: this statistic does not decay.", name));
        if (statistic.half_life && !(*statistic.half_life > 0 && std::isfinite(*statistic.half_life)))
            return refuse(
                "statistics",
                fmt::format(
                    "{}: found a half-life of {} days, expected more than 0.", name, *statistic.half_life
                )
            );
        ENTENTE_RETURN_IF_ERROR(check_name(history, statistic));
    }
    return {};
}

bool takes_log(const Model& model, const std::string& name, bool of_pairs) {
    return std::any_of(model.statistics.begin(), model.statistics.end(), [&](const Statistic& statistic) {
        return statistic.transform == Transform::log && statistic.name == name &&
               (of_pairs ? statistic.kind == Kind::pair_covariate : is_actor_covariate(statistic.kind));
    });
}

Result<void> check_value(
    const std::string& covariate, const std::string& of, double time, std::optional<double> value, bool log
) {
    if (std::isnan(time) || time == std::numeric_limits<double>::infinity())
        return refuse(covariate, fmt::format("A value of {} holds from no time.", of));
    if (value && !std::isfinite(*value))
        return refuse(covariate, fmt::format("{} has the value {}, expected a number.", of, *value));
    if (value && log && *value <= -1)
        return refuse(covariate, fmt::format("{} has the value {}; ln(1+x) needs more than -1.", of, *value));
    return {};
}

Result<void> check_actor_covariate(const History& history, const ActorCovariate& covariate, bool log) {
    std::set<std::pair<ActorIndex, double>> seen;
    for (const ActorValue& value : covariate.values) {
        if (value.actor >= history.actors.size())
            return refuse(
                covariate.name, fmt::format("Found a value of actor {}, who is unknown.", value.actor)
            );
        const std::string& name = history.actors[value.actor].name;
        ENTENTE_RETURN_IF_ERROR(check_value(covariate.name, name, value.time, value.value, log));
        if (!seen.insert({value.actor, value.time}).second)
            return refuse(
                covariate.name, fmt::format("{} has two values from {} on.", name, time_text(value.time))
            );
    }
    return check_value(covariate.name, "whoever is missing", 0, covariate.otherwise, log);
}

Result<void> check_pair_covariate(const History& history, const PairCovariate& covariate, bool log) {
    std::set<std::tuple<ActorIndex, ActorIndex, double>> seen;
    for (const PairValue& value : covariate.values) {
        ENTENTE_RETURN_IF_ERROR(check_pair(history, covariate.name, value.sender, value.receiver));
        const std::string name = pair_name(history, value.sender, value.receiver);
        ENTENTE_RETURN_IF_ERROR(check_value(covariate.name, name, value.time, value.value, log));
        auto [i, j] = std::pair{value.sender, value.receiver};
        if (!history.directed && i > j) std::swap(i, j);
        if (!seen.insert({i, j, value.time}).second)
            return refuse(
                covariate.name, fmt::format("{} has two values from {} on.", name, time_text(value.time))
            );
    }
    return check_value(covariate.name, "whatever is missing", 0, covariate.otherwise, log);
}

Result<void> check_surroundings(const History& history, const Model& model) {
    for (const auto& covariate : history.actor_covariates)
        ENTENTE_RETURN_IF_ERROR(
            check_actor_covariate(history, covariate, takes_log(model, covariate.name, false))
        );
    for (const auto& covariate : history.pair_covariates)
        ENTENTE_RETURN_IF_ERROR(
            check_pair_covariate(history, covariate, takes_log(model, covariate.name, true))
        );
    for (const Shock& shock : history.shocks) {
        if (!std::isfinite(shock.time)) return refuse("shocks", "A shock has no time.");
        const ActorIndex other = shock.other.value_or(shock.actor == 0 ? 1 : 0);
        ENTENTE_RETURN_IF_ERROR(check_pair(history, "shocks", shock.actor, other));
    }
    if (history.pairs_at_risk)
        for (const auto& [i, j] : *history.pairs_at_risk)
            ENTENTE_RETURN_IF_ERROR(check_pair(history, "pairs at risk", i, j));
    return {};
}

Result<void> check_window(const Model& model) {
    const bool timing = model.likelihood == Likelihood::timing;
    if (timing && !(model.start && model.end))
        return refuse("start", "The timing likelihood needs a start and an end of observation.");
    const double start = model.start.value_or(0), end = model.end.value_or(start + 1);
    if (!std::isfinite(start) || !std::isfinite(end) || (model.start && start >= end))
        return refuse(
            "start", fmt::format("Found a start of {} and an end of {}, expected start < end.", start, end)
        );
    if (model.likelihood == Likelihood::sampled && model.controls == 0)
        return refuse("controls", "Found 0 controls for each event, expected at least 1.");
    return {};
}

}  // namespace

Result<void> check_input(const History& history, const Model& model) {
    ENTENTE_RETURN_IF_ERROR(check_actors(history));
    ENTENTE_RETURN_IF_ERROR(check_statistics(history, model));
    ENTENTE_RETURN_IF_ERROR(check_surroundings(history, model));
    ENTENTE_RETURN_IF_ERROR(check_window(model));
    return check_events(history, model);
}

}  // namespace entente::measures::relational
