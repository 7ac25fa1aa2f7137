#include "numerics/weighted_sums.h"

#include "numerics/eight.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace entente::numerics {
namespace {

#if defined(__x86_64__)
__attribute__((target("avx2"))) void in_wide_registers(
    const double* weights, const std::array<const double*, 4>& values, std::size_t count, FourTimesEight& out
) {
    __m256d low[4], high[4];
    for (int k = 0; k < 4; ++k) low[k] = high[k] = _mm256_setzero_pd();
    const double *a = values[0], *b = values[1], *c = values[2], *d = values[3];
    for (std::size_t i = 0; i < count; ++i, weights += 8) {
        const __m256d first = _mm256_loadu_pd(weights), second = _mm256_loadu_pd(weights + 4);
        const __m256d value[4] = {
            _mm256_broadcast_sd(a + i),
            _mm256_broadcast_sd(b + i),
            _mm256_broadcast_sd(c + i),
            _mm256_broadcast_sd(d + i)};
#pragma GCC unroll 4
        for (int k = 0; k < 4; ++k) {
            low[k] = _mm256_add_pd(low[k], _mm256_mul_pd(first, value[k]));
            high[k] = _mm256_add_pd(high[k], _mm256_mul_pd(second, value[k]));
        }
    }
    for (std::size_t k = 0; k < 4; ++k) {
        _mm256_storeu_pd(out.of[k].data(), low[k]);
        _mm256_storeu_pd(out.of[k].data() + 4, high[k]);
    }
}
#endif

/// Two and two, as registers of two have room for.
void in_pairs(
    const double* weights, const std::array<const double*, 4>& values, std::size_t count, FourTimesEight& out
) {
    for (std::size_t k = 0; k < 4; k += 2) {
        Eight one, other;
        for (std::size_t i = 0; i < count; ++i) {
            const Eight weight = Eight::load(weights + i * Eight::kSize);
            one += weight * Eight(values[k][i]);
            other += weight * Eight(values[k + 1][i]);
        }
        out.of[k] = one.values();
        out.of[k + 1] = other.values();
    }
}

}  // namespace

FourTimesEight weighted_sums(
    const double* weights, const std::array<const double*, 4>& values, std::size_t count
) {
    FourTimesEight out;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) {
        in_wide_registers(weights, values, count, out);
        return out;
    }
#endif
    in_pairs(weights, values, count, out);
    return out;
}

}  // namespace entente::numerics
