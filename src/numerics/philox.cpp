#include "numerics/philox.h"

#include "numerics/distributions.h"
#include "numerics/philox_side_by_side.h"

namespace entente::numerics {
namespace {

constexpr std::uint32_t kMultiplier0 = 0xD2511F53;
constexpr std::uint32_t kMultiplier1 = 0xCD9E8D57;
constexpr std::uint32_t kWeyl0 = 0x9E3779B9;
constexpr std::uint32_t kWeyl1 = 0xBB67AE85;

std::uint32_t low(std::uint64_t value) {
    return static_cast<std::uint32_t>(value);
}
std::uint32_t high(std::uint64_t value) {
    return static_cast<std::uint32_t>(value >> 32U);
}

}  // namespace

std::array<std::uint32_t, 4> philox4x32(
    const std::array<std::uint32_t, 4>& counter, const std::array<std::uint32_t, 2>& key
) {
    auto [a, b, c, d] = counter;
    auto [k0, k1] = key;
    for (int round = 0; round < 10; ++round) {
        const auto product0 = std::uint64_t{kMultiplier0} * a;
        const auto product1 = std::uint64_t{kMultiplier1} * c;
        a = high(product1) ^ b ^ k0;
        b = low(product1);
        c = high(product0) ^ d ^ k1;
        d = low(product0);
        k0 += kWeyl0;
        k1 += kWeyl1;
    }
    return {a, b, c, d};
}

std::uint64_t place_of_name(std::string_view name) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char character : name) {
        hash ^= static_cast<unsigned char>(character);
        hash *= 0x100000001b3;
    }
    return hash;
}

// The key has to differ by name, not to be secret.
Draws::Draws(std::string_view name) : key_{low(place_of_name(name)), high(place_of_name(name))} {}

double Draws::uniform(std::uint64_t draw, std::uint64_t parameter) const {
    const auto words = philox4x32({low(draw), high(draw), low(parameter), high(parameter)}, key_);
    const auto bits =
        (std::uint64_t{words[0]} << 32U | words[1]) >> 12U;  // 52 bits, so that the half below is exact
    return (static_cast<double>(bits) + 0.5) * 0x1p-52;
}

void Draws::uniforms(std::uint64_t first, std::uint64_t parameter, std::span<double> out) const {
    std::size_t done = uniforms_side_by_side(key_, first, parameter, out);
    for (; done < out.size(); ++done) out[done] = uniform(first + done, parameter);
}

double Draws::normal(std::uint64_t draw, std::uint64_t parameter) const {
    return normal_quantile(uniform(draw, parameter));
}

}  // namespace entente::numerics
