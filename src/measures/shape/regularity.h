#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "measures/answer.h"

namespace entente::measures {

/// How far gaps are from those of chance: −1 all equal, 0 chance, towards 1 in bursts.
///
/// Definition  (√(n+1)·ρ − √(n−1)) / ((√(n+1) − 2)·ρ + √(n−1)), ρ = σ/μ with the population σ, n gaps; the correction
///             makes it near 0 for chance at any n, in the mean −0.06 for 5 gaps and −0.01 for 50 (without it −0.14 and −0.02)
/// Missing     fewer than two gaps, or none above 0: nothing
/// Source      MEASURES.md 7; Kim and Jo 2016
std::optional<double> burstiness(std::span<const double> gaps);

/// Where the burstiness of as many gaps lies when every day is as likely as another to have a contact.
///
/// Definition  5 and 95 % over 2,000 declared draws of geometric gaps with the same mean, in whole days as they are told
/// Requires    at least two gaps; a mean of at least a day
Interval burstiness_by_chance(std::size_t gaps, double mean_days);

/// What can be said of a rhythm.
enum class Rhythm : std::uint8_t {
    regular,   ///< more than chance would have it
    bursts,    ///< less
    as_chance  ///< not told from chance
};

struct Regularity {
    double burstiness = 0;
    Interval by_chance;
    Rhythm rhythm = Rhythm::as_chance;
};

/// Can one set a watch by it?
///
/// Missing  fewer than five gaps: nothing
/// Cost     O(n · draws)
std::optional<Regularity> regularity(std::span<const double> gaps);

}  // namespace entente::measures
