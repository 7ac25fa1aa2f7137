#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "measures/series/fading.h"
#include "measures/series/mass_runs.h"
#include "numerics/neumaier.h"

namespace entente::measures::series {

/// Masses that are added plainly before the sum goes to one that keeps what plain addition loses.
inline constexpr std::size_t kBlock = 512;

/// Adds what is left, on day `at`, of the masses `begin` to `end` of a run, for each half-life of the table.
///
/// Blocks begin at `begin`; inside a block, one half-life has eight sums in turn, eight have one each. So the digits
/// depend on the masses and their order alone, not on threads nor on how wide the processor's registers are.
/// Requires  all of them ended by `at`, at ages and lengths within the table
template <std::size_t kWidth>
void add_ended(
    const MassRuns::Run& run,
    std::size_t begin,
    std::size_t end,
    const Fading& fading,
    Day at,
    numerics::NeumaierSum* totals
) {
    const std::int32_t* const last = run.last;
    const std::int32_t* const days = run.days;
    const double* const mass = run.mass;
    const double* const left = fading.left();
    const double* const spread = fading.spread();
    for (std::size_t block = begin; block < end; block += kBlock) {
        const std::size_t stop = std::min(end, block + kBlock);
        double sums[kAtOnce] = {};
        if constexpr (kWidth == 1) {
            const auto part = [&](std::size_t i) {
                const double whole = mass[i] * left[at.value - last[i]];
                return days ? whole * spread[days[i]] : whole;
            };
            std::size_t i = block;
            for (; i + kAtOnce <= stop; i += kAtOnce)
                for (std::size_t lane = 0; lane < kAtOnce; ++lane) sums[lane] += part(i + lane);
            for (std::size_t lane = 0; i < stop; ++i, ++lane) sums[lane] += part(i);
            totals->add(
                ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]))
            );
        } else {
            for (std::size_t i = block; i < stop; ++i) {
                const double* const of_age = left + static_cast<std::size_t>(at.value - last[i]) * kWidth;
                if (days) {
                    const double* const of_days = spread + static_cast<std::size_t>(days[i]) * kWidth;
                    for (std::size_t k = 0; k < kWidth; ++k) sums[k] += mass[i] * of_age[k] * of_days[k];
                } else {
                    for (std::size_t k = 0; k < kWidth; ++k) sums[k] += mass[i] * of_age[k];
                }
            }
            for (std::size_t k = 0; k < kWidth; ++k) totals[k].add(sums[k]);
        }
    }
}

/// What is left, on day `at`, of a mass of which `days` have passed up to that very day.
inline double begun(double mass, std::int32_t of, std::int32_t days, double spread) {
    return mass * (static_cast<double>(days) / of) * spread;
}

}  // namespace entente::measures::series
