#pragma once

#include <cstddef>

namespace entente::measures {

/// Sums of geometric gaps, for draws side by side.
///
/// Definition  of each draw the sum of its gaps and of their squares; a gap is log / scale, rounded up to whole days, one day
///             at least
/// Requires    logs of 0 and less, scale below 0 (−∞: every gap is a day); no gap of 2^51 days and more. Sums below 2^53
///             lose nothing
struct GeometricSums {
    static constexpr std::size_t kTogether = 16;

    const double* logs = nullptr;  ///< gaps · kTogether: by gap, one beside the other for each draw
    std::size_t gaps = 0;
    double scale = -1;
    double sums[kTogether] = {};
    double squares[kTogether] = {};
};

void add_geometric_gaps(GeometricSums& io);

// The same digits, in registers of four and of two.
void add_geometric_gaps_wide(GeometricSums& io);
void add_geometric_gaps_narrow(GeometricSums& io);

}  // namespace entente::measures
