#pragma once

#include <cstddef>
#include <vector>

#include "measures/relational/events.h"

namespace entente::measures::relational {

/// The partners of each actor by when they last met, the latest first.
class Recency {
public:
    explicit Recency(std::size_t actors) : lists_(actors) {}

    struct Partner {
        ActorIndex actor;
        double last;
    };
    struct Place {
        ActorIndex actor;
        double value;  ///< 1/(1 + number of partners met strictly later)
    };

    /// Takes in that `actor` met `partner`; says how all partners of `actor` stand now.
    ///
    /// Requires  `time` is not before that of any earlier call
    /// Cost      O(partners of `actor`)
    const std::vector<Place>& meet(ActorIndex actor, ActorIndex partner, double time);

private:
    std::vector<std::vector<Partner>> lists_;
    std::vector<Place> places_;
};

}  // namespace entente::measures::relational
