#pragma once

#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "measures/relational/events.h"
#include "measures/relational/pair_column.h"
#include "measures/relational/recency.h"
#include "measures/relational/risk_set.h"
#include "measures/relational/statistics.h"
#include "measures/relational/stock.h"
#include "measures/relational/timeline.h"

namespace entente::measures::relational {

/// How one statistic is read at the moment: x(i,j) = sender[i] + receiver[j] + pair part, where what is null
/// is 0.
struct Column {
    const double* sender = nullptr;
    const double* receiver = nullptr;
    const double* pair = nullptr;  ///< actors by actors; worth factor · value, or ln(1 + factor · value)
    double factor = 1;
    bool log = false;
};

/// All statistics of all pairs as time goes on.
///
/// Invariant  events are taken in the order of time; what is seen at t knows the events strictly before t and
/// the
///            changes up to t. Only actors, and the pairs of `active()`, can have values other than 0
/// Thread-safety  none; each thread has its own over one Timeline
/// Cost       memory O(actors² · statistics); an event O(partners of both · statistics)
class State {
public:
    /// Requires  check_model has passed; `history` and `timeline` outlive it
    State(const History& history, std::span<const Statistic> statistics, const Timeline& timeline);
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    /// Takes in events before `time` and changes up to `time`, and looks from there.
    void move_to(double time);
    /// Takes in the events at or before `time`.
    void take_events_until(double time);
    /// Looks from `time`, without taking in anything: what decays, decays.
    void look_from(double time);
    /// Time of the next event or change that was not taken in; infinity when there is none.
    double next_time() const;

    const RiskSet& risk() const { return risk_; }
    const ActivePairs& active() const { return active_; }
    /// Keeps a list of the pairs whose statistics change, in `active().changes()`, beginning anew.
    void keep_changes() { active_.keep_changes(); }
    /// Whether values change as time goes by, without any event.
    bool decays() const;
    const std::vector<Column>& columns() const { return columns_; }
    double value(std::size_t statistic, std::size_t i, std::size_t j) const;

private:
    /// What a statistic is made of.
    struct Part {
        std::size_t stock = 0;
        std::size_t covariate = 0;
        std::unique_ptr<PairColumn> pairs;
        std::unique_ptr<Recency> recency;
        std::vector<double> places;         ///< undirected: how j stands with i, for each pair
        std::vector<int> shocks;            ///< for each pair: how many windows are open
        std::vector<std::uint8_t> missing;  ///< for each pair: its covariate is missing
        std::vector<double> sender;
        std::vector<double> receiver;
    };

    void make_part(const Statistic& statistic, double origin);
    std::size_t stock_of(std::optional<double> half_life, double origin);
    void begin_covariates();
    void take_event(const Event& event);
    void move_origins(double time);
    void update_pairs(std::size_t k, const Event& event);
    void update_recency(std::size_t k, ActorIndex actor, ActorIndex partner, double time);
    void meet(ActorIndex i, ActorIndex j);
    void take_changes_until(double time);
    void take_change(const Change& change);
    void take_actor_value(std::size_t covariate, std::size_t actor, double value);
    void take_pair_value(std::size_t covariate, std::size_t i, std::size_t j, double value);
    void take_shock(const Change& change);
    void refresh_actor_column(std::size_t k);
    double actor_stock(Kind kind, const Part& part, std::size_t actor) const;

    const History& history_;
    std::vector<Statistic> statistics_;
    const Timeline& timeline_;
    std::size_t next_event_ = 0;
    std::size_t next_change_ = 0;
    RiskSet risk_;
    ActivePairs active_;
    Meetings meetings_;
    std::vector<Stock> stocks_;
    std::vector<std::vector<double>> actor_values_;  ///< by covariate; NaN: missing
    std::vector<Part> parts_;
    std::vector<Column> columns_;
};

}  // namespace entente::measures::relational
