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
    bool perhaps_earlier = false;  ///< nobody looked just before, or something may have been held there
    bool perhaps_later = false;
    double exposure = 0;
    std::optional<double> expected;  ///< at the rate of the periods around; nothing: none around
    std::optional<double> chance;    ///< of no count at that rate, its uncertainty included
};

/// Finds silences, and how surprising each is.
///
/// Definition  maximal runs of covered periods with a count of 0, in which nothing of an imprecise date may lie, and
///             an exposure of `shortest` at least. The rate is that of the covered periods within `around` units of
///             exposure to either side, silences left out; chance by the Gamma–Poisson predictive of a Jeffreys
///             prior: (E/(E+e))^(Y+½)
/// Missing     no period around: no number. A period that is not covered ends a silence, and so does one in which
///             something may have been held (`perhaps_held`, a place a period; empty: in none): its length is then
///             the least that it can be
/// Cost        O(n + silences · periods around)
/// Source      MEASURES.md 3 and 9
std::vector<Silence> find_silences(
    std::span<const CountedPeriod> periods,
    double shortest,
    double around,
    const std::vector<bool>& perhaps_held = {}
);

}  // namespace entente::measures
