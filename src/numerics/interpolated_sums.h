#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace entente::numerics {

/// One thing of many whose values are summed by draw: a function of a number that is drawn, times factors that are.
struct DrawnTerm {
    static constexpr std::size_t kMostFactors = 5;

    const double* at_nodes = nullptr;  ///< values of the function at the nodes; of `factored_sums` one value
    std::size_t factors = 0;
    const double* factor[kMostFactors] = {};  ///< by draw
};

/// Where a number lies among the nodes of a function, by draw.
struct DrawnPlaces {
    static constexpr std::size_t kNear = 8;

    const std::uint32_t* first = nullptr;  ///< of the nodes near to it
    const double* weights = nullptr;       ///< kNear of these for each draw
};

/// Definition  out[draw] += Σ over terms of (Σ_k weights[k] · at_nodes[first + k]) · factors, in the order of the terms;
///             the same digits on every processor
/// Requires    `draws` is a multiple of four
void interpolated_sums(
    std::span<const DrawnTerm> terms, const DrawnPlaces& places, std::size_t draws, double* out
);
/// Definition  out[draw] += Σ over terms of at_nodes[0] · factors
/// Requires    `draws` is a multiple of four
void factored_sums(std::span<const DrawnTerm> terms, std::size_t draws, double* out);

// For each width of registers.
void interpolated_sums_wide(const DrawnTerm*, std::size_t, const DrawnPlaces&, std::size_t, double*);
void interpolated_sums_narrow(const DrawnTerm*, std::size_t, const DrawnPlaces&, std::size_t, double*);
void factored_sums_wide(const DrawnTerm*, std::size_t, std::size_t, double*);
void factored_sums_narrow(const DrawnTerm*, std::size_t, std::size_t, double*);

}  // namespace entente::numerics
