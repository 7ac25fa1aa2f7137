#include "measures/relational/statistics.h"

#include <fmt/format.h>

namespace entente::measures::relational {
namespace {

std::string_view word(Kind kind) {
    switch (kind) {
        case Kind::inertia:
            return "inertia";
        case Kind::reciprocity:
            return "reciprocity";
        case Kind::sender_activity:
            return "sender's activity";
        case Kind::sender_popularity:
            return "sender's popularity";
        case Kind::receiver_activity:
            return "receiver's activity";
        case Kind::receiver_popularity:
            return "receiver's popularity";
        case Kind::sender_receivers:
            return "sender's different receivers";
        case Kind::sender_senders:
            return "sender's different senders";
        case Kind::receiver_receivers:
            return "receiver's different receivers";
        case Kind::receiver_senders:
            return "receiver's different senders";
        case Kind::activity:
            return "activity of both";
        case Kind::partners:
            return "different partners of both";
        case Kind::two_path:
            return "two-path";
        case Kind::cycle:
            return "cycle";
        case Kind::shared_receivers:
            return "shared receivers";
        case Kind::shared_senders:
            return "shared senders";
        case Kind::shared_partners:
            return "shared partners";
        case Kind::two_path_count:
            return "number of two-paths";
        case Kind::cycle_count:
            return "number of cycles";
        case Kind::shared_receivers_count:
            return "number of shared receivers";
        case Kind::shared_senders_count:
            return "number of shared senders";
        case Kind::shared_partners_count:
            return "number of shared partners";
        case Kind::recency:
            return "recency";
        case Kind::recency_sent:
            return "recency of sending";
        case Kind::recency_received:
            return "recency of receiving";
        case Kind::sender_covariate:
            return "sender's";
        case Kind::receiver_covariate:
            return "receiver's";
        case Kind::covariate_sum:
            return "sum of";
        case Kind::covariate_difference:
            return "difference of";
        case Kind::covariate_same:
            return "same";
        case Kind::pair_covariate:
            return "pair's";
        case Kind::shock:
            return "shock of class";
    }
    return "";
}

}  // namespace

bool may_decay(Kind kind) {
    switch (kind) {
        case Kind::inertia:
        case Kind::reciprocity:
        case Kind::sender_activity:
        case Kind::sender_popularity:
        case Kind::receiver_activity:
        case Kind::receiver_popularity:
        case Kind::activity:
        case Kind::two_path:
        case Kind::cycle:
        case Kind::shared_receivers:
        case Kind::shared_senders:
        case Kind::shared_partners:
            return true;
        default:
            return false;
    }
}

bool needs_direction(Kind kind) {
    switch (kind) {
        case Kind::inertia:
        case Kind::activity:
        case Kind::partners:
        case Kind::shared_partners:
        case Kind::shared_partners_count:
        case Kind::recency:
        case Kind::covariate_sum:
        case Kind::covariate_difference:
        case Kind::covariate_same:
        case Kind::pair_covariate:
        case Kind::shock:
            return false;
        default:
            return true;
    }
}

bool needs_no_direction(Kind kind) {
    return kind == Kind::activity || kind == Kind::partners;
}

bool is_actor_covariate(Kind kind) {
    return kind >= Kind::sender_covariate && kind <= Kind::covariate_same;
}

std::string describe(const Statistic& statistic) {
    std::string text(word(statistic.kind));
    if (!statistic.name.empty()) text += " " + statistic.name;
    if (statistic.kind == Kind::shock) text += fmt::format(" within {} days", statistic.window);
    if (statistic.half_life) text += fmt::format(", half-life {} days", *statistic.half_life);
    if (statistic.transform == Transform::log) text += ", ln(1+x)";
    if (statistic.transform == Transform::standard) text += ", standardised";
    return text;
}

}  // namespace entente::measures::relational
