#pragma once

// Compiled once for each width of registers: ENTENTE_ADD_GAPS is its name. Nothing but plain numbers stands here, so that no
// function of another file is compiled for a processor that may not be there.
#include "measures/shape/geometric_sums.h"
#include "numerics/four.h"

namespace entente::measures {

void ENTENTE_ADD_GAPS(GeometricSums& io) {
    using numerics::Four;
    constexpr std::size_t kFour = 4, kFours = GeometricSums::kTogether / kFour;
    // Added and taken away again it rounds to whole numbers.
    constexpr double kWhole = 0x1p52;
    const double one_scale = io.scale;
    const Four scale{one_scale, one_scale, one_scale, one_scale};
    const Four one{1, 1, 1, 1};
    Four sums[kFours] = {}, squares[kFours] = {};
    for (std::size_t gap = 0; gap < io.gaps; ++gap)
        for (std::size_t i = 0; i < kFours; ++i) {
            const Four days =
                numerics::load_four(io.logs + gap * GeometricSums::kTogether + i * kFour) / scale;
            Four whole = days + kWhole - kWhole;
            whole = whole < days ? whole + one : whole;
            whole = whole < one ? one : whole;
            sums[i] += whole;
            squares[i] += whole * whole;
        }
    for (std::size_t i = 0; i < kFours; ++i) {
        numerics::store_four(io.sums + i * kFour, sums[i]);
        numerics::store_four(io.squares + i * kFour, squares[i]);
    }
}

}  // namespace entente::measures
