#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "base/check.h"
#include "numerics/distributions.h"

namespace entente::numerics {
namespace {

/// Of fewer numbers, no sample is taken.
constexpr std::size_t kFewest = 512;
constexpr std::size_t kSample = 128;

/// The two of the sorted numbers between which a quantile lies, and how far it is from the first to the second.
struct Place {
    std::size_t below, above;
    double way;

    Place(double p, std::size_t size) {
        const double place = p * static_cast<double>(size - 1);
        below = static_cast<std::size_t>(std::floor(place));
        above = std::min(below + 1, size - 1);
        way = place - std::floor(place);
    }
};

/// As `sorted_quantile` has it.
double between(double below, double above, double way) {
    return below == above || way == 0 ? below : below + way * (above - below);
}

/// Among numbers in any order; puts them in another.
double quantile_of(std::span<double> values, const Place& place) {
    const auto above = values.begin() + static_cast<std::ptrdiff_t>(place.above);
    std::nth_element(values.begin(), above, values.end());
    const double below = place.below == place.above ? *above : *std::max_element(values.begin(), above);
    return between(below, *above, place.way);
}

/// Bounds of a sample beyond which about as many numbers lie as are asked for, and hardly fewer.
std::pair<double, double> bounds_of(std::span<const double> values, std::size_t low, std::size_t high) {
    std::array<double, kSample> sample;
    for (std::size_t i = 0; i < kSample; ++i) sample[i] = values[i * values.size() / kSample];
    const auto nth = [&](std::size_t asked) {
        const double share = static_cast<double>(asked) / static_cast<double>(values.size());
        const double most = kSample * share + 2.5 * std::sqrt(kSample * share * (1 - share)) + 1;
        return std::min(kSample - 1, static_cast<std::size_t>(most));
    };
    const auto at = [&](std::size_t place) {
        const auto there = sample.begin() + static_cast<std::ptrdiff_t>(place);
        std::nth_element(sample.begin(), there, sample.end());
        return *there;
    };
    const double least = at(nth(low));
    return {least, at(kSample - 1 - nth(high))};
}

}  // namespace

Interval middle_part(std::span<const double> values, double level) {
    check(!values.empty() && level >= 0 && level <= 1, "a middle part is asked of at least one number");
    const std::size_t size = values.size();
    const double tail = (1 - level) / 2;
    const Place low(tail, size), high(1 - tail, size);
    std::vector<double> lower, upper;
    if (size >= kFewest) {
        // Most numbers lie between the two, and need no place among each other.
        const auto [least, most] = bounds_of(values, low.above, size - high.below);
        lower.resize(size + 1);
        upper.resize(size + 1);
        double *next_lower = lower.data(), *next_upper = upper.data();
        for (const double value : values) {
            *next_lower = value;
            next_lower += value <= least ? 1 : 0;
            *next_upper = value;
            next_upper += value >= most ? 1 : 0;
        }
        lower.resize(static_cast<std::size_t>(next_lower - lower.data()));
        upper.resize(static_cast<std::size_t>(next_upper - upper.data()));
    }
    if (lower.size() <= low.above) lower.assign(values.begin(), values.end());
    if (upper.size() < size - high.below) upper.assign(values.begin(), values.end());
    Place among_upper = high;
    among_upper.below -= size - upper.size();
    among_upper.above -= size - upper.size();
    return {quantile_of(lower, low), quantile_of(upper, among_upper)};
}

}  // namespace entente::numerics
