#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace entente::measures {

/// A family of lifetimes: ln T = location + scale · W. What W is makes the family.
enum class LifetimeLaw : std::uint8_t {
    exponential,   ///< W of the smallest extreme value, scale 1
    weibull,       ///< W of the smallest extreme value
    log_normal,    ///< W standard normal
    log_logistic,  ///< W standard logistic
};

inline constexpr std::array<LifetimeLaw, 4> kLifetimeLaws{
    LifetimeLaw::exponential, LifetimeLaw::weibull, LifetimeLaw::log_normal, LifetimeLaw::log_logistic};

/// `log-normal`
std::string_view to_words(LifetimeLaw law);
/// Whether the scale is estimated; of the exponential it is 1.
bool has_scale(LifetimeLaw law);

// Of W at z. Each keeps its digits far out in both tails.

double log_upper(LifetimeLaw law, double z);  ///< ln P(W > z)
double log_lower(LifetimeLaw law, double z);  ///< ln P(W ≤ z)
double log_density(LifetimeLaw law, double z);
double density_slope(LifetimeLaw law, double z);  ///< first derivative of the log density
double density_bend(LifetimeLaw law, double z);   ///< second derivative of the log density
/// ln P(low < W ≤ high); the ends may be infinite.
double log_between(LifetimeLaw law, double low, double high);

/// Share still lasting after some days.
double share_lasting(LifetimeLaw law, double location, double scale, double days);

}  // namespace entente::measures
