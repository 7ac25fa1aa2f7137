#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "measures/series/fading.h"
#include "measures/series/mass_runs.h"
#include "numerics/eight.h"
#include "numerics/neumaier.h"

namespace entente::measures::series {

using numerics::Eight;

/// Masses that are added plainly before the sum goes to one that keeps what plain addition loses.
inline constexpr std::size_t kBlock = 512;

/// Adds what is left, on day `at`, of the masses `begin` to `end` of a run of points or of spans, for the one or
/// eight half-lives of the table.
///
/// Blocks begin at `begin`; inside a block, one half-life has eight sums in turn, eight have one each. So the digits
/// depend on the masses and their order alone.
/// Requires  all of them ended by `at`, at ages and lengths within the table
template <std::size_t kWidth, bool kSpans>
void add_ended(
    const MassRuns::Run& run,
    std::size_t begin,
    std::size_t end,
    const Fading& fading,
    Day at,
    numerics::NeumaierSum* totals
) {
    static_assert(kWidth == 1 || kWidth == Eight::kSize);
    const std::uint16_t* const last = run.last;
    const std::uint16_t* const days = run.days;
    const double* const mass = run.mass;
    const double* const spread = fading.spread();
    const double* const left = fading.left();
    constexpr auto kRow = static_cast<std::ptrdiff_t>(kWidth);
    const std::ptrdiff_t now = (at - kEpoch) * kRow;
    const auto age = [&](std::size_t one) { return now - last[one] * kRow; };
    for (std::size_t block = begin; block < end; block += kBlock) {
        const std::size_t stop = std::min(end, block + kBlock);
        Eight sums;
        std::size_t i = block;
        if constexpr (kWidth == 1) {
            for (; i + Eight::kSize <= stop; i += Eight::kSize) {
                // The processor's own reading ahead stops at the end of each page of memory.
                __builtin_prefetch(mass + i + 160);
                auto part =
                    Eight::load(mass + i) * Eight::gather([&](std::size_t k) { return left[age(i + k)]; });
                if constexpr (kSpans)
                    part = part * Eight::gather([&](std::size_t k) { return spread[days[i + k]]; });
                sums += part;
            }
            auto lanes = sums.values();
            for (std::size_t k = 0; i < stop; ++i, ++k)
                lanes[k] += kSpans ? mass[i] * left[age(i)] * spread[days[i]] : mass[i] * left[age(i)];
            totals->add(
                ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) +
                ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]))
            );
        } else {
            for (; i < stop; ++i) {
                auto part = Eight(mass[i]) * Eight::load(left + age(i));
                if constexpr (kSpans) part = part * Eight::load(spread + days[i] * kRow);
                sums += part;
            }
            const auto lanes = sums.values();
            for (std::size_t k = 0; k < kWidth; ++k) totals[k].add(lanes[k]);
        }
    }
}

/// What is left, on day `at`, of a mass of which `days` have passed up to that very day.
inline double begun(double mass, std::int32_t of, std::int32_t days, double spread) {
    return mass * (static_cast<double>(days) / of) * spread;
}

}  // namespace entente::measures::series
