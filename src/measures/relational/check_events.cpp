#include "measures/relational/check_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "base/day.h"

namespace entente::measures::relational {
namespace {

std::unexpected<Error> refuse(std::string field, std::string message) {
    return fail(ErrorCode::invalid_argument, std::move(field), std::move(message));
}

/// Whether a modelled event falls into the window.
bool is_explained(const Event& event, const Model& model) {
    return event.modelled && (!model.start || event.time > *model.start) &&
           (!model.end || event.time <= *model.end);
}

bool is_present(const Actor& actor, double time) {
    return actor.presence.empty() ||
           std::any_of(actor.presence.begin(), actor.presence.end(), [&](const Presence& presence) {
               return presence.from <= time && time < presence.until;
           });
}

Result<void> check_event(
    const History& history,
    const Event& event,
    bool explained,
    const std::set<std::pair<ActorIndex, ActorIndex>>& at_risk
) {
    const std::string field = event.record.empty() ? "events" : "events: " + event.record;
    ENTENTE_RETURN_IF_ERROR(check_pair(history, field, event.sender, event.receiver));
    const std::string pair = pair_name(history, event.sender, event.receiver);
    if (!std::isfinite(event.time)) return refuse(field, fmt::format("{}: the event has no time.", pair));
    if (!(event.weight > 0 && std::isfinite(event.weight)))
        return refuse(
            field, fmt::format("{}: found a weight of {}, expected more than 0.", pair, event.weight)
        );
    if (!explained) return {};
    for (const ActorIndex actor : {event.sender, event.receiver})
        if (!is_present(history.actors[actor], event.time))
            return refuse(
                field,
                fmt::format(
                    "{} on {}: {} is not present then.",
                    pair,
                    time_text(event.time),
                    history.actors[actor].name
                )
            );
    if (history.pairs_at_risk && !at_risk.contains({event.sender, event.receiver}))
        return refuse(
            field, fmt::format("{} on {}: not among the pairs at risk.", pair, time_text(event.time))
        );
    return {};
}

}  // namespace

std::string time_text(double time) {
    const bool is_day = time == std::floor(time) && std::fabs(time) < 700000;
    return is_day ? to_iso(Day{static_cast<std::int32_t>(time)}) : fmt::format("{}", time);
}

std::string pair_name(const History& history, ActorIndex i, ActorIndex j) {
    return fmt::format(
        "{} {} {}", history.actors[i].name, history.directed ? "to" : "and", history.actors[j].name
    );
}

Result<void> check_pair(const History& history, const std::string& field, ActorIndex i, ActorIndex j) {
    for (const ActorIndex actor : {i, j})
        if (actor >= history.actors.size())
            return refuse(
                field,
                fmt::format(
                    "Found actor number {}, who is unknown: there are {}.", actor, history.actors.size()
                )
            );
    if (i == j)
        return refuse(
            field, fmt::format("Found {} with itself, expected two actors.", history.actors[i].name)
        );
    return {};
}

Result<void> check_events(const History& history, const Model& model) {
    std::set<std::pair<ActorIndex, ActorIndex>> at_risk;
    if (history.pairs_at_risk)
        for (const auto& [i, j] : *history.pairs_at_risk) {
            at_risk.insert({i, j});
            if (!history.directed) at_risk.insert({j, i});
        }
    std::vector<std::tuple<double, ActorIndex, ActorIndex>> happened;
    std::size_t explained = 0;
    for (const Event& event : history.events) {
        const bool counts = is_explained(event, model);
        explained += counts ? 1 : 0;
        ENTENTE_RETURN_IF_ERROR(check_event(history, event, counts, at_risk));
        auto [i, j] = std::pair{event.sender, event.receiver};
        if (!history.directed && i > j) std::swap(i, j);
        happened.emplace_back(event.time, i, j);
    }
    std::sort(happened.begin(), happened.end());
    const auto twice = std::adjacent_find(happened.begin(), happened.end());
    if (twice != happened.end() && !model.duplicates) {
        const auto& [time, i, j] = *twice;
        return refuse(
            "events", fmt::format("{} is there twice on {}.", pair_name(history, i, j), time_text(time))
        );
    }
    if (explained == 0) return refuse("events", "There is no event to explain.");
    return {};
}

}  // namespace entente::measures::relational
