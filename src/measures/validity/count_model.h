#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace entente::measures::validity {

/// A count with what was known before.
struct CountRow {
    std::vector<double> known;  ///< without the constant
    std::int64_t count = 0;
};

/// Counts that vary more than chance alone: negative binomial with mean exp(β₀ + βx) and variance μ + μ²/size.
struct CountModel {
    std::vector<double> coefficients;  ///< the constant first
    double log_size = 0;
    double log_likelihood = 0;  ///< without the priors

    /// ln of the probability of a count.
    double log_probability(const CountRow& row) const;
};

/// Standard deviations of normal priors around 0; infinite: none.
struct CountPriors {
    double coefficients = 10;
    double log_size = 3;
};

/// Finds the most probable model.
///
/// Definition  maximum of the log-likelihood, less β²/2σ² of each coefficient but the constant, less (ln size)²/2σ²; the
///             priors keep a fit finite where all counts are 0 or nothing varies
/// Errors      invalid_argument: no maximum was found; names the coefficient
/// Cost        O(steps · rows · coefficients²)
/// Requires    every row knows as many values
Result<CountModel> fit_counts(
    std::span<const CountRow> rows, const CountPriors& priors = {}, const CountModel* start = nullptr
);

}  // namespace entente::measures::validity
