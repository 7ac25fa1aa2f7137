#include "measures/relational/read_out.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "numerics/distributions.h"
#include "numerics/quadrature.h"

namespace entente::measures::relational {
namespace {

/// Two digits that count, never as a power of ten; near 1 two decimals, or nothing of the effect would show.
std::string two_digits(double value) {
    if (!(value > 0) || !std::isfinite(value)) return value > 0 ? "more than can be told" : "0";
    if (std::fabs(value - 1) < 0.15) return fmt::format("{:.2f}", value);
    const int tens = static_cast<int>(std::floor(std::log10(value)));
    const double unit = std::pow(10, tens - 1);
    const int decimals = std::max(0, 1 - tens);
    const std::string text = fmt::format("{:.{}f}", std::round(value / unit) * unit, decimals);
    return decimals > 12 ? "next to 0" : text;
}

/// What one event adds to the statistic, averaged over the period after it.
double mean_addition(const Statistic& statistic, double period) {
    const bool log = statistic.transform == Transform::log && !is_actor_covariate(statistic.kind);
    if (!statistic.half_life) return log ? std::log(2) : 1;
    const double pieces = std::max(1.0, std::ceil(2 * period / *statistic.half_life));
    double mean = 0;
    for (double piece = 0; piece < pieces; ++piece)
        for (const auto& node : numerics::gauss_legendre_10()) {
            const double age = (piece + node.at) / pieces * period;
            const double left = std::exp2(-age / *statistic.half_life);
            mean += node.weight / pieces * (log ? std::log1p(left) : left);
        }
    return mean;
}

}  // namespace

Result<std::string> read_out(const Coefficient& coefficient, const Phrase& phrase) {
    if (!coefficient.statistic)
        return fail(ErrorCode::invalid_argument, coefficient.name, "The constant has no words.");
    const Statistic& statistic = *coefficient.statistic;
    if (statistic.half_life && !(phrase.period > 0))
        return fail(
            ErrorCode::invalid_argument,
            "period",
            fmt::format("{} decays: a period of more than 0 days is needed.", coefficient.name)
        );
    double by = mean_addition(statistic, phrase.period);
    if (statistic.transform == Transform::standard) by /= coefficient.deviation;
    const double z = numerics::normal_quantile(0.95);
    const auto ratio = [&](double errors) {
        return std::exp(by * (coefficient.estimate + errors * coefficient.standard_error));
    };
    std::string text = fmt::format(
        "{} makes {} {} times as likely ({}–{})",
        phrase.cause,
        phrase.effect,
        two_digits(ratio(0)),
        two_digits(ratio(-z)),
        two_digits(ratio(z))
    );
    if (!phrase.when.empty()) text += " " + phrase.when;
    if (ratio(-z) <= 1 && ratio(z) >= 1) text += ": more and less are both possible";
    return text;
}

}  // namespace entente::measures::relational
