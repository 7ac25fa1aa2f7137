#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "measures/spells/segmentation.h"

namespace entente::measures {

/// A chain of hidden states, each with a rate of its own.
struct HiddenStates {
    std::vector<double> rates;                     ///< per unit of exposure, lowest first
    std::vector<double> initial;                   ///< probability of each state at the first period
    std::vector<std::vector<double>> transitions;  ///< from a state to the next period's
    double log_likelihood = 0;
    int steps = 0;
    std::vector<std::vector<double>>
        posterior;                       ///< by covered period: probability of each state, given all counts
    std::vector<std::size_t> likeliest;  ///< the likeliest path through the states (Viterbi)
};

/// Fits two or three hidden rates to counts: the probability that contacts are off, where nobody declared it.
///
/// Definition  Poisson emissions of rate · exposure; Baum–Welch from five declared starts until the
/// log-likelihood
///             changes by less than 1e-12 (relative), the best kept; states are sorted by rate. First start:
///             rates at the 20th and 80th percentile, 0.9 on the diagonal, an even initial distribution,
///             which is estimated; the others at the 10th and 90th, 30th and 70th, 5th and 95th, 40th and
///             60th
/// Missing     periods with exposure 0 are absent: the chain steps over them
/// Errors      invalid_argument: fewer than three covered periods a state, all counts alike
/// Cost        O(steps · periods · states²)
/// Source      MEASURES.md 9 and 16A; Rabiner 1989
Result<HiddenStates> fit_hidden_states(std::span<const CountedPeriod> periods, std::size_t states);

/// Log-likelihood of counts under given parameters; for tests and for held-out periods.
double hidden_log_likelihood(std::span<const CountedPeriod> periods, const HiddenStates& model);

}  // namespace entente::measures
