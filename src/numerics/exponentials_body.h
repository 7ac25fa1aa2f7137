#pragma once

// Compiled once for each width of registers: ENTENTE_EXPM1, ENTENTE_EXP and ENTENTE_LOG are the names. Nothing but plain
// numbers stands here, so that no function of another file is compiled for a processor that may not be there.
#include "numerics/exponentials_kernel.h"
#include "numerics/four.h"

namespace entente::numerics {
namespace {

constexpr double kLeast = -708;
constexpr double kLog2Upper = 6.93147180369123816490e-01, kLog2Lower = 1.90821492927058770002e-10;
/// Added to a number, it leaves its nearest whole one in the last bits.
constexpr double kToWhole = 0x1.8p52;
constexpr int kExponentBits = 52, kExponentOfOne = 1023;

/// e^x = power · (rest + 1)
struct Parts {
    Four power, rest;
};

[[gnu::always_inline]] inline Parts parts_of(Four x) {
    const Four given = x;
    x = x < kLeast ? Four{kLeast, kLeast, kLeast, kLeast} : x;
    const Four shifted = x * 1.44269504088896338700e+00 + kToWhole;
    const Four whole = shifted - kToWhole;
    const Four r = (x - whole * kLog2Upper) - whole * kLog2Lower;
    // The series up to r^13: what is left out is below a unit of the last digit.
    Four sum = r * (1.0 / 6227020800) + 1.0 / 479001600;
    sum = sum * r + 1.0 / 39916800;
    sum = sum * r + 1.0 / 3628800;
    sum = sum * r + 1.0 / 362880;
    sum = sum * r + 1.0 / 40320;
    sum = sum * r + 1.0 / 5040;
    sum = sum * r + 1.0 / 720;
    sum = sum * r + 1.0 / 120;
    sum = sum * r + 1.0 / 24;
    sum = sum * r + 1.0 / 6;
    sum = sum * r + 0.5;
    constexpr Four kShift{kToWhole, kToWhole, kToWhole, kToWhole};
    const FourWhole exponent = (FourWhole)shifted - (FourWhole)kShift;
    const Four power = (Four)((exponent + kExponentOfOne) << kExponentBits);
    return {given < kLeast ? Four{} : power, r + r * r * sum};
}

/// By fdlibm's e_log.c (Sun Microsystems 1993).
[[gnu::always_inline]] inline Four log_of(Four x) {
    // As 2^k · (1 + f) with 1 + f between √½ and √2.
    constexpr std::int64_t kOfHalfRoot = 0x3FE6A09E667F3BCD;
    const FourWhole bits = (FourWhole)x;
    const FourWhole exponent = (bits - kOfHalfRoot) >> kExponentBits;
    const Four f = (Four)(bits - (exponent << kExponentBits)) - 1.0;
    constexpr Four kShift{kToWhole, kToWhole, kToWhole, kToWhole};
    const Four k = (Four)(exponent + (FourWhole)kShift) - kToWhole;
    const Four s = f / (2.0 + f), z = s * s, half = 0.5 * f * f;
    Four sum = z * 1.479819860511658591e-01 + 1.531383769920937332e-01;
    sum = sum * z + 1.818357216161805012e-01;
    sum = sum * z + 2.222219843214978396e-01;
    sum = sum * z + 2.857142874366239149e-01;
    sum = sum * z + 3.999999999940941908e-01;
    sum = sum * z + 6.666666666666735130e-01;
    return k * kLog2Upper - ((half - (s * (half + z * sum) + k * kLog2Lower)) - f);
}

}  // namespace

void ENTENTE_EXPM1(double* values, std::size_t size) {
    for (std::size_t i = 0; i < size; i += 4) {
        const auto [power, rest] = parts_of(load_four(values + i));
        store_four(values + i, power * rest + (power - 1));
    }
}

void ENTENTE_EXP(double* values, std::size_t size) {
    for (std::size_t i = 0; i < size; i += 4) {
        const auto [power, rest] = parts_of(load_four(values + i));
        store_four(values + i, power * rest + power);
    }
}

void ENTENTE_LOG(double* values, std::size_t size) {
    for (std::size_t i = 0; i < size; i += 4) store_four(values + i, log_of(load_four(values + i)));
}

}  // namespace entente::numerics
