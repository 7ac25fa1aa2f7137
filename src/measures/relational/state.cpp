#include "measures/relational/state.h"

#include <algorithm>
#include <cmath>

#include "measures/relational/shared_partners.h"

namespace entente::measures::relational {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

enum class Shape : std::uint8_t { sender, receiver, both, pair };

Shape shape_of(Kind kind) {
    switch (kind) {
        case Kind::sender_activity:
        case Kind::sender_popularity:
        case Kind::sender_receivers:
        case Kind::sender_senders:
        case Kind::sender_covariate:
            return Shape::sender;
        case Kind::receiver_activity:
        case Kind::receiver_popularity:
        case Kind::receiver_receivers:
        case Kind::receiver_senders:
        case Kind::receiver_covariate:
            return Shape::receiver;
        case Kind::activity:
        case Kind::partners:
        case Kind::covariate_sum:
            return Shape::both;
        default:
            return Shape::pair;
    }
}

bool is_recency(Kind kind) {
    return kind == Kind::recency || kind == Kind::recency_sent || kind == Kind::recency_received;
}

}  // namespace

State::State(const History& history, std::span<const Statistic> statistics, const Timeline& timeline)
    : history_(history),
      statistics_(statistics.begin(), statistics.end()),
      timeline_(timeline),
      risk_(history),
      active_(history.actors.size()),
      meetings_(history.actors.size()),
      columns_(statistics.size()) {
    const double origin = timeline.events.empty() ? 0 : history.events[timeline.events.front()].time;
    for (const Statistic& statistic : statistics_) make_part(statistic, origin);
    begin_covariates();
    const double start = -std::numeric_limits<double>::infinity();
    take_changes_until(start);
}

std::size_t State::stock_of(std::optional<double> half_life, double origin) {
    for (std::size_t at = 0; at < stocks_.size(); ++at)
        if (stocks_[at].half_life() == half_life) return at;
    stocks_.emplace_back(history_.actors.size(), half_life, origin);
    return stocks_.size() - 1;
}

void State::make_part(const Statistic& statistic, double origin) {
    const std::size_t size = history_.actors.size();
    const bool log = statistic.transform == Transform::log;
    Part& part = parts_.emplace_back();
    Column& column = columns_[parts_.size() - 1];
    part.stock = stock_of(statistic.half_life, origin);
    if (is_actor_covariate(statistic.kind) || statistic.kind == Kind::pair_covariate)
        part.covariate = covariate_of(history_, statistic);
    const Shape shape = shape_of(statistic.kind);
    if (shape == Shape::pair) {
        column.log = log && statistic.half_life.has_value();
        part.pairs = std::make_unique<PairColumn>(size, log && !column.log, active_);
        if (is_recency(statistic.kind)) {
            part.recency = std::make_unique<Recency>(size);
            if (!history_.directed) part.places.resize(size * size);
        }
        if (statistic.kind == Kind::shock) part.shocks.resize(size * size);
        if (statistic.kind == Kind::pair_covariate) part.missing.resize(size * size);
        column.pair = part.pairs->values();
        return;
    }
    if (shape != Shape::receiver) part.sender.resize(size), column.sender = part.sender.data();
    if (shape != Shape::sender) part.receiver.resize(size), column.receiver = part.receiver.data();
}

void State::begin_covariates() {
    const std::size_t size = history_.actors.size();
    actor_values_.assign(history_.actor_covariates.size(), std::vector<double>(size, kMissing));
    for (std::size_t covariate = 0; covariate < history_.actor_covariates.size(); ++covariate) {
        const double first = history_.actor_covariates[covariate].otherwise.value_or(kMissing);
        for (std::size_t actor = 0; actor < size; ++actor) take_actor_value(covariate, actor, first);
    }
    for (std::size_t k = 0; k < parts_.size(); ++k) {
        if (statistics_[k].kind != Kind::pair_covariate) continue;
        const auto first = history_.pair_covariates[parts_[k].covariate].otherwise;
        for (std::size_t i = 0; i < size; ++i)
            for (std::size_t j = 0; j < size; ++j) {
                if (i == j) continue;
                if (first) {
                    parts_[k].pairs->set(i, j, *first);
                } else {
                    parts_[k].missing[i * size + j] = 1;
                    risk_.count_missing_pair(i, j, 1);
                }
            }
    }
}

void State::move_to(double time) {
    while (next_event_ < timeline_.events.size() && history_.events[timeline_.events[next_event_]].time < time
    )
        take_event(history_.events[timeline_.events[next_event_++]]);
    take_changes_until(time);
    look_from(time);
}

void State::take_events_until(double time) {
    while (next_event_ < timeline_.events.size() &&
           history_.events[timeline_.events[next_event_]].time <= time)
        take_event(history_.events[timeline_.events[next_event_++]]);
}

bool State::decays() const {
    return std::any_of(statistics_.begin(), statistics_.end(), [](const Statistic& statistic) {
        return statistic.half_life.has_value();
    });
}

double State::next_time() const {
    double next = std::numeric_limits<double>::infinity();
    if (next_event_ < timeline_.events.size()) next = history_.events[timeline_.events[next_event_]].time;
    if (next_change_ < timeline_.changes.size()) next = std::min(next, timeline_.changes[next_change_].time);
    return next;
}

void State::look_from(double time) {
    for (std::size_t k = 0; k < columns_.size(); ++k) {
        columns_[k].factor = stocks_[parts_[k].stock].factor(time);
        if (!columns_[k].pair) refresh_actor_column(k);
    }
}

double State::value(std::size_t statistic, std::size_t i, std::size_t j) const {
    const Column& column = columns_[statistic];
    double value = 0;
    if (column.sender) value += column.sender[i];
    if (column.receiver) value += column.receiver[j];
    if (!column.pair) return value;
    const double now = column.factor * column.pair[i * history_.actors.size() + j];
    return value + (column.log ? std::log1p(now) : now);
}

double State::actor_stock(Kind kind, const Part& part, std::size_t actor) const {
    const Stock& stock = stocks_[part.stock];
    switch (kind) {
        case Kind::sender_activity:
        case Kind::receiver_activity:
        case Kind::activity:
            return stock.sent(actor);
        case Kind::sender_popularity:
        case Kind::receiver_popularity:
            return stock.received(actor);
        case Kind::sender_receivers:
        case Kind::receiver_receivers:
        case Kind::partners:
            return static_cast<double>(meetings_.sent_to[actor].size());
        case Kind::sender_senders:
        case Kind::receiver_senders:
            return static_cast<double>(meetings_.received_from[actor].size());
        default:
            break;
    }
    const double value = actor_values_[part.covariate][actor];
    // The pairs of an actor whose value is missing are not at risk.
    return std::isnan(value) ? 0 : value;
}

void State::refresh_actor_column(std::size_t k) {
    Part& part = parts_[k];
    const bool log = statistics_[k].transform == Transform::log;
    const double factor = columns_[k].factor;
    const auto fill = [&](std::vector<double>& values) {
        for (std::size_t actor = 0; actor < values.size(); ++actor) {
            const double now = factor * actor_stock(statistics_[k].kind, part, actor);
            values[actor] = log ? std::log1p(now) : now;
        }
    };
    fill(part.sender);
    fill(part.receiver);
}

void State::move_origins(double time) {
    for (std::size_t at = 0; at < stocks_.size(); ++at) {
        const double by = stocks_[at].move_origin(time);
        if (by == 1) continue;
        for (Part& part : parts_)
            if (part.pairs && part.stock == at) part.pairs->scale(by);
    }
}

void State::take_event(const Event& event) {
    move_origins(event.time);
    for (std::size_t k = 0; k < parts_.size(); ++k)
        if (parts_[k].pairs) update_pairs(k, event);
    const auto [i, j] = std::pair{event.sender, event.receiver};
    for (Stock& stock : stocks_) {
        const double stored = event.weight * stock.weight(event.time);
        stock.add(i, j, stored);
        if (!history_.directed) stock.add(j, i, stored);
    }
    meet(i, j);
    if (!history_.directed) meet(j, i);
}

void State::meet(ActorIndex i, ActorIndex j) {
    if (meetings_.has_sent(i, j)) return;
    if (!meetings_.has_met(i, j)) {
        meetings_.partners[i].push_back(j);
        meetings_.partners[j].push_back(i);
    }
    meetings_.sent[i * meetings_.size + j] = 1;
    meetings_.sent_to[i].push_back(j);
    meetings_.received_from[j].push_back(i);
}

void State::update_pairs(std::size_t k, const Event& event) {
    const Kind kind = statistics_[k].kind;
    const auto [i, j] = std::pair{event.sender, event.receiver};
    const Stock& stock = stocks_[parts_[k].stock];
    const double stored = event.weight * stock.weight(event.time);
    PairColumn& column = *parts_[k].pairs;
    switch (kind) {
        case Kind::inertia:
            column.add(i, j, stored);
            if (!history_.directed) column.add(j, i, stored);
            return;
        case Kind::reciprocity:
            return column.add(j, i, stored);
        case Kind::recency:
            update_recency(k, i, j, event.time);
            return update_recency(k, j, i, event.time);
        case Kind::recency_sent:
            return update_recency(k, i, j, event.time);
        case Kind::recency_received:
            return update_recency(k, j, i, event.time);
        case Kind::pair_covariate:
        case Kind::shock:
        case Kind::covariate_difference:
        case Kind::covariate_same:
            return;
        default:
            return add_shared(kind, column, stock, meetings_, history_.directed, i, j, stored);
    }
}

void State::update_recency(std::size_t k, ActorIndex actor, ActorIndex partner, double time) {
    Part& part = parts_[k];
    for (const auto& place : part.recency->meet(actor, partner, time)) {
        if (history_.directed) {
            part.pairs->set(actor, place.actor, place.value);
            continue;
        }
        const std::size_t size = history_.actors.size();
        part.places[actor * size + place.actor] = place.value;
        const double both = place.value + part.places[place.actor * size + actor];
        part.pairs->set(actor, place.actor, both);
        part.pairs->set(place.actor, actor, both);
    }
}

void State::take_changes_until(double time) {
    while (next_change_ < timeline_.changes.size() && timeline_.changes[next_change_].time <= time)
        take_change(timeline_.changes[next_change_++]);
}

void State::take_change(const Change& change) {
    switch (change.what) {
        case Change::What::presence:
            return risk_.count_presence(change.index, change.by);
        case Change::What::shock:
            return take_shock(change);
        case Change::What::actor_value: {
            const auto& covariate = history_.actor_covariates[change.of];
            const ActorValue& to = covariate.values[change.index];
            const auto value = to.value ? to.value : covariate.otherwise;
            return take_actor_value(change.of, to.actor, value.value_or(kMissing));
        }
        case Change::What::pair_value: {
            const auto& covariate = history_.pair_covariates[change.of];
            const PairValue& to = covariate.values[change.index];
            const auto value = to.value ? to.value : covariate.otherwise;
            take_pair_value(change.of, to.sender, to.receiver, value.value_or(kMissing));
            if (!history_.directed)
                take_pair_value(change.of, to.receiver, to.sender, value.value_or(kMissing));
            return;
        }
    }
}

void State::take_actor_value(std::size_t covariate, std::size_t actor, double value) {
    auto& values = actor_values_[covariate];
    values[actor] = value;
    int as_sender = 0, as_receiver = 0;
    for (std::size_t k = 0; k < parts_.size(); ++k) {
        const Kind kind = statistics_[k].kind;
        if (!is_actor_covariate(kind)) continue;
        if (std::isnan(actor_values_.at(parts_[k].covariate)[actor])) {
            if (kind != Kind::receiver_covariate) ++as_sender;
            if (kind != Kind::sender_covariate) ++as_receiver;
        }
        if (parts_[k].covariate != covariate || !parts_[k].pairs) continue;
        for (std::size_t other = 0; other < values.size(); ++other) {
            if (other == actor) continue;
            const double gap = std::fabs(values[actor] - values[other]);
            double x = std::isnan(gap) ? 0 : gap;
            if (kind == Kind::covariate_same) x = gap == 0 ? 1 : 0;
            parts_[k].pairs->set(actor, other, x);
            parts_[k].pairs->set(other, actor, x);
        }
    }
    risk_.count_missing(actor, as_sender, as_receiver);
}

void State::take_pair_value(std::size_t covariate, std::size_t i, std::size_t j, double value) {
    for (std::size_t k = 0; k < parts_.size(); ++k) {
        if (statistics_[k].kind != Kind::pair_covariate || parts_[k].covariate != covariate) continue;
        auto& missing = parts_[k].missing[i * history_.actors.size() + j];
        const std::uint8_t now = std::isnan(value) ? 1 : 0;
        if (now != missing) risk_.count_missing_pair(i, j, now - missing);
        missing = now;
        parts_[k].pairs->set(i, j, now ? 0 : value);
    }
}

void State::take_shock(const Change& change) {
    Part& part = parts_[change.of];
    const Shock& shock = history_.shocks[change.index];
    const std::size_t size = history_.actors.size();
    const auto hit = [&](std::size_t i, std::size_t j) {
        const int open = part.shocks[i * size + j] += change.by;
        part.pairs->set(i, j, open > 0 ? 1 : 0);
    };
    for (std::size_t other = 0; other < size; ++other) {
        if (other == shock.actor || (shock.other && *shock.other != other)) continue;
        hit(shock.actor, other);
        hit(other, shock.actor);
    }
}

}  // namespace entente::measures::relational
