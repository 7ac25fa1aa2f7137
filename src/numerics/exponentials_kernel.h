#pragma once

#include <cstddef>

namespace entente::numerics {

// The kernels of exponentials.h for each width of registers: a multiple of four numbers.
void expm1_wide(double* values, std::size_t size);
void expm1_narrow(double* values, std::size_t size);
void exp_wide(double* values, std::size_t size);
void exp_narrow(double* values, std::size_t size);
void log_wide(double* values, std::size_t size);
void log_narrow(double* values, std::size_t size);

}  // namespace entente::numerics
