#pragma once

// Compiled once for each width of registers: ENTENTE_INTERPOLATED and ENTENTE_FACTORED are the names. Nothing but plain
// numbers stands here, so that no function of another file is compiled for a processor that may not be there.
#include "numerics/four.h"
#include "numerics/interpolated_sums.h"

namespace entente::numerics {
namespace {

constexpr std::size_t kFour = 4;

[[gnu::always_inline]] inline Four factored(
    Four value, const double* const* factor, std::size_t factors, std::size_t draw
) {
    for (std::size_t i = 0; i < factors; ++i) value *= load_four(factor[i] + draw);
    return value;
}

}  // namespace

void ENTENTE_INTERPOLATED(
    const DrawnTerm* terms, std::size_t count, const DrawnPlaces& places, std::size_t draws, double* out
) {
    constexpr std::size_t kNear = DrawnPlaces::kNear;
    static_assert(kNear == 2 * kFour);
    for (std::size_t draw = 0; draw < draws; draw += kFour) {
        const double* const weights = places.weights + draw * kNear;
        const std::uint32_t* const first = places.first + draw;
        const Four lower0 = load_four(weights), upper0 = load_four(weights + 4);
        const Four lower1 = load_four(weights + 8), upper1 = load_four(weights + 12);
        const Four lower2 = load_four(weights + 16), upper2 = load_four(weights + 20);
        const Four lower3 = load_four(weights + 24), upper3 = load_four(weights + 28);
        const std::size_t first0 = first[0], first1 = first[1], first2 = first[2], first3 = first[3];
        Four sum = load_four(out + draw);
        for (std::size_t i = 0; i < count; ++i) {
            const DrawnTerm& term = terms[i];
            const double* const at = term.at_nodes;
            const Four a = lower0 * load_four(at + first0) + upper0 * load_four(at + first0 + kFour);
            const Four b = lower1 * load_four(at + first1) + upper1 * load_four(at + first1 + kFour);
            const Four c = lower2 * load_four(at + first2) + upper2 * load_four(at + first2 + kFour);
            const Four d = lower3 * load_four(at + first3) + upper3 * load_four(at + first3 + kFour);
            // The sums of the four numbers of each, side by side.
            const Four ab =
                __builtin_shufflevector(a, b, 0, 4, 2, 6) + __builtin_shufflevector(a, b, 1, 5, 3, 7);
            const Four cd =
                __builtin_shufflevector(c, d, 0, 4, 2, 6) + __builtin_shufflevector(c, d, 1, 5, 3, 7);
            const Four all =
                __builtin_shufflevector(ab, cd, 0, 1, 4, 5) + __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
            sum += factored(all, term.factor, term.factors, draw);
        }
        store_four(out + draw, sum);
    }
}

void ENTENTE_FACTORED(const DrawnTerm* terms, std::size_t count, std::size_t draws, double* out) {
    for (std::size_t draw = 0; draw < draws; draw += kFour) {
        Four sum = load_four(out + draw);
        for (std::size_t i = 0; i < count; ++i) {
            const double value = terms[i].at_nodes[0];
            sum += factored(Four{value, value, value, value}, terms[i].factor, terms[i].factors, draw);
        }
        store_four(out + draw, sum);
    }
}

}  // namespace entente::numerics
