#include "numerics/philox_side_by_side.h"

#include <limits>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace entente::numerics {

#if defined(__x86_64__)
namespace {

/// Words of Philox, each in the lower half of 64 bits; what is in the upper half does not count.
struct Words {
    __m256i a, b, c, d;
};

/// The lower half in all places.
__attribute__((target("avx2"))) inline __m256i word(std::uint64_t value) {
    return _mm256_set1_epi64x(static_cast<long long>(value & 0xFFFFFFFF));
}

__attribute__((target("avx2"))) inline void turn(Words& words, __m256i k0, __m256i k1) {
    const __m256i product0 = _mm256_mul_epu32(words.a, _mm256_set1_epi64x(0xD2511F53));
    const __m256i product1 = _mm256_mul_epu32(words.c, _mm256_set1_epi64x(0xCD9E8D57));
    words.a = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product1, 32), words.b), k0);
    words.b = product1;
    words.c = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product0, 32), words.d), k1);
    words.d = product0;
}

/// The upper 52 of the first two words, put into (0, 1) as odd multiples of 2^-53.
__attribute__((target("avx2"))) inline __m256d in_unit(const Words& words) {
    const __m256i lower = _mm256_and_si256(words.b, _mm256_set1_epi64x(0xFFFFFFFF));
    const __m256i bits = _mm256_srli_epi64(_mm256_or_si256(_mm256_slli_epi64(words.a, 32), lower), 12);
    // As the digits of a number between 2^52 and 2^53, so that 2^52 less is the number of the bits.
    const __m256d raised = _mm256_castsi256_pd(_mm256_or_si256(bits, _mm256_set1_epi64x(0x4330000000000000)));
    const __m256d number = _mm256_sub_pd(raised, _mm256_set1_pd(0x1p52));
    return _mm256_mul_pd(_mm256_add_pd(number, _mm256_set1_pd(0.5)), _mm256_set1_pd(0x1p-52));
}

__attribute__((target("avx2"))) std::size_t eights(
    const std::array<std::uint32_t, 2>& key,
    std::uint64_t first,
    std::uint64_t parameter,
    std::span<double> out
) {
    const std::size_t size = out.size() / 8 * 8;
    const __m256i zero = _mm256_setzero_si256();
    __m256i draw = _mm256_add_epi64(word(first), _mm256_set_epi64x(3, 2, 1, 0));
    for (std::size_t i = 0; i < size; i += 8) {
        Words near{draw, zero, word(parameter), word(parameter >> 32U)};
        Words far = near;
        far.a = _mm256_add_epi64(draw, _mm256_set1_epi64x(4));
        draw = _mm256_add_epi64(draw, _mm256_set1_epi64x(8));
        std::uint32_t k0 = key[0], k1 = key[1];
        for (int round = 0; round < 10; ++round) {
            turn(near, word(k0), word(k1));
            turn(far, word(k0), word(k1));
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        _mm256_storeu_pd(out.data() + i, in_unit(near));
        _mm256_storeu_pd(out.data() + i + 4, in_unit(far));
    }
    return size;
}

}  // namespace
#endif

std::size_t uniforms_side_by_side(
    [[maybe_unused]] const std::array<std::uint32_t, 2>& key,
    [[maybe_unused]] std::uint64_t first,
    [[maybe_unused]] std::uint64_t parameter,
    [[maybe_unused]] std::span<double> out
) {
#if defined(__x86_64__)
    constexpr std::uint64_t kOneWord = std::numeric_limits<std::uint32_t>::max();
    if (first <= kOneWord && out.size() <= kOneWord - first && __builtin_cpu_supports("avx2"))
        return eights(key, first, parameter, out);
#endif
    return 0;
}

}  // namespace entente::numerics
