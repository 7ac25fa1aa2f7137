#include "numerics/distributions.h"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "base/check.h"

namespace entente::numerics {
namespace {

/// In doubles: seventeen digits are asked of no quantile, and a long double takes ten times as long.
using InDoubles = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
using Gamma = boost::math::gamma_distribution<double, InDoubles>;
using Beta = boost::math::beta_distribution<double, InDoubles>;
using ChiSquared = boost::math::chi_squared_distribution<double, InDoubles>;

}  // namespace

double normal_quantile(double p) {
    check(p > 0 && p < 1, "a quantile is asked of a probability between 0 and 1");
    return boost::math::quantile(boost::math::normal(), p);
}

double normal_probability(double x) {
    return boost::math::cdf(boost::math::normal(), x);
}

double log_normal_upper(double x) {
    if (x < 30) return std::log(std::erfc(x / std::sqrt(2.0)) / 2);
    // Laplace's series; its first term left out is below 1e-13 here.
    const double y = 1 / (x * x);
    const double series = -y * (1 - y * (3 - y * (15 - y * (105 - y * 945))));
    return -x * x / 2 - std::log(x * std::sqrt(2 * M_PI)) + std::log1p(series);
}

double gamma_quantile(double p, double shape) {
    check(p >= 0 && p < 1 && shape > 0, "a gamma quantile has p in [0, 1) and a positive shape");
    return boost::math::quantile(Gamma(shape), p);
}

double beta_quantile(double p, double a, double b) {
    check(p >= 0 && p <= 1 && a > 0 && b > 0, "a beta quantile has p in [0, 1] and positive parameters");
    return boost::math::quantile(Beta(a, b), p);
}

double chi_squared_quantile(double p, double degrees) {
    check(p >= 0 && p < 1 && degrees > 0, "a chi-squared quantile has p in [0, 1) and positive degrees");
    return boost::math::quantile(ChiSquared(degrees), p);
}

double chi_squared_upper(double x, double degrees) {
    return boost::math::cdf(boost::math::complement(boost::math::chi_squared(degrees), std::max(0.0, x)));
}

double binomial_probability(double k, double n, double p) {
    return k < 0 ? 0 : k >= n ? 1 : boost::math::cdf(boost::math::binomial(n, p), k);
}

double binomial_mass(double k, double n, double p) {
    return boost::math::pdf(boost::math::binomial(n, p), k);
}

double log_gamma(double x) {
    return boost::math::lgamma(x);
}

Interval jeffreys_share(double k, double n, double level) {
    check(k >= 0 && k <= n && level > 0 && level < 1, "a share is of k among n, k at most n");
    const double tail = (1 - level) / 2;
    return {
        k == 0 ? 0 : beta_quantile(tail, k + 0.5, n - k + 0.5),
        k == n ? 1 : beta_quantile(1 - tail, k + 0.5, n - k + 0.5)};
}

double sorted_quantile(std::span<const double> sorted, double p) {
    check(!sorted.empty() && p >= 0 && p <= 1, "a quantile is asked of at least one number");
    const double place = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(std::floor(place));
    const auto above = std::min(below + 1, sorted.size() - 1);
    // Of two infinite ends, or no way from one end to an infinite other, nothing is to be interpolated.
    if (sorted[below] == sorted[above] || place == std::floor(place)) return sorted[below];
    if (std::isinf(sorted[below]) && std::isinf(sorted[above]))
        return sorted[place - std::floor(place) < 0.5 ? below : above];
    if (std::isinf(sorted[below])) return sorted[below];
    return sorted[below] + (place - std::floor(place)) * (sorted[above] - sorted[below]);
}

}  // namespace entente::numerics
