#include "measures/relational/timeline.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "base/check.h"

namespace entente::measures::relational {
namespace {

void add_presence(const History& history, std::vector<Change>& changes) {
    for (std::size_t actor = 0; actor < history.actors.size(); ++actor) {
        std::vector<Presence> presence = history.actors[actor].presence;
        if (presence.empty()) presence.push_back({});
        for (const Presence& of : presence) {
            changes.push_back({of.from, Change::What::presence, 0, actor, 1});
            if (std::isfinite(of.until)) changes.push_back({of.until, Change::What::presence, 0, actor, -1});
        }
    }
}

void add_shocks(
    const History& history, const Statistic& statistic, std::size_t of, std::vector<Change>& changes
) {
    for (std::size_t shock = 0; shock < history.shocks.size(); ++shock) {
        if (history.shocks[shock].shock_class != statistic.name) continue;
        const double from = history.shocks[shock].time;
        changes.push_back({from, Change::What::shock, of, shock, 1});
        changes.push_back({from + statistic.window, Change::What::shock, of, shock, -1});
    }
}

}  // namespace

std::size_t covariate_of(const History& history, const Statistic& statistic) {
    const auto find = [&](const auto& covariates) {
        const auto found = std::find_if(covariates.begin(), covariates.end(), [&](const auto& covariate) {
            return covariate.name == statistic.name;
        });
        check(found != covariates.end(), "the covariate of a statistic is in the history");
        return static_cast<std::size_t>(found - covariates.begin());
    };
    return statistic.kind == Kind::pair_covariate ? find(history.pair_covariates)
                                                  : find(history.actor_covariates);
}

Timeline::Timeline(const History& history, std::span<const Statistic> statistics)
    : events(history.events.size()) {
    std::iota(events.begin(), events.end(), 0U);
    std::stable_sort(events.begin(), events.end(), [&](auto a, auto b) {
        return history.events[a].time < history.events[b].time;
    });
    add_presence(history, changes);
    std::set<std::pair<Change::What, std::size_t>> seen;
    for (std::size_t k = 0; k < statistics.size(); ++k) {
        const Statistic& statistic = statistics[k];
        if (statistic.kind == Kind::shock) add_shocks(history, statistic, k, changes);
        const bool of_pairs = statistic.kind == Kind::pair_covariate;
        if (!of_pairs && !is_actor_covariate(statistic.kind)) continue;
        const auto what = of_pairs ? Change::What::pair_value : Change::What::actor_value;
        const auto of = covariate_of(history, statistic);
        if (!seen.insert({what, of}).second) continue;
        const auto add = [&](const auto& values) {
            for (std::size_t i = 0; i < values.size(); ++i)
                changes.push_back({values[i].time, what, of, i, 0});
        };
        of_pairs ? add(history.pair_covariates[of].values) : add(history.actor_covariates[of].values);
    }
    std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
        return a.time < b.time;
    });
}

}  // namespace entente::measures::relational
