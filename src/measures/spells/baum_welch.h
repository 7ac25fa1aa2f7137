// Baum–Welch of several starts in step: what one start costs, eight cost.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "measures/spells/segmentation.h"

namespace entente::measures {

/// A chain of hidden states as numbers in a row: rates, initial distribution, transitions row by row.
struct ChainNumbers {
    static constexpr std::size_t kMost = 15;  ///< of three states

    std::size_t states = 0;
    std::array<double, kMost> values{};

    std::size_t size() const { return states * (states + 2); }
    double& rate(std::size_t state) { return values[state]; }
    double& initial(std::size_t state) { return values[states + state]; }
    double& transition(std::size_t from, std::size_t to) { return values[(2 + from) * states + to]; }
    double rate(std::size_t state) const { return values[state]; }
    double initial(std::size_t state) const { return values[states + state]; }
    double transition(std::size_t from, std::size_t to) const { return values[(2 + from) * states + to]; }
};

struct ClimbedChain {
    ChainNumbers chain;
    double log_likelihood = 0;
    int steps = 0;  ///< evaluations of the likelihood
};

/// Climbs from each start to a top of the likelihood.
///
/// Definition  Baum–Welch, each start until a step changes the log-likelihood by less than 1e-12 (relative). Where steps
///             have become small, they are drawn out (SQUAREM, third scheme) as long as that does not lower the
///             likelihood: the tops are the same, and are reached in tens of steps instead of thousands
/// Missing     a start whose likelihood cannot be told in doubles has none: not a number
/// Cost        O(steps · periods · states²) for up to eight starts together
/// Source      Rabiner 1989; Varadhan and Roland 2008
/// Requires    periods with exposure; one to eight starts of two or three states, all the same number
std::vector<ClimbedChain> climb_chains(
    std::span<const CountedPeriod> periods, std::span<const ChainNumbers> starts
);

}  // namespace entente::measures
