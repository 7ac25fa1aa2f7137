#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"

namespace entente::numerics {

/// A log-likelihood with its derivatives at one point. `information` is minus the matrix of second
/// derivatives, row after row.
struct Likelihood {
    double value = 0;
    std::vector<double> gradient;
    std::vector<double> information;
};

/// What was found at the top.
struct Maximum {
    std::vector<double> at;
    double value = 0;
    std::vector<double> covariance;  ///< inverse information, row after row
    std::vector<double> standard_errors;
    int steps = 0;
};

struct MaximiseOptions {
    double gradient_limit = 1e-9;  ///< largest absolute gradient that counts as flat
    int most_steps = 200;
    double diverged_at = 50;  ///< a coefficient beyond this, with the likelihood still rising, diverges
};

/// Finds the maximum of a log-likelihood by Newton's method; steps are halved until the value does not fall,
/// and where the information is not positive it is made so by adding to its diagonal.
///
/// \param  names  of the parameters, for the error
/// Errors  invalid_argument: a coefficient diverges, the information is singular, or no maximum was found
/// within the
///         steps; names the parameter. Never a number that was not reached
/// Cost    O(steps · (cost of `evaluate` + parameters³))
Result<Maximum> maximise(
    const std::function<Likelihood(const std::vector<double>&)>& evaluate,
    std::vector<double> start,
    const std::vector<std::string>& names,
    const MaximiseOptions& options = {}
);

/// Inverse of a symmetric positive definite matrix, row after row; empty when it is not one.
std::vector<double> inverse_of_positive(const std::vector<double>& matrix, std::size_t size);

}  // namespace entente::numerics
