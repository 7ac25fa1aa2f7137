#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace entente::measures::relational {

/// Index of an actor in `History::actors`.
using ActorIndex = std::uint32_t;

/// Something that one actor does to another at one time, such as a visit.
struct Event {
    double time = 0;  ///< in days since 1970-01-01; whole, unless the source knows the hour
    ActorIndex sender = 0;
    ActorIndex receiver = 0;
    double weight = 1;        ///< what it adds to the statistics; positive
    bool modelled = true;     ///< false: it counts as past, and is no outcome that is explained
    std::string record = {};  ///< id of the record behind it; may be empty; named in errors
};

/// From `from` on, and no longer at `until`.
struct Presence {
    double from = -std::numeric_limits<double>::infinity();
    double until = std::numeric_limits<double>::infinity();
};

struct Actor {
    std::string name;
    std::vector<Presence> presence = {};  ///< empty: always present
};

/// A value of one actor that holds from `time` on, up to the next one.
struct ActorValue {
    double time = 0;
    ActorIndex actor = 0;
    std::optional<double> value = {};  ///< nothing: missing from then on
};

struct ActorCovariate {
    std::string name;
    std::vector<ActorValue> values = {};
    /// Where missing; nothing: the pairs leave the risk set, and are counted.
    std::optional<double> otherwise = {};
};

/// A value of one pair (in both directions when events are undirected) that holds from `time` on.
struct PairValue {
    double time = 0;
    ActorIndex sender = 0;
    ActorIndex receiver = 0;
    std::optional<double> value = {};
};

struct PairCovariate {
    std::string name;
    std::vector<PairValue> values = {};
    std::optional<double> otherwise = {};  ///< as in ActorCovariate
};

/// Something that hits a pair in both directions, or all pairs of one actor.
struct Shock {
    double time = 0;
    ActorIndex actor = 0;
    std::optional<ActorIndex> other = {};  ///< nothing: every pair of `actor`
    std::string shock_class = {};
};

/// Everything that one model looks at. The order of the vectors has no meaning but that of `actors`.
struct History {
    bool directed = true;  ///< false: sender and receiver may be swapped
    std::vector<Actor> actors;
    std::vector<Event> events;
    std::vector<ActorCovariate> actor_covariates;
    std::vector<PairCovariate> pair_covariates;
    std::vector<Shock> shocks;
    /// The pairs at risk while both are present; nothing: all of them.
    std::optional<std::vector<std::pair<ActorIndex, ActorIndex>>> pairs_at_risk;
};

}  // namespace entente::measures::relational
