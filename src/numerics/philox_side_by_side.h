#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace entente::numerics {

/// Uniform draws of one parameter, as `Draws::uniform` makes them, eight at once: whole numbers and halves of them, so
/// that the digits are the same with and without.
///
/// Returns  how many were made, from the beginning: a multiple of eight, or none where the processor has no registers
///          for it
std::size_t uniforms_side_by_side(
    const std::array<std::uint32_t, 2>& key,
    std::uint64_t first,
    std::uint64_t parameter,
    std::span<double> out
);

}  // namespace entente::numerics
