#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace entente::measures::relational {

/// What is known of a pair (i, j) before an event. n(i,j) is the sum of the weights of the events i to j
/// strictly before; a(i,j) = n(i,j) + n(j,i). Events of one time do not see each other.
enum class Kind : std::uint8_t {
    inertia,      ///< n(i,j)
    reciprocity,  ///< n(j,i); directed
    // Stocks of one actor, directed:
    sender_activity,      ///< events that i sent
    sender_popularity,    ///< events that i received
    receiver_activity,    ///< events that j sent
    receiver_popularity,  ///< events that j received
    sender_receivers,     ///< different actors to whom i sent
    sender_senders,       ///< different actors from whom i received
    receiver_receivers,   ///< different actors to whom j sent
    receiver_senders,     ///< different actors from whom j received
    // Both ends added, undirected:
    activity,  ///< events of i and events of j
    partners,  ///< different partners of i and of j
    // Over third actors k; `_count` counts the k with both parts above 0, without decay:
    two_path,          ///< sum of min(n(i,k), n(k,j)); directed
    cycle,             ///< sum of min(n(j,k), n(k,i)); directed
    shared_receivers,  ///< sum of min(n(i,k), n(j,k)); directed
    shared_senders,    ///< sum of min(n(k,i), n(k,j)); directed
    shared_partners,   ///< sum of min(a(i,k), a(j,k))
    two_path_count,
    cycle_count,
    shared_receivers_count,
    shared_senders_count,
    shared_partners_count,
    // 1/(1 + number of i's partners met later than j), 0 if never; the most recent one gives 1. Undirected:
    // both ends added:
    recency,           ///< partners: to whom i sent or from whom i received
    recency_sent,      ///< to whom i sent; directed
    recency_received,  ///< from whom i received; directed
    // Covariates, by `name`:
    sender_covariate,      ///< directed
    receiver_covariate,    ///< directed
    covariate_sum,         ///< of i and of j
    covariate_difference,  ///< |of i - of j|
    covariate_same,        ///< 1 where both are equal, else 0
    pair_covariate,
    shock,  ///< 1 from a shock of class `name` that hits the pair until `window` days later, else 0
};

enum class Transform : std::uint8_t {
    identity,
    log,       ///< ln(1+x); where both ends are added, of each end
    standard,  ///< (x - mean)/deviation over all pairs of all risk sets at events
};

/// One term of a model.
struct Statistic {
    Kind kind = Kind::inertia;
    std::optional<double> half_life =
        {};  ///< days after which an event counts half; nothing: it counts for ever
    Transform transform = Transform::identity;
    std::string name = {};  ///< of the covariate or the class of shocks
    double window = 0;      ///< days, for shocks
};

/// `reciprocity, half-life 180 days, ln(1+x)`
std::string describe(const Statistic& statistic);

bool may_decay(Kind kind);
bool needs_direction(Kind kind);
bool needs_no_direction(Kind kind);
bool is_actor_covariate(Kind kind);

}  // namespace entente::measures::relational
