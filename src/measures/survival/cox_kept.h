// A Cox regression with the covariates of which the data tell anything, and the others by name.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "measures/survival/cox.h"

namespace entente::measures {

struct LeftOutCovariate {
    std::string name;
    std::string why;
};

struct KeptCox {
    std::vector<std::string> names;  ///< of the coefficients
    CoxFit fit;
    std::vector<LeftOutCovariate> left_out;
};

/// Fits, and leaves out one covariate after the other that `fit_cox` refuses by its name.
///
/// Errors  invalid_argument: what `fit_cox` refuses of the rows themselves
/// Cost    a fit for each that is left out, and one
Result<KeptCox> fit_cox_kept(std::span<const CoxRow> rows, CoxCovariates covariates);

/// How many times as fast, with limits.
struct HazardRatio {
    double ratio = 1;
    double low = 1;
    double high = 1;
};

/// exp(step · coefficient).
///
/// Definition  limits by the larger of both standard errors: that by cluster is too small where a covariate differs within
///             few clusters, the other one where rows of one cluster are alike
/// \param  normal  quantile: 1.645 for limits of 90 %
HazardRatio hazard_ratio(const CoxFit& fit, std::size_t coefficient, double step, double normal);

}  // namespace entente::measures
