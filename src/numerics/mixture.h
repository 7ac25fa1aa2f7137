#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"

namespace entente::numerics {

/// How likely each observation is under each part of a mixture: `rows` observations, row after row.
struct MixtureTable {
    std::size_t rows = 0;
    std::size_t parts = 0;
    std::vector<double> likelihoods;  ///< never negative
    std::vector<double> counts = {};  ///< how much each observation counts; empty: 1 each
};

/// Weights of the parts, never negative, that add up to 1.
struct MixtureWeights {
    std::vector<double> weights;
    double log_likelihood = 0;  ///< Σ count · ln Σ weight · likelihood
    double shortfall = 0;       ///< no weights have a log-likelihood higher by more than this
    int steps = 0;
};

/// Finds the weights of a mixture that make the observations most likely.
///
/// Definition  the maximum of Σ_i count_i ln Σ_j A_ij p_j over the simplex. It is concave: steps to the maximum of its
///             parabola over the simplex, halved until the value rises, an expectation-maximisation step between them.
///             The gradient certifies the end (Karush, Kuhn and Tucker): what is left is less than its largest entry
///             above the mean, times the counts
/// Missing     where several weights are as good, those nearest to what the steps came from; the mixture itself is
///             the same for all
/// Errors      invalid_argument: nothing in it, a negative or endless likelihood or count, an observation that no part
///             explains (names its number), or a maximum not reached to 1e-9 of the counts
/// Cost        O(steps · (rows · parts + support³ · changes of the support))
/// Source      Turnbull 1976 (the certificate); Wang 2007, Journal of the Royal Statistical Society B 69 (the steps)
Result<MixtureWeights> fit_mixture(const MixtureTable& table);

}  // namespace entente::numerics
