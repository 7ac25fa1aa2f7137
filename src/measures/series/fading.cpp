#include "measures/series/fading.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/check.h"

namespace entente::measures::series {
namespace {

/// Powers of so many days are multiplied by powers of single days, so that few need to be computed.
constexpr std::int32_t kStride = 64;

}  // namespace

Fading::Fading(std::span<const double> half_lives, std::int64_t days, std::int64_t longest)
    : half_lives_(half_lives.begin(), half_lives.end()),
      oldest_(static_cast<std::int32_t>(std::clamp<std::int64_t>(days, 0, kOldest))),
      longest_(static_cast<std::int32_t>(std::clamp<std::int64_t>(longest, 0, kLongest))) {
    check(!half_lives.empty() && half_lives.size() <= kAtOnce, "a pass serves one to eight half-lives");
    for (const double one : half_lives) check(one == kNeverFades || one > 0, "a half-life is positive");
    if (half_lives_.size() > 1) half_lives_.resize(kAtOnce, kNeverFades);
    left_.resize((static_cast<std::size_t>(oldest_) + 1) * width());
    spread_.resize((static_cast<std::size_t>(longest_) + 1) * width());
    for (std::size_t k = 0; k < width(); ++k) {
        fill_left(k);
        fill_spread(k);
    }
}

void Fading::fill_left(std::size_t k) {
    const double half_life = half_lives_[k];
    double single[kStride];
    for (std::int32_t day = 0; day < kStride; ++day) single[day] = faded(1, half_life, day);
    double* out = left_.data() + k;
    for (std::int32_t begin = 0; begin <= oldest_; begin += kStride) {
        const double base = faded(1, half_life, begin);
        const std::int32_t end = std::min(begin + kStride, oldest_ + 1);
        for (std::int32_t age = begin; age < end; ++age, out += width()) *out = base * single[age - begin];
    }
}

void Fading::fill_spread(std::size_t k) {
    const double half_life = half_lives_[k];
    const double lambda = half_life == kNeverFades ? 0 : std::numbers::ln2 / half_life;
    double* out = spread_.data() + k;
    for (std::int32_t days = 0; days <= longest_; ++days, out += width())
        *out = days <= 1 || lambda == 0 ? 1 : std::expm1(-lambda * days) / std::expm1(-lambda) / days;
}

}  // namespace entente::measures::series
