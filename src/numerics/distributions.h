#pragma once

#include <span>
#include <vector>

namespace entente::numerics {

// Quantiles: the x at which the distribution function is `p`. Each breaks at once on a p outside (0, 1) or a
// parameter out of its range; ends of 0 and 1 give the end of the distribution's range where that is finite.

double normal_quantile(double p);
double normal_probability(double x);
/// ln of the probability of more than x; keeps its digits far out, where the probability itself is 0.
double log_normal_upper(double x);
/// Gamma with shape and scale 1.
double gamma_quantile(double p, double shape);
double beta_quantile(double p, double a, double b);
double chi_squared_quantile(double p, double degrees);
double chi_squared_upper(double x, double degrees);

/// Probability of k or fewer among n.
double binomial_probability(double k, double n, double p);
/// Probability of exactly k among n.
double binomial_mass(double k, double n, double p);
/// ln Γ(x)
double log_gamma(double x);

/// A value with its ends.
struct Interval {
    double low = 0;
    double high = 0;
    friend bool operator==(const Interval&, const Interval&) = default;
};

/// Jeffreys interval of a share: k of n, level in (0, 1).
/// Definition  quantiles of Beta(k + ½, n − k + ½); 0 and 1 where k is 0 or n
Interval jeffreys_share(double k, double n, double level);

/// Quantile of numbers, linear between the two nearest (type 7 of Hyndman and Fan).
/// Requires  at least one; sorted, smallest first
double sorted_quantile(std::span<const double> sorted, double p);

/// The middle of numbers: their quantiles (1 − level)/2 and (1 + level)/2, as `sorted_quantile` gives them.
/// Cost  O(n), nothing is sorted
/// Requires  at least one; level in [0, 1]
Interval middle_part(std::span<const double> values, double level);

}  // namespace entente::numerics
