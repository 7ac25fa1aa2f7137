#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace entente::numerics {

/// Philox4x32 with ten rounds: four words that are a function of a counter and a key.
///
/// Source  Salmon and others 2011; the known answers of Random123 in the test
std::array<std::uint32_t, 4> philox4x32(
    const std::array<std::uint32_t, 4>& counter, const std::array<std::uint32_t, 2>& key
);

/// A number that a name alone decides, to tell draws apart (FNV-1a): a new name shifts no other's.
std::uint64_t place_of_name(std::string_view name);

/// Draws without state: the n-th draw of a parameter is always the same number.
///
/// The first 100 draws are the first 100 of 2,000, and two subjects asked about with one key share their
/// draws.
class Draws {
public:
    /// \param  name  of what is drawn for, such as a parameter set and its version; two names draw apart
    explicit Draws(std::string_view name);

    /// In (0, 1), never either end. Odd multiples of 2^-53.
    double uniform(std::uint64_t draw, std::uint64_t parameter) const;
    /// The draws 0, 1, … of a parameter.
    void uniforms(std::uint64_t parameter, std::span<double> out) const { uniforms(0, parameter, out); }
    /// The draws `first`, `first` + 1, … of a parameter; several at once where the processor can, the same digits.
    void uniforms(std::uint64_t first, std::uint64_t parameter, std::span<double> out) const;
    /// Standard normal by the inverse of its distribution function.
    double normal(std::uint64_t draw, std::uint64_t parameter) const;

private:
    std::array<std::uint32_t, 2> key_{};
};

}  // namespace entente::numerics
