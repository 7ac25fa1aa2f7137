#pragma once

#include <memory>
#include <span>
#include <vector>

#include "measures/relational/events.h"
#include "measures/relational/model.h"
#include "measures/relational/timeline.h"
#include "numerics/maximise.h"

namespace entente::measures::relational {

/// The events that are explained at one time.
struct Group {
    double time = 0;
    std::vector<std::uint32_t> events;  ///< indices into History::events
};

/// Modelled events within the model's window, by time.
std::vector<Group> groups_of(const History& history, const Model& model, const Timeline& timeline);

/// A likelihood at one point, and what was seen on the way.
struct Evaluation {
    numerics::Likelihood likelihood;
    std::size_t events = 0;
    std::size_t events_left_out = 0;  ///< a covariate of their own pair was missing
    // Over all pairs of all risk sets, one risk set for each time with an event; only where `profile` is
    // asked for and all parameters are 0:
    double risk_sets = 0;
    double pairs = 0;
    double pairs_left_out = 0;  ///< present, and a covariate missing
    std::vector<double> sums;
    std::vector<double> squares;
};

/// A likelihood of a history, ready to be evaluated many times.
///
/// Parameters  one for each statistic; before them the constant in the timing likelihood
/// Definition  see Model; statistics are taken as they are, Transform::standard being left to the caller
/// Thread-safety  const calls may run together. Sums are made over blocks of times, which are added in their
///             order: the same digits with any number of threads
class Evaluator {
public:
    virtual ~Evaluator() = default;
    /// \param  stride  1: all blocks; n: each n-th, to find a place to start from
    virtual Evaluation at(std::span<const double> parameters, std::size_t stride, bool profile) const = 0;
    /// How many blocks there are.
    virtual std::size_t blocks() const = 0;
};

/// Requires  check_model has passed; history and model outlive it
/// Cost      sampled: O(events · controls · statistics) memory
std::unique_ptr<Evaluator> make_evaluator(const History& history, const Model& model);

}  // namespace entente::measures::relational
