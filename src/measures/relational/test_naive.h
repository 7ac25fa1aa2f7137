#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "measures/relational/events.h"
#include "measures/relational/model.h"

// The same figures by the shortest way from their definitions: every pair, and every past event anew. For
// tests.
namespace entente::measures::relational::naive {

/// What is known when looking from `time`, changes up to `changes` having happened.
struct Look {
    const History& history;
    double time;
    double changes;

    template <class Counts>
    double past(std::optional<double> half_life, Counts counts) const {
        double total = 0;
        for (const Event& event : history.events)
            if (event.time < time && counts(event))
                total += event.weight * (half_life ? std::exp2(-(time - event.time) / *half_life) : 1);
        return total;
    }
    bool is(const Event& event, ActorIndex i, ActorIndex j) const {
        return (event.sender == i && event.receiver == j) ||
               (!history.directed && event.sender == j && event.receiver == i);
    }
    double n(ActorIndex i, ActorIndex j, std::optional<double> h) const {
        return past(h, [&](const Event& event) { return is(event, i, j); });
    }
    double a(ActorIndex i, ActorIndex j, std::optional<double> h) const {
        return history.directed ? n(i, j, h) + n(j, i, h) : n(i, j, h);
    }
    double sent(ActorIndex i, std::optional<double> h) const {
        return past(h, [&](const Event& event) {
            return event.sender == i || (!history.directed && event.receiver == i);
        });
    }
    double received(ActorIndex i, std::optional<double> h) const {
        return past(h, [&](const Event& event) { return event.receiver == i; });
    }
    template <class Met>
    double number(Met met) const {
        double count = 0;
        for (ActorIndex k = 0; k < history.actors.size(); ++k) count += met(k) ? 1 : 0;
        return count;
    }
    double receivers(ActorIndex i) const {
        return number([&](ActorIndex k) { return n(i, k, {}) > 0; });
    }
    double senders(ActorIndex i) const {
        return number([&](ActorIndex k) { return n(k, i, {}) > 0; });
    }
    /// Over third actors: the smaller of two legs, or whether both are there.
    template <class One, class Other>
    double third(ActorIndex i, ActorIndex j, bool counted, One one, Other other) const {
        double total = 0;
        for (ActorIndex k = 0; k < history.actors.size(); ++k) {
            if (k == i || k == j) continue;
            const double least = std::min(one(k), other(k));
            total += counted ? (least > 0 ? 1 : 0) : least;
        }
        return total;
    }
    template <class Met>
    double recency_of(ActorIndex j, Met met) const {
        const auto last = [&](ActorIndex k) {
            double latest = -std::numeric_limits<double>::infinity();
            for (const Event& event : history.events)
                if (event.time < time && met(event, k)) latest = std::max(latest, event.time);
            return latest;
        };
        const double own = last(j);
        if (!std::isfinite(own)) return 0;
        return 1 / (1 + number([&](ActorIndex k) { return last(k) > own; }));
    }
    double recency(Kind kind, ActorIndex i, ActorIndex j) const {
        return recency_of(j, [&](const Event& event, ActorIndex k) {
            const bool out = event.sender == i && event.receiver == k;
            const bool in = event.sender == k && event.receiver == i;
            return kind == Kind::recency_sent ? out : kind == Kind::recency_received ? in : out || in;
        });
    }
    std::optional<double> covariate(const std::string& name, ActorIndex i) const {
        for (const auto& of : history.actor_covariates)
            if (of.name == name) {
                const ActorValue* latest = nullptr;
                for (const auto& value : of.values)
                    if (value.actor == i && value.time <= changes && (!latest || value.time > latest->time))
                        latest = &value;
                return latest && latest->value ? latest->value : of.otherwise;
            }
        return std::nullopt;
    }
    std::optional<double> covariate(const std::string& name, ActorIndex i, ActorIndex j) const {
        for (const auto& of : history.pair_covariates)
            if (of.name == name) {
                const PairValue* latest = nullptr;
                for (const auto& value : of.values) {
                    const bool same = (value.sender == i && value.receiver == j) ||
                                      (!history.directed && value.sender == j && value.receiver == i);
                    if (same && value.time <= changes && (!latest || value.time > latest->time))
                        latest = &value;
                }
                return latest && latest->value ? latest->value : of.otherwise;
            }
        return std::nullopt;
    }
    double shock(const Statistic& statistic, ActorIndex i, ActorIndex j) const {
        for (const Shock& of : history.shocks) {
            const bool hits = of.other
                                  ? (of.actor == i && *of.other == j) || (of.actor == j && *of.other == i)
                                  : of.actor == i || of.actor == j;
            if (of.shock_class == statistic.name && hits && of.time <= changes &&
                changes < of.time + statistic.window)
                return 1;
        }
        return 0;
    }

    /// Nothing: missing.
    std::optional<double> plain(const Statistic& s, ActorIndex i, ActorIndex j) const;
    std::optional<double> value(const Statistic& s, ActorIndex i, ActorIndex j) const {
        const auto log = [&](std::optional<double> x) {
            if (x && s.transform == Transform::log) x = std::log1p(*x);
            return x;
        };
        if (s.kind == Kind::activity) return *log(sent(i, s.half_life)) + *log(sent(j, s.half_life));
        if (s.kind == Kind::partners) return *log(receivers(i)) + *log(receivers(j));
        if (s.kind == Kind::covariate_sum) {
            const auto one = log(covariate(s.name, i)), other = log(covariate(s.name, j));
            return one && other ? std::optional(*one + *other) : std::nullopt;
        }
        return log(plain(s, i, j));
    }
    bool present(ActorIndex i) const {
        const auto& presence = history.actors[i].presence;
        return presence.empty() || std::any_of(presence.begin(), presence.end(), [&](const Presence& of) {
                   return of.from <= changes && changes < of.until;
               });
    }
    bool is_given(ActorIndex i, ActorIndex j) const {
        if (!history.pairs_at_risk) return true;
        const auto& given = *history.pairs_at_risk;
        return std::any_of(given.begin(), given.end(), [&](const auto& pair) {
            return pair == std::pair{i, j} || (!history.directed && pair == std::pair{j, i});
        });
    }
    /// Nothing: not at risk. Undirected pairs stand once, the smaller index first.
    std::optional<std::vector<double>> at_risk(
        const std::vector<Statistic>& statistics, ActorIndex i, ActorIndex j
    ) const {
        if (i == j || !present(i) || !present(j) || !is_given(i, j)) return std::nullopt;
        std::vector<double> x;
        for (const auto& statistic : statistics) {
            const auto one = value(statistic, i, j);
            if (!one) return std::nullopt;
            x.push_back(*one);
        }
        return x;
    }
};

inline std::optional<double> Look::plain(const Statistic& s, ActorIndex i, ActorIndex j) const {
    const auto h = s.half_life;
    const auto by_n = [&](ActorIndex from) {
        return [this, from, h](ActorIndex k) { return n(from, k, h); };
    };
    const auto to_n = [&](ActorIndex to) { return [this, to, h](ActorIndex k) { return n(k, to, h); }; };
    const auto by_a = [&](ActorIndex from) {
        return [this, from, h](ActorIndex k) { return a(from, k, h); };
    };
    switch (s.kind) {
        case Kind::inertia:
            return n(i, j, h);
        case Kind::reciprocity:
            return n(j, i, h);
        case Kind::sender_activity:
            return sent(i, h);
        case Kind::sender_popularity:
            return received(i, h);
        case Kind::receiver_activity:
            return sent(j, h);
        case Kind::receiver_popularity:
            return received(j, h);
        case Kind::sender_receivers:
            return receivers(i);
        case Kind::sender_senders:
            return senders(i);
        case Kind::receiver_receivers:
            return receivers(j);
        case Kind::receiver_senders:
            return senders(j);
        case Kind::two_path:
        case Kind::two_path_count:
            return third(i, j, s.kind == Kind::two_path_count, by_n(i), to_n(j));
        case Kind::cycle:
        case Kind::cycle_count:
            return third(i, j, s.kind == Kind::cycle_count, by_n(j), to_n(i));
        case Kind::shared_receivers:
        case Kind::shared_receivers_count:
            return third(i, j, s.kind == Kind::shared_receivers_count, by_n(i), by_n(j));
        case Kind::shared_senders:
        case Kind::shared_senders_count:
            return third(i, j, s.kind == Kind::shared_senders_count, to_n(i), to_n(j));
        case Kind::shared_partners:
        case Kind::shared_partners_count:
            return third(i, j, s.kind == Kind::shared_partners_count, by_a(i), by_a(j));
        case Kind::recency:
        case Kind::recency_sent:
        case Kind::recency_received:
            return recency(s.kind, i, j) + (history.directed ? 0 : recency(s.kind, j, i));
        case Kind::sender_covariate:
            return covariate(s.name, i);
        case Kind::receiver_covariate:
            return covariate(s.name, j);
        case Kind::covariate_difference:
        case Kind::covariate_same: {
            const auto one = covariate(s.name, i), other = covariate(s.name, j);
            if (!one || !other) return std::nullopt;
            if (s.kind == Kind::covariate_same) return *one == *other ? 1 : 0;
            return std::fabs(*one - *other);
        }
        case Kind::pair_covariate:
            return covariate(s.name, i, j);
        case Kind::shock:
            return shock(s, i, j);
        default:
            return std::nullopt;
    }
}

inline double dot(const std::vector<double>& a, const std::vector<double>& b) {
    double total = 0;
    for (std::size_t k = 0; k < a.size(); ++k) total += a[k] * b[k];
    return total;
}

/// Calls `with(i, j, x)` for each pair at risk.
template <class With>
void each_pair(const Look& look, const std::vector<Statistic>& statistics, With with) {
    const auto size = static_cast<ActorIndex>(look.history.actors.size());
    for (ActorIndex i = 0; i < size; ++i)
        for (ActorIndex j = look.history.directed ? 0 : i + 1; j < size; ++j)
            if (const auto x = look.at_risk(statistics, i, j)) with(i, j, *x);
}

inline double sum_of_rates(const Look& look, const Model& model, const std::vector<double>& beta) {
    double total = 0;
    each_pair(look, model.statistics, [&](auto, auto, const auto& x) { total += std::exp(dot(beta, x)); });
    return total;
}

/// The explained events of each time, in the order of time.
inline std::vector<std::pair<double, std::vector<Event>>> by_time(
    const History& history, const Model& model
) {
    std::vector<std::pair<double, std::vector<Event>>> out;
    std::vector<Event> events = history.events;
    std::stable_sort(events.begin(), events.end(), [](auto& a, auto& b) { return a.time < b.time; });
    for (const Event& event : events) {
        if (!event.modelled || (model.start && event.time <= *model.start)) continue;
        if (model.end && event.time > *model.end) continue;
        if (out.empty() || out.back().first != event.time) out.push_back({event.time, {}});
        out.back().second.push_back(event);
    }
    return out;
}

inline std::vector<std::vector<double>> cases_of(
    const Look& look, const Model& model, const std::vector<Event>& events
) {
    std::vector<std::vector<double>> cases;
    for (const Event& event : events)
        if (const auto x = look.at_risk(model.statistics, event.sender, event.receiver)) cases.push_back(*x);
    return cases;
}

inline double ordinal(const History& history, const Model& model, const std::vector<double>& beta) {
    double total = 0;
    for (const auto& [time, events] : by_time(history, model)) {
        const Look look{history, time, time};
        const auto cases = cases_of(look, model, events);
        const double all = sum_of_rates(look, model, beta);
        double tied = 0;
        for (const auto& x : cases) tied += std::exp(dot(beta, x));
        for (std::size_t c = 0; c < cases.size(); ++c) {
            const double out =
                model.ties == Ties::efron ? static_cast<double>(c) / static_cast<double>(cases.size()) : 0;
            total += dot(beta, cases[c]) - std::log(all - out * tied);
        }
    }
    return total;
}

/// `integral(rate, from, to)` of the sum of rates over a stretch. The constant is the first parameter.
template <class Integral>
double timing(
    const History& history, const Model& model, const std::vector<double>& parameters, Integral integral
) {
    const std::vector<double> beta(parameters.begin() + 1, parameters.end());
    std::vector<double> cuts{*model.start, *model.end};
    for (const Event& event : history.events) cuts.push_back(event.time);
    for (const Actor& actor : history.actors)
        for (const Presence& of : actor.presence) cuts.push_back(of.from), cuts.push_back(of.until);
    for (const auto& statistic : model.statistics) {
        for (const auto& covariate : history.actor_covariates)
            for (const auto& value : covariate.values)
                if (is_actor_covariate(statistic.kind) && covariate.name == statistic.name)
                    cuts.push_back(value.time);
        for (const auto& covariate : history.pair_covariates)
            for (const auto& value : covariate.values)
                if (statistic.kind == Kind::pair_covariate && covariate.name == statistic.name)
                    cuts.push_back(value.time);
        for (const Shock& shock : history.shocks)
            if (statistic.kind == Kind::shock && shock.shock_class == statistic.name)
                cuts.push_back(shock.time), cuts.push_back(shock.time + statistic.window);
    }
    std::erase_if(cuts, [&](double cut) { return !(cut >= *model.start && cut <= *model.end); });
    std::sort(cuts.begin(), cuts.end());
    cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
    double total = 0;
    for (std::size_t cut = 0; cut + 1 < cuts.size(); ++cut) {
        const auto rate = [&](double time) {
            return sum_of_rates({history, time, cuts[cut]}, model, beta) * std::exp(parameters[0]);
        };
        total -= integral(rate, cuts[cut], cuts[cut + 1]);
    }
    for (const auto& [time, events] : by_time(history, model))
        for (const auto& x : cases_of({history, time, time}, model, events))
            total += parameters[0] + dot(beta, x);
    return total;
}

/// A history drawn at random: many events of one day, weights, actors that come and go, covariates that
/// change and are missing, shocks. Events happen only between actors that are present.
struct Recipe {
    bool directed = true;
    ActorIndex actors = 6;
    int events = 50;
    int days = 30;
    bool given_pairs = false;
};

inline History draw(const Recipe& recipe, unsigned seed) {
    std::mt19937 random(seed);
    const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    const auto share = [&] { return below(1000) / 1000.0; };
    const auto actor = [&] { return static_cast<ActorIndex>(below(static_cast<int>(recipe.actors))); };
    History out;
    out.directed = recipe.directed;
    for (ActorIndex i = 0; i < recipe.actors; ++i) {
        Actor of{std::string(1, static_cast<char>('A' + i)), {}};
        if (i % 4 == 1) of.presence = {{5, 12}, {15, 1e9}};
        if (i % 4 == 2) of.presence = {{-100, recipe.days * 0.8}};
        out.actors.push_back(of);
    }
    out.actor_covariates = {{"wealth", {}, std::nullopt}, {"regime", {}, 2}};
    for (ActorIndex i = 0; i < recipe.actors; ++i) {
        if (i != 3) out.actor_covariates[0].values.push_back({-50, i, share() * 3});
        for (int change = 0; change < 3; ++change) {
            const double day = below(recipe.days) + change * 0.25;
            out.actor_covariates[0].values.push_back(
                {day, i, share() < 0.1 ? std::nullopt : std::optional(share())}
            );
            out.actor_covariates[1].values.push_back({day, i, below(3)});
        }
    }
    out.pair_covariates = {{"border", {}, 0}, {"distance", {}, std::nullopt}};
    for (ActorIndex i = 0; i < recipe.actors; ++i)
        for (ActorIndex j = 0; j < recipe.actors; ++j) {
            if (i == j || (!recipe.directed && j < i)) continue;
            if (share() < 0.3) out.pair_covariates[0].values.push_back({below(20) - 5.0, i, j, 1});
            if (share() < 0.9) out.pair_covariates[1].values.push_back({below(4) - 5.0, i, j, share()});
            if (share() < 0.2) out.pair_covariates[1].values.push_back({10, i, j, std::nullopt});
        }
    for (int i = 0; i < 4; ++i) {
        const ActorIndex one = actor(), other = (one + 1) % recipe.actors;
        out.shocks.push_back({below(recipe.days) + 0.5 * (i % 2), one, {}, "sale"});
        if (i % 2 == 0) out.shocks.back().other = other;
    }
    if (recipe.given_pairs) {
        out.pairs_at_risk.emplace();
        for (ActorIndex i = 0; i < recipe.actors; ++i)
            for (ActorIndex j = 0; j < recipe.actors; ++j)
                if (i != j && (i == 0 || j == 0 || i + j == 5)) out.pairs_at_risk->emplace_back(i, j);
    }
    while (static_cast<int>(out.events.size()) < recipe.events) {
        Event event{static_cast<double>(below(recipe.days)), actor(), actor()};
        event.weight = 0.5 + below(3);
        event.modelled = below(8) != 0;
        const Look look{out, event.time, event.time};
        const bool twice = std::any_of(out.events.begin(), out.events.end(), [&](const Event& other) {
            return other.time == event.time && look.is(other, event.sender, event.receiver);
        });
        if (event.sender == event.receiver || twice || !look.present(event.sender)) continue;
        if (!look.present(event.receiver) || !look.is_given(event.sender, event.receiver)) continue;
        out.events.push_back(event);
    }
    return out;
}

}  // namespace entente::measures::relational::naive
