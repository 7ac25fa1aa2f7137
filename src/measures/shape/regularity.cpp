#include "measures/shape/regularity.h"

#include <cmath>
#include <numeric>

#include "base/check.h"
#include "measures/shape/gaps.h"
#include "numerics/neumaier.h"
#include "numerics/philox.h"

namespace entente::measures {
namespace {

constexpr std::size_t kDraws = 2000;
constexpr double kLevel = 0.9;

double sum_of(std::span<const double> values) {
    numerics::NeumaierSum total;
    for (const double value : values) total.add(value);
    return total.value();
}

}  // namespace

std::optional<double> burstiness(std::span<const double> gaps) {
    const auto n = static_cast<double>(gaps.size());
    if (gaps.size() < 2) return std::nullopt;
    const double mean = sum_of(gaps) / n;
    if (mean <= 0) return std::nullopt;
    numerics::NeumaierSum squares;
    for (const double gap : gaps) squares.add((gap - mean) * (gap - mean));
    const double rho = std::sqrt(squares.value() / n) / mean;
    const double above = std::sqrt(n + 1), below = std::sqrt(n - 1);
    return (above * rho - below) / ((above - 2) * rho + below);
}

Interval burstiness_by_chance(std::size_t gaps, double mean_days) {
    check(gaps >= 2 && mean_days >= 1, "chance is asked for two gaps or more, of a day or more");
    static const numerics::Draws kRandom("regularity 1");
    // A day has a contact with probability 1/mean; every day has one where the mean is a day.
    const double scale = mean_days > 1 ? std::log1p(-1 / mean_days) : 0;
    std::vector<double> values(kDraws), drawn(gaps);
    for (std::size_t draw = 0; draw < kDraws; ++draw) {
        for (std::size_t i = 0; i < gaps; ++i)
            drawn[i] = scale < 0 ? std::max(1.0, std::ceil(std::log(kRandom.uniform(draw, i)) / scale)) : 1;
        values[draw] = *burstiness(drawn);
    }
    return numerics::middle_part(std::move(values), kLevel);
}

std::optional<Regularity> regularity(std::span<const double> gaps) {
    if (gaps.size() < kFewestGaps) return std::nullopt;
    Regularity out;
    out.burstiness = *burstiness(gaps);
    out.by_chance = burstiness_by_chance(gaps.size(), sum_of(gaps) / static_cast<double>(gaps.size()));
    if (out.burstiness < out.by_chance.low) out.rhythm = Rhythm::regular;
    if (out.burstiness > out.by_chance.high) out.rhythm = Rhythm::bursts;
    return out;
}

}  // namespace entente::measures
