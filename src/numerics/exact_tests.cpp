#include "numerics/exact_tests.h"

#include <cmath>

#include "base/check.h"
#include "numerics/neumaier.h"

namespace entente::numerics {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Two-sided p by minimum likelihood, as R's binom.test.
double two_sided(std::int64_t k, std::int64_t n, double share) {
    if (share == 0) return k == 0 ? 1 : 0;
    if (share == 1) return k == n ? 1 : 0;
    const double limit = binomial_mass(static_cast<double>(k), static_cast<double>(n), share) * (1 + 1e-7);
    NeumaierSum total;
    for (std::int64_t i = 0; i <= n; ++i) {
        const double mass = binomial_mass(static_cast<double>(i), static_cast<double>(n), share);
        if (mass <= limit) total.add(mass);
    }
    return std::min(1.0, total.value());
}

}  // namespace

Interval exact_share(double k, double n, double level) {
    check(k >= 0 && k <= n && level > 0 && level < 1, "a share is of k among n, k at most n");
    const double tail = (1 - level) / 2;
    return {
        k == 0 ? 0 : beta_quantile(tail, k, n - k + 1), k == n ? 1 : beta_quantile(1 - tail, k + 1, n - k)};
}

RateRatio compare_rates(
    std::int64_t after, double exposure_after, std::int64_t before, double exposure_before, double level
) {
    check(after >= 0 && before >= 0, "counts are not negative");
    check(exposure_after >= 0 && exposure_before >= 0, "exposures are not negative");
    RateRatio out{.ratio = std::nullopt, .interval = {0, kInfinity}, .p = 1};
    if (after + before == 0 || exposure_after == 0 || exposure_before == 0) return out;
    const double scale = exposure_before / exposure_after;
    out.ratio = before == 0 ? kInfinity : static_cast<double>(after) / static_cast<double>(before) * scale;
    const auto share = exact_share(static_cast<double>(after), static_cast<double>(after + before), level);
    const auto as_ratio = [&](double of) { return of == 1 ? kInfinity : of / (1 - of) * scale; };
    out.interval = {as_ratio(share.low), as_ratio(share.high)};
    out.p = two_sided(after, after + before, exposure_after / (exposure_after + exposure_before));
    return out;
}

}  // namespace entente::numerics
