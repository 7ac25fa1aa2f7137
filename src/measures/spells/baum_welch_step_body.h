#pragma once

// The step itself, compiled once for each width of registers: ENTENTE_STEP is its name. Nothing but plain numbers stands
// here, so that no function of another file is compiled for a processor that may not be there.
#include <cstddef>
#include <cstdint>

#include "measures/spells/baum_welch_step.h"
#include "numerics/four.h"

namespace entente::measures {
namespace {

using numerics::Four;
using numerics::FourWhole;
using numerics::load_four;
using numerics::store_four;

constexpr std::size_t kLanes = BaumWelchStep::kLanes;
constexpr std::size_t kFour = 4;
constexpr int kExponentBits = 52, kExponentOfOne = 1023;

template <std::size_t kStates, std::size_t kHalves>
void step_of(const BaumWelchStep& io) {
    const auto emission = [&](std::size_t t, std::size_t state, std::size_t half) {
        return load_four(io.emissions + (io.sort_of[t] * kStates + state) * kLanes + half * kFour);
    };
    Four transition[kStates][kStates][kHalves], sums[kStates][kHalves] = {};
    for (std::size_t from = 0; from < kStates; ++from)
        for (std::size_t to = 0; to < kStates; ++to)
            for (std::size_t h = 0; h < kHalves; ++h)
                transition[from][to][h] =
                    load_four(io.transitions + (from * kStates + to) * kLanes + h * kFour);
    FourWhole exponents[kHalves] = {};
    for (std::size_t t = 0; t < io.periods; ++t) {
        Four now[kStates][kHalves];
        for (std::size_t to = 0; to < kStates; ++to)
            for (std::size_t h = 0; h < kHalves; ++h) {
                if (t == 0) {
                    now[to][h] = load_four(io.initial + to * kLanes + h * kFour) * emission(t, to, h);
                    continue;
                }
                Four way = sums[0][h] * transition[0][to][h];
                for (std::size_t from = 1; from < kStates; ++from)
                    way += sums[from][h] * transition[from][to][h];
                now[to][h] = way * emission(t, to, h);
            }
        if (t % kFour == kFour - 1)
            for (std::size_t h = 0; h < kHalves; ++h) {
                Four sum = now[0][h];
                for (std::size_t s = 1; s < kStates; ++s) sum += now[s][h];
                const FourWhole exponent = (FourWhole)sum >> kExponentBits;
                const Four scale = (Four)((2 * kExponentOfOne - exponent) << kExponentBits);
                exponents[h] += exponent - kExponentOfOne;
                for (std::size_t s = 0; s < kStates; ++s) now[s][h] *= scale;
                store_four(io.scales + t / kFour * kLanes + h * kFour, scale);
            }
        for (std::size_t s = 0; s < kStates; ++s)
            for (std::size_t h = 0; h < kHalves; ++h) {
                sums[s][h] = now[s][h];
                store_four(io.forward + (t * kStates + s) * kLanes + h * kFour, now[s][h]);
            }
    }
    Four inverse[kHalves];
    for (std::size_t h = 0; h < kHalves; ++h) {
        Four sum = sums[0][h];
        for (std::size_t s = 1; s < kStates; ++s) sum += sums[s][h];
        inverse[h] = 1 / sum;
        store_four(io.sum + h * kFour, sum);
        for (std::size_t lane = 0; lane < kFour; ++lane) io.exponent[h * kFour + lane] = exponents[h][lane];
    }

    for (std::size_t i = 0; i < io.sorts * kStates * kLanes; ++i) io.in_state[i] = 0;
    Four after[kStates][kHalves], ways[kStates][kStates][kHalves] = {};
    // Divided by the sum of all from the beginning, so that what comes of it is a chance.
    for (std::size_t s = 0; s < kStates; ++s)
        for (std::size_t h = 0; h < kHalves; ++h) after[s][h] = inverse[h];
    for (std::size_t t = io.periods; t-- > 0;) {
        for (std::size_t s = 0; s < kStates; ++s)
            for (std::size_t h = 0; h < kHalves; ++h) {
                double* const sum = io.in_state + (io.sort_of[t] * kStates + s) * kLanes + h * kFour;
                const Four chance =
                    load_four(io.forward + (t * kStates + s) * kLanes + h * kFour) * after[s][h];
                store_four(sum, load_four(sum) + chance);
                if (t == 0) store_four(io.first + s * kLanes + h * kFour, chance);
            }
        if (t == 0) break;
        Four onward[kStates][kHalves];
        for (std::size_t to = 0; to < kStates; ++to)
            for (std::size_t h = 0; h < kHalves; ++h) {
                onward[to][h] = emission(t, to, h) * after[to][h];
                if (t % kFour == kFour - 1)
                    onward[to][h] *= load_four(io.scales + t / kFour * kLanes + h * kFour);
            }
        for (std::size_t from = 0; from < kStates; ++from)
            for (std::size_t h = 0; h < kHalves; ++h) {
                const Four before = load_four(io.forward + ((t - 1) * kStates + from) * kLanes + h * kFour);
                after[from][h] = transition[from][0][h] * onward[0][h];
                ways[from][0][h] += before * onward[0][h];
                for (std::size_t to = 1; to < kStates; ++to) {
                    after[from][h] += transition[from][to][h] * onward[to][h];
                    ways[from][to][h] += before * onward[to][h];
                }
            }
    }
    for (std::size_t from = 0; from < kStates; ++from)
        for (std::size_t to = 0; to < kStates; ++to)
            for (std::size_t h = 0; h < kHalves; ++h)
                store_four(io.ways + (from * kStates + to) * kLanes + h * kFour, ways[from][to][h]);
}

}  // namespace

void ENTENTE_STEP(const BaumWelchStep& step, std::size_t states, bool few) {
    if (states == 2)
        few ? step_of<2, 1>(step) : step_of<2, 2>(step);
    else
        few ? step_of<3, 1>(step) : step_of<3, 2>(step);
}

}  // namespace entente::measures
