#include "measures/relational/visits.h"

#include <algorithm>
#include <map>
#include <set>

namespace entente::measures {
namespace {

using namespace relational;

constexpr double kLatelyDays = 730;

/// The first day of what took place, where it is one day.
std::optional<Day> first_day(const Engagement& engagement) {
    if (!engagement.held || !engagement.held->from) return std::nullopt;
    const auto precision = engagement.held->precision;
    const bool known = precision == domain::Precision::day || precision == domain::Precision::range;
    return known ? engagement.held->from : std::nullopt;
}

}  // namespace

Visits visits_of(
    std::span<const Engagement> engagements,
    const std::string& home,
    const std::vector<std::string>& categories,
    const Window& window
) {
    Visits out;
    std::set<std::string> partners;
    for (const auto& engagement : engagements) {
        if (std::ranges::find(categories, engagement.category) == categories.end()) continue;
        if (!occurred_by(engagement, window.last)) continue;
        const auto day = first_day(engagement);
        if (!day) {
            ++out.imprecise;
            continue;
        }
        if (*day < window.first || *day > window.last) continue;
        if (std::ranges::find(engagement.actors, engagement.host) == engagement.actors.end()) {
            ++out.without_host;
            continue;
        }
        for (const auto& visitor : engagement.actors) {
            if (visitor == engagement.host) continue;
            if (visitor != home && engagement.host != home) continue;
            out.visits.push_back({*day, visitor, engagement.host, &engagement});
            partners.insert(visitor == home ? engagement.host : visitor);
        }
    }
    const auto place = [](const Visit& one) { return std::tie(one.day, one.visitor, one.host); };
    std::ranges::stable_sort(out.visits, {}, place);
    const auto repeats = std::ranges::unique(out.visits, {}, place);
    out.visits.erase(repeats.begin(), repeats.end());
    out.partners.assign(partners.begin(), partners.end());
    return out;
}

Result<Fit> fit_visits(const Visits& visits, const std::string& home, VisitSide side, double half_life_days) {
    History history;
    std::map<std::string, ActorIndex> places{{home, 0}};
    history.actors.push_back({home});
    for (const auto& partner : visits.partners) {
        places[partner] = static_cast<ActorIndex>(history.actors.size());
        history.actors.push_back({partner});
    }
    for (const auto& visit : visits.visits)
        history.events.push_back({
            static_cast<double>(visit.day.value),
            places.at(visit.visitor),
            places.at(visit.host),
            1,
            (visit.visitor == home) == (side == VisitSide::paid),
            visit.engagement ? visit.engagement->evidence.id : "",
        });
    history.pairs_at_risk.emplace();
    for (ActorIndex other = 1; other < history.actors.size(); ++other)
        history.pairs_at_risk->emplace_back(
            side == VisitSide::paid ? 0 : other, side == VisitSide::paid ? other : 0
        );
    return fit(
        history,
        {.statistics =
             {{Kind::inertia, {}, Transform::log},
              {Kind::inertia, kLatelyDays},
              {Kind::reciprocity, half_life_days}},
         .ties = Ties::efron}
    );
}

}  // namespace entente::measures
