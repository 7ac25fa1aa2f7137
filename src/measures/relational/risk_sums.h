#pragma once

#include <memory>
#include <span>
#include <vector>

#include "measures/relational/state.h"

namespace entente::measures::relational {

/// Sums over a risk set of w = exp(βx - shift). `second` is symmetric, row after row.
struct RiskSums {
    double weight = 0;           ///< Σ w
    std::vector<double> first;   ///< Σ w x
    std::vector<double> second;  ///< Σ w x xᵀ
};

/// Adds up a risk set without looking at every pair of it.
///
/// Definition  a sender's row is summed over its active pairs; the others differ only by what is the
///             receiver's own, so that one sum over receivers, less those already seen, serves all of them.
///             A row of which half or more is active is summed whole
///             Where nothing decays and many pairs are active, the sums of rows are kept within a block of
///             times: what changed is taken out and put in again, and a row is summed anew after 64 such
///             changes, or where most of it would be taken out, so that no rounding builds up
/// Cost        O((active pairs + actors) · statistics²) a call; with kept rows O((changed pairs + actors²/64)
/// ·
///             statistics²). No allocation after the first
/// Thread-safety  none; each thread has its own
class RiskSummer {
public:
    RiskSummer();
    ~RiskSummer();
    RiskSummer(const RiskSummer&) = delete;
    RiskSummer& operator=(const RiskSummer&) = delete;

    /// Forgets what was kept, so that sums do not depend on blocks before.
    void begin_block();
    /// Valid until the next call.
    /// Requires  the same state and coefficients within a block
    const RiskSums& sum(State& state, std::span<const double> beta, double shift);

private:
    class Work;
    std::unique_ptr<Work> work_;
};

/// βx of one pair.
double score(const State& state, std::span<const double> beta, std::size_t i, std::size_t j);

}  // namespace entente::measures::relational
