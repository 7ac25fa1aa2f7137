#pragma once

#include <span>

namespace entente::numerics {

// Of many numbers at once, in place, by declared polynomials: the same digits on every processor.

/// Definition  e^x − 1, within two units of the last digit; −1 below −708
/// Requires    x at most 700
void expm1_all(std::span<double> values);
/// Definition  e^x, within two units of the last digit; 0 below −708
/// Requires    x at most 700
void exp_all(std::span<double> values);
/// Definition  natural logarithm, within one unit of the last digit (fdlibm)
/// Requires    finite numbers of 2^-1022 and more
void log_all(std::span<double> values);

}  // namespace entente::numerics
