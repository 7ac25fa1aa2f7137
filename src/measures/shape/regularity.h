#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "measures/answer.h"

namespace entente::measures {

/// How far gaps are from those of chance: −1 all equal, 0 chance, towards 1 in bursts.
///
/// Definition  (√(n+1)·ρ − √(n−1)) / ((√(n+1) − 2)·ρ + √(n−1)), ρ = σ/μ with the population σ, n gaps; the correction
///             makes it near 0 for chance at any n, in the mean −0.06 for 5 gaps and −0.01 for 50 (without it −0.14 and −0.02)
/// Missing     fewer than two gaps, or none above 0: nothing
/// Source      MEASURES.md 7; Kim and Jo 2016
std::optional<double> burstiness(std::span<const double> gaps);

/// How many gaps are drawn, of which mean.
struct GapsToDraw {
    std::size_t gaps = 0;  ///< two at least
    double mean_days = 1;  ///< a day at least
};

/// Where the burstiness of as many gaps lies when every day is as likely as another to have a contact.
///
/// Definition  5 and 95 % over 2,000 declared draws of geometric gaps with the same mean, in whole days as they are told;
///             the draws are common to all that are asked about, so that their logarithms are taken once
/// Cost        O(draws · all gaps)
std::vector<Interval> burstiness_by_chance(std::span<const GapsToDraw> all);

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

/// Can one set a watch by it? Of several kinds at once.
///
/// Missing  fewer than five gaps: nothing
/// Cost     O(n · draws)
std::vector<std::optional<Regularity>> regularities(std::span<const std::vector<double>> kinds);

}  // namespace entente::measures
