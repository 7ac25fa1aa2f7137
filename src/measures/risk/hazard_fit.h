// The chance of a stop in a week, and what raises or lowers it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace entente::measures::risk {

/// Weeks of one row of covariates.
struct HazardCell {
    std::vector<double> values;
    double free_weeks = 0;           ///< without a stop
    std::vector<double> stop_weeks;  ///< each with one: how long it was, a whole week being 1
};

/// ln(−ln(1 − chance of a stop in a week)) = constant + coefficients · values.
struct HazardFit {
    double constant = 0;
    std::vector<double> coefficients;
    double log_likelihood = 0;       ///< without the priors
    std::vector<double> covariance;  ///< of (constant, coefficients), row after row
    int steps = 0;
};

/// Fits a hazard in discrete time with the complementary log-log link.
///
/// Definition  a week, or a part w of one, ends in a stop with chance 1 − exp(−w·exp(η)); the maximum of the likelihood
///             less Σ held·β²/2
/// \param  held  one over the variance of the normal prior of each coefficient; empty: none
/// Errors  invalid_argument: no week, no stop at all, negative weeks, or a coefficient to which the data put no limit
///         (complete separation, a constant or repeated covariate), by its name
/// Cost    O(steps · cells · (values that are not 0)²)
/// Source  MEASURES.md 11; Prentice and Gloeckler 1978; R `glm` with `binomial(cloglog)` and offset ln w
Result<HazardFit> fit_hazard(
    std::span<const HazardCell> cells,
    const std::vector<std::string>& names,
    const std::vector<double>& held = {}
);

/// ln(1 − exp(−a)) for a > 0, also where a is small or large.
double log_of_stop(double hazard);

}  // namespace entente::measures::risk
