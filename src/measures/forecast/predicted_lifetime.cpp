#include "measures/forecast/predicted_lifetime.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "base/check.h"
#include "numerics/philox.h"

namespace entente::measures {
namespace {

/// Two standard normals for a draw: of the location, of the ln scale.
using Normals = std::array<double, 2>;

/// Most forecasts have as many draws or fewer: these are made once.
constexpr std::size_t kMadeOnce = 2000;

Normals normals_of(LifetimeLaw law, std::size_t draw) {
    static const numerics::Draws kDraws("forecast 1");
    static const auto kPlaces = [] {
        std::array<std::array<std::uint64_t, 2>, kLifetimeLaws.size()> out{};
        for (std::size_t i = 0; i < out.size(); ++i) {
            const std::string name(to_words(kLifetimeLaws[i]));
            out[i] = {numerics::place_of_name(name + " location"), numerics::place_of_name(name + " scale")};
        }
        return out;
    }();
    const auto& [location, scale] = kPlaces[static_cast<std::size_t>(law)];
    return {kDraws.normal(draw, location), has_scale(law) ? kDraws.normal(draw, scale) : 0};
}

/// The n-th draw of a law.
Normals drawn(LifetimeLaw law, std::size_t draw) {
    static const auto kMade = [] {
        std::array<std::vector<Normals>, kLifetimeLaws.size()> out;
        for (const auto one : kLifetimeLaws)
            for (std::size_t i = 0; i < kMadeOnce; ++i)
                out[static_cast<std::size_t>(one)].push_back(normals_of(one, i));
        return out;
    }();
    return draw < kMadeOnce ? kMade[static_cast<std::size_t>(law)][draw] : normals_of(law, draw);
}

/// Location and ln scale at a row of covariates: means, and a root of their covariance.
struct LinearView {
    double location = 0, log_scale = 0;
    double first = 0, across = 0,
           second = 0;  ///< location = first · z1, ln scale = across · z1 + second · z2
};

LinearView view_of(const LifetimeFit& fit, const std::vector<double>& row) {
    std::vector<double> ones{1};
    ones.insert(ones.end(), row.begin(), row.end());
    const std::size_t size = fit.parameters(), slopes = ones.size();
    double variance = 0, covariance = 0, log_scale_variance = 0;
    for (std::size_t a = 0; a < slopes; ++a)
        for (std::size_t b = 0; b < slopes; ++b) variance += ones[a] * fit.covariance[a * size + b] * ones[b];
    if (has_scale(fit.law)) {
        for (std::size_t a = 0; a < slopes; ++a) covariance += ones[a] * fit.covariance[a * size + slopes];
        log_scale_variance = fit.covariance[slopes * size + slopes];
    }
    LinearView out{fit.location_at(row), std::log(fit.scale), std::sqrt(variance), 0, 0};
    out.across = out.first > 0 ? covariance / out.first : 0;
    out.second = std::sqrt(std::max(0.0, log_scale_variance - out.across * out.across));
    return out;
}

}  // namespace

PredictedLifetime PredictedLifetime::of_fit(
    const LifetimeFit& fit, std::span<const std::vector<double>> rows, std::size_t draws
) {
    check(!rows.empty() && draws > 0, "a forecast has a row of covariates and a draw at least");
    std::vector<LinearView> views;
    for (const auto& row : rows) views.push_back(view_of(fit, row));
    PredictedLifetime out;
    out.law_ = fit.law;
    out.locations_.reserve(draws);
    out.scales_.reserve(draws);
    for (std::size_t k = 0; k < draws; ++k) {
        const auto& view = views[k % views.size()];
        const auto [first, second] = drawn(fit.law, k);
        out.locations_.push_back(view.location + view.first * first);
        out.scales_.push_back(std::exp(view.log_scale + view.across * first + view.second * second));
    }
    return out;
}

PredictedLifetime PredictedLifetime::of_curve(
    const IntervalCurve& curve, std::span<const Lifetime> lifetimes
) {
    check(curve.ended > 0, "a curve of a forecast is of something that ended");
    const double ended = static_cast<double>(curve.ended), drawn_in = ended / (ended + 1);
    PredictedLifetime out;
    out.nodes_.push_back({0, 1});
    double fallen = 0, days = 0;
    for (const auto& piece : curve.pieces) {
        if (!std::isfinite(piece.high)) continue;
        fallen += piece.share;
        out.nodes_.push_back({piece.high, 1 - drawn_in * std::min(1.0, fallen)});
    }
    for (const auto& one : lifetimes) days += one.ended() ? (one.low + one.high) / 2 : one.low;
    out.rate_beyond_ = ended / days;
    return out;
}

PredictedLifetime PredictedLifetime::even(double mean_days) {
    check(mean_days > 0, "a mean of days is above 0");
    PredictedLifetime out;
    out.locations_ = {std::log(mean_days)};
    out.scales_ = {1};
    return out;
}

double PredictedLifetime::lasting(double days) const {
    if (days <= 0) return 1;
    if (!locations_.empty()) {
        const double log_days = std::log(days);
        double sum = 0;
        for (std::size_t k = 0; k < locations_.size(); ++k)
            sum += std::exp(log_upper(law_, (log_days - locations_[k]) / scales_[k]));
        return sum / static_cast<double>(locations_.size());
    }
    const auto after = std::ranges::upper_bound(nodes_, days, {}, &Node::days);
    const auto& before = *std::prev(after);
    if (after == nodes_.end()) return before.lasting * std::exp(-rate_beyond_ * (days - before.days));
    return before.lasting +
           (after->lasting - before.lasting) * (days - before.days) / (after->days - before.days);
}

std::optional<double> PredictedLifetime::ended_by(double days, double age) const {
    const double alive = lasting(age);
    if (!(alive > kNothingLeft)) return std::nullopt;
    return days <= age ? 0 : 1 - lasting(days) / alive;
}

}  // namespace entente::measures
