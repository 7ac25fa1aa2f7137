#include "measures/survival/lifetime_law.h"

#include <algorithm>
#include <cmath>

#include "numerics/distributions.h"

namespace entente::measures {
namespace {

constexpr double kLogRootTwoPi = 0.91893853320467274178;
/// Beyond this the smallest extreme value has e^-(e^300) left: far below anything that a fit can visit, and squares of
/// e^300 are still finite.
constexpr double kFarOut = 300;

bool is_extreme(LifetimeLaw law) {
    return law == LifetimeLaw::exponential || law == LifetimeLaw::weibull;
}

double grown(double z) {
    return std::exp(std::min(z, kFarOut));
}

/// ln(1 + e^x)
double soft_plus(double x) {
    return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x));
}

/// ln(e^a − e^b) for a ≥ b
double log_difference(double a, double b) {
    return a + std::log(-std::expm1(b - a));
}

}  // namespace

std::string_view to_words(LifetimeLaw law) {
    constexpr std::array<std::string_view, 4> kWords{"exponential", "Weibull", "log-normal", "log-logistic"};
    return kWords[static_cast<std::size_t>(law)];
}

bool has_scale(LifetimeLaw law) {
    return law != LifetimeLaw::exponential;
}

double log_upper(LifetimeLaw law, double z) {
    if (is_extreme(law)) return -grown(z);
    return law == LifetimeLaw::log_normal ? numerics::log_normal_upper(z) : -soft_plus(z);
}

double log_lower(LifetimeLaw law, double z) {
    if (is_extreme(law)) return z < -40 ? z : std::log(-std::expm1(-grown(z)));
    return law == LifetimeLaw::log_normal ? numerics::log_normal_upper(-z) : -soft_plus(-z);
}

double log_density(LifetimeLaw law, double z) {
    if (is_extreme(law)) return std::min(z, kFarOut) - grown(z);
    return law == LifetimeLaw::log_normal ? -z * z / 2 - kLogRootTwoPi : -soft_plus(z) - soft_plus(-z);
}

double density_slope(LifetimeLaw law, double z) {
    if (is_extreme(law)) return 1 - grown(z);
    return law == LifetimeLaw::log_normal ? -z : -std::tanh(z / 2);
}

double density_bend(LifetimeLaw law, double z) {
    if (is_extreme(law)) return -grown(z);
    return law == LifetimeLaw::log_normal ? -1 : -2 * std::exp(log_density(law, z));
}

double log_between(LifetimeLaw law, double low, double high) {
    if (low == -INFINITY) return high == INFINITY ? 0 : log_lower(law, high);
    const double above_low = log_upper(law, low);
    if (high == INFINITY) return above_low;
    // The smaller tail is the one whose digits are worth keeping.
    return above_low < -std::log(2.0) ? log_difference(above_low, log_upper(law, high))
                                      : log_difference(log_lower(law, high), log_lower(law, low));
}

double share_lasting(LifetimeLaw law, double location, double scale, double days) {
    return days <= 0 ? 1 : std::exp(log_upper(law, (std::log(days) - location) / scale));
}

}  // namespace entente::measures
