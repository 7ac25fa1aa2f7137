#include "measures/relational/evaluate.h"

#include <limits>

#include "measures/relational/evaluators.h"

namespace entente::measures::relational {

std::vector<Group> groups_of(const History& history, const Model& model, const Timeline& timeline) {
    const double infinity = std::numeric_limits<double>::infinity();
    const double start = model.start.value_or(-infinity);
    const double end = model.end.value_or(infinity);
    std::vector<Group> groups;
    for (const auto index : timeline.events) {
        const Event& event = history.events[index];
        if (!event.modelled || event.time <= start || event.time > end) continue;
        if (groups.empty() || groups.back().time != event.time) groups.push_back({event.time, {}});
        groups.back().events.push_back(index);
    }
    return groups;
}

std::unique_ptr<Evaluator> make_evaluator(const History& history, const Model& model) {
    switch (model.likelihood) {
        case Likelihood::ordinal:
            return make_ordinal(history, model);
        case Likelihood::timing:
            return make_timing(history, model);
        case Likelihood::sampled:
            return make_sampled(history, model);
    }
    return nullptr;
}

}  // namespace entente::measures::relational
