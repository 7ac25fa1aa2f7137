#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "measures/spells/segmentation.h"

namespace entente::measures {

/// A run of covered periods without a single count.
struct Silence {
    std::size_t first = 0;  ///< places among the covered periods
    std::size_t last = 0;
    double exposure = 0;
    std::optional<double> expected;  ///< at the rate of the periods around; nothing: none around
    std::optional<double> chance;    ///< of no count at that rate, its uncertainty included
};

/// Finds silences, and how surprising each is.
///
/// Definition  maximal runs of covered periods with a count of 0 and an exposure of `shortest` at least; the
/// rate of
///             the covered periods within `around` units of exposure to either side, silences left out;
///             chance by the Gamma–Poisson predictive of a Jeffreys prior: (E/(E+e))^(Y+½)
/// Missing     no period around: no number. A period that is not covered neither ends nor lengthens a silence
/// Cost        O(n)
/// Source      MEASURES.md 9
std::vector<Silence> find_silences(std::span<const CountedPeriod> periods, double shortest, double around);

}  // namespace entente::measures
