#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "measures/survival/lifetime.h"
#include "measures/survival/lifetime_law.h"

namespace entente::measures {

/// What may make lifetimes longer or shorter: a row of values for each.
struct LifetimeCovariates {
    std::vector<std::string> names;
    std::vector<double> values = {};  ///< row after row; no names: empty
    /// How firmly each coefficient is held to 0: one over the variance of its normal prior. Empty: not at all.
    std::vector<double> held = {};
    /// How many lifetimes each stands for, all alike. Empty: one each.
    std::vector<double> numbers = {};

    double number(std::size_t at) const { return numbers.empty() ? 1 : numbers[at]; }
    std::span<const double> row(std::size_t at) const {
        return std::span(values).subspan(at * names.size(), names.size());
    }
};

/// ln T = location + coefficients · x + scale · W.
struct LifetimeFit {
    LifetimeLaw law = LifetimeLaw::weibull;
    double location = 0;
    std::vector<double> coefficients;
    double scale = 1;
    double log_likelihood = 0;  ///< on the scale of days, without the priors
    /// Of (location, coefficients, ln scale), row after row; without the last for the exponential. With priors: of the
    /// posterior, where it is most dense.
    std::vector<double> covariance;
    int steps = 0;

    std::size_t parameters() const { return 1 + coefficients.size() + (has_scale(law) ? 1 : 0); }
    double location_at(std::span<const double> covariates) const;
};

/// Fits a family of lifetimes to what is known of them.
///
/// Definition  the highest likelihood, times normal priors on the coefficients where they are held. An exact end counts
///             with its density (Jacobian included), an interval with its probability, from below 0 known to be
///             left-censored, without end right-censored; a late entry divides by the share that got so far
/// Units       days; `log_likelihood` as R's survreg for the same ends
/// Errors      invalid_argument: no lifetime, ends in the wrong order, an end before the entry, nothing that ended, or
///             no maximum (names what diverges, or says that a covariate is constant or repeats another)
/// Cost        O(steps · n · covariates²)
/// Source      MEASURES.md 11 and 16A; Kalbfleisch and Prentice 2002, chapter 3
Result<LifetimeFit> fit_lifetimes(
    LifetimeLaw law, std::span<const Lifetime> lifetimes, const LifetimeCovariates& covariates = {}
);

}  // namespace entente::measures
