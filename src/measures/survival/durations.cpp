#include "measures/survival/durations.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "numerics/maximise.h"

namespace entente::measures {
namespace {

constexpr double kNormal95 = 1.959963984540054;

Result<void> usable(std::span<const Duration> durations) {
    if (durations.empty())
        return fail(ErrorCode::invalid_argument, "durations", "found none, expected one at least");
    for (std::size_t i = 0; i < durations.size(); ++i)
        if (!(durations[i].days > 0) || !std::isfinite(durations[i].days))
            return fail(
                ErrorCode::invalid_argument,
                "durations",
                fmt::format("number {}: found {} days, expected more than 0", i + 1, durations[i].days)
            );
    return {};
}

std::optional<Interval> limits_of(double share, double greenwood) {
    if (share <= 0) return std::nullopt;
    const double log = std::log(share);
    const double spread = kNormal95 * std::sqrt(greenwood) / std::fabs(log);
    return Interval{std::exp(log * std::exp(spread)), std::exp(log * std::exp(-spread))};
}

}  // namespace

Result<DurationCurve> kaplan_meier(std::span<const Duration> durations) {
    ENTENTE_RETURN_IF_ERROR(usable(durations));
    std::vector<Duration> sorted(durations.begin(), durations.end());
    std::ranges::sort(sorted, {}, &Duration::days);
    DurationCurve out;
    out.last_seen = sorted.back().days;
    double share = 1, greenwood = 0;
    for (std::size_t i = 0; i < sorted.size();) {
        const double days = sorted[i].days;
        const auto at_risk = static_cast<double>(sorted.size() - i);
        double ended = 0;
        for (; i < sorted.size() && sorted[i].days == days; ++i) ended += sorted[i].ended;
        if (ended == 0) continue;
        share *= 1 - ended / at_risk;
        if (share > 0) greenwood += ended / (at_risk * (at_risk - ended));
        out.steps.push_back({days, share, share * std::sqrt(greenwood), limits_of(share, greenwood), at_risk}
        );
    }
    return out;
}

std::optional<double> median_of(const DurationCurve& curve) {
    const auto& steps = curve.steps;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (steps[i].share > 0.5 + 1e-12) continue;
        if (steps[i].share < 0.5 - 1e-12) return steps[i].days;
        return (steps[i].days + (i + 1 < steps.size() ? steps[i + 1].days : curve.last_seen)) / 2;
    }
    return std::nullopt;
}

double WeibullFit::share(double days) const {
    return days <= 0 ? 1 : std::exp(-std::exp((std::log(days) - location) / scale));
}

double WeibullFit::remaining(double age, double p) const {
    check(age >= 0 && p > 0 && p < 1, "what remains is asked of an age and a share");
    const double passed = age > 0 ? std::exp((std::log(age) - location) / scale) : 0;
    return std::exp(location + scale * std::log(passed - std::log1p(-p))) - age;
}

Result<WeibullFit> fit_weibull(std::span<const Duration> durations) {
    ENTENTE_RETURN_IF_ERROR(usable(durations));
    if (std::ranges::none_of(durations, &Duration::ended))
        return fail(ErrorCode::invalid_argument, "durations", "found none that ended, expected one at least");
    const auto evaluate = [&](const std::vector<double>& at) {
        const double location = at[0], scale = std::exp(at[1]);
        numerics::Likelihood out{0, {0, 0}, {0, 0, 0, 0}};
        for (const auto& one : durations) {
            const double z = (std::log(one.days) - location) / scale;
            const double hazard = std::exp(z);
            const double slope = (one.ended ? 1 : 0) - hazard;
            out.value += (one.ended ? z - at[1] - std::log(one.days) : 0) - hazard;
            out.gradient[0] -= slope / scale;
            out.gradient[1] -= slope * z + (one.ended ? 1 : 0);
            out.information[0] += hazard / (scale * scale);
            out.information[1] += (hazard * z - slope) / scale;
            out.information[3] += hazard * z * z - slope * z;
        }
        out.information[2] = out.information[1];
        return out;
    };
    double mean = 0;
    for (const auto& one : durations) mean += std::log(one.days) / static_cast<double>(durations.size());
    ENTENTE_ASSIGN_OR_RETURN(
        const auto found, numerics::maximise(evaluate, {mean, 0}, {"location", "scale"})
    );
    return WeibullFit{found.at[0], std::exp(found.at[1]), found.value, found.covariance};
}

}  // namespace entente::measures
