#include "measures/relational/recency.h"

#include <algorithm>

namespace entente::measures::relational {

const std::vector<Recency::Place>& Recency::meet(ActorIndex actor, ActorIndex partner, double time) {
    auto& list = lists_[actor];
    auto at = std::find_if(list.begin(), list.end(), [&](const Partner& p) { return p.actor == partner; });
    if (at == list.end()) at = list.insert(list.end(), {partner, time});
    at->last = time;
    std::rotate(list.begin(), at, at + 1);
    places_.clear();
    std::size_t later = 0;
    for (std::size_t place = 0; place < list.size(); ++place) {
        if (place > 0 && list[place].last != list[place - 1].last) later = place;
        places_.push_back({list[place].actor, 1 / (1 + static_cast<double>(later))});
    }
    return places_;
}

}  // namespace entente::measures::relational
