#include "measures/series/fading.h"

#include <algorithm>
#include <array>
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
    fill_left();
    fill_spread();
}

void Fading::fill_left() {
    std::array<double, kStride * kAtOnce> single;
    std::array<double, kAtOnce> base;
    for (std::int32_t day = 0; day < kStride; ++day)
        for (std::size_t k = 0; k < width(); ++k)
            single[static_cast<std::size_t>(day) * width() + k] = faded(1, half_lives_[k], day);
    for (std::int32_t begin = 0; begin <= oldest_; begin += kStride) {
        for (std::size_t k = 0; k < width(); ++k) base[k] = faded(1, half_lives_[k], begin);
        double* const out = left_.data() + static_cast<std::size_t>(begin) * width();
        const auto days = static_cast<std::size_t>(std::min(kStride, oldest_ + 1 - begin));
        for (std::size_t day = 0; day < days; ++day)
            for (std::size_t k = 0; k < width(); ++k)
                out[day * width() + k] = base[k] * single[day * width() + k];
    }
}

void Fading::fill_spread() {
    for (std::size_t k = 0; k < width(); ++k) {
        const double lambda = half_lives_[k] == kNeverFades ? 0 : std::numbers::ln2 / half_lives_[k];
        double* out = spread_.data() + k;
        for (std::int32_t days = 0; days <= longest_; ++days, out += width())
            *out = days <= 1 || lambda == 0 ? 1 : std::expm1(-lambda * days) / std::expm1(-lambda) / days;
    }
}

}  // namespace entente::measures::series
