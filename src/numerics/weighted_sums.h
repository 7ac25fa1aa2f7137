#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace entente::numerics {

/// Sums of the same eight columns of weights with the values of four others: four times eight sums.
struct FourTimesEight {
    std::array<std::array<double, 8>, 4> of{};
};

/// Definition  sum over i of weights[8 i + lane] · values[k][i], term by term in the order of i, product and sum each
///             rounded: the same digits on every processor
/// Requires    eight weights for each value
FourTimesEight weighted_sums(
    const double* weights, const std::array<const double*, 4>& values, std::size_t count
);

}  // namespace entente::numerics
