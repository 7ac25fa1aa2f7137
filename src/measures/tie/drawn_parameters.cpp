#include "measures/tie/drawn_parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <mutex>
#include <numbers>

#include "numerics/distributions.h"

namespace entente::measures {
namespace {

/// Standard normal quantile of 0.9: 80 of 100 lie within this many deviations.
constexpr double kEighty = 1.2815515655446004;
/// The nodes reach this many deviations to either side; what lies beyond, 7 draws in a million, is put to the
/// end.
constexpr double kReach = 4.5;

double deviation_of(const StrandParameters& strand) {
    return std::log(strand.half_life_high / strand.half_life_low) / 2 / kEighty;
}

double logit(double share) {
    return std::log(share / (1 - share));
}

std::vector<double> table_draws(
    const numerics::Draws& random,
    std::size_t draws,
    std::size_t filled,
    const std::vector<TableEntry>& table,
    std::string_view name,
    double factor
) {
    const double deviation = std::log(factor) / kEighty;
    std::vector<double> out(filled * table.size(), 1.0);
    for (std::size_t entry = 0; entry < table.size(); ++entry) {
        const auto place = numerics::place_of_name(fmt::format("{}/{}", name, table[entry].key));
        for (std::size_t draw = 0; draw < draws; ++draw)
            out[entry * filled + draw] = std::exp(deviation * random.normal(draw, place));
    }
    return out;
}

/// Barycentric weights of Chebyshev nodes of the second kind at `x` in [-1, 1].
void interpolation(double x, std::array<double, DrawnParameters::kNodes>& weights) {
    constexpr std::size_t last = DrawnParameters::kNodes - 1;
    double total = 0;
    for (std::size_t i = 0; i <= last; ++i) {
        const double node = std::cos(std::numbers::pi * static_cast<double>(i) / static_cast<double>(last));
        if (x == node) {
            weights.fill(0);
            weights[i] = 1;
            return;
        }
        weights[i] = (i % 2 == 0 ? 1.0 : -1.0) * (i == 0 || i == last ? 0.5 : 1.0) / (x - node);
        total += weights[i];
    }
    for (std::size_t i = 0; i <= last; ++i) weights[i] /= total;
}

}  // namespace

DrawnParameters::DrawnParameters(const Parameters& parameters)
    : parameters_(parameters),
      draws_(static_cast<std::size_t>(parameters.draws)),
      filled_((draws_ + kTogether - 1) / kTogether * kTogether),
      strands_(parameters.strands.size()),
      random_(fmt::format("{} {}", parameters.name, parameters.version)),
      half_lives_(filled_ * strands_),
      half_full_(filled_ * strands_),
      shares_(filled_ * strands_),
      announced_(draws_),
      announced_factors_(filled_, 1.0),
      base_(table_draws(random_, draws_, filled_, parameters.base, "base", parameters.table_factor)),
      levels_(table_draws(random_, draws_, filled_, parameters.levels, "level", parameters.table_factor)),
      modes_(table_draws(random_, draws_, filled_, parameters.modes, "mode", parameters.table_factor)),
      sizes_(table_draws(random_, draws_, filled_, parameters.sizes, "size", parameters.table_factor)),
      nodes_(strands_ * kNodes),
      weights_(filled_ * strands_ * kNodes) {
    std::array<double, kNodes> weights{};
    const double half_full_deviation = std::log(parameters.half_full_factor) / kEighty;
    for (std::size_t strand = 0; strand < strands_; ++strand) {
        const auto& of = parameters_.strands[strand];
        const double deviation = deviation_of(of);
        const auto half_life = numerics::place_of_name("half_life/" + of.strand),
                   half_full = numerics::place_of_name("half_full/" + of.strand),
                   share = numerics::place_of_name("share/" + of.strand);
        for (std::size_t i = 0; i < kNodes; ++i)
            nodes_[strand * kNodes + i] =
                of.half_life_days *
                std::exp(
                    kReach * deviation * std::cos(std::numbers::pi * static_cast<double>(i) / (kNodes - 1))
                );
        for (std::size_t draw = 0; draw < draws_; ++draw) {
            const auto at = strand * filled_ + draw;
            const double normal = std::clamp(random_.normal(draw, half_life), -kReach, kReach);
            half_lives_[at] = of.half_life_days * std::exp(deviation * normal);
            interpolation(normal / kReach, weights);
            for (std::size_t node = 0; node < kNodes; ++node)
                weights_[(at - draw % kTogether) * kNodes + node * kTogether + draw % kTogether] =
                    weights[node];
            half_full_[at] = of.half_full * std::exp(half_full_deviation * random_.normal(draw, half_full));
            shares_[at] = numerics::gamma_quantile(
                random_.uniform(draw, share), parameters.share_concentration * of.share
            );
        }
    }
    const auto status = numerics::place_of_name("status/announced");
    const double middle = logit(parameters.announced);
    const double deviation =
        (logit(parameters.announced_high) - logit(parameters.announced_low)) / 2 / kEighty;
    for (std::size_t draw = 0; draw < draws_; ++draw) {
        double total = 0;
        for (std::size_t strand = 0; strand < strands_; ++strand) total += shares_[strand * filled_ + draw];
        for (std::size_t strand = 0; strand < strands_; ++strand) shares_[strand * filled_ + draw] /= total;
        announced_[draw] = 1 / (1 + std::exp(-(middle + deviation * random_.normal(draw, status))));
        announced_factors_[draw] = announced_[draw] / parameters.announced;
    }
}

double DrawnParameters::table_factor(std::size_t draw, const TableChoice& choice) const {
    const auto factor = [&](const std::vector<double>& table, int at) {
        return at < 0 ? 1.0 : table[static_cast<std::size_t>(at) * filled_ + draw];
    };
    return factor(base_, choice.base) * factor(levels_, choice.level) * factor(modes_, choice.mode) *
           factor(sizes_, choice.size);
}

std::vector<double> DrawnParameters::table_factors(const TableChoice& choice) const {
    std::vector<double> out(draws_, 1.0);
    const auto multiply = [&](const std::vector<double>& table, int at) {
        if (at < 0) return;
        const auto entry = std::span(table).subspan(static_cast<std::size_t>(at) * filled_, draws_);
        for (std::size_t draw = 0; draw < draws_; ++draw) out[draw] *= entry[draw];
    };
    multiply(base_, choice.base);
    multiply(levels_, choice.level);
    multiply(modes_, choice.mode);
    multiply(sizes_, choice.size);
    return out;
}

numerics::Eight DrawnParameters::table_factors(std::size_t group, const TableChoice& choice) const {
    numerics::Eight out(1.0);
    const auto multiply = [&](const std::vector<double>& table, int at) {
        if (at < 0) return;
        const auto* const entry = table.data() + static_cast<std::size_t>(at) * filled_;
        out = out * numerics::Eight::load(entry + group * kTogether);
    };
    multiply(base_, choice.base);
    multiply(levels_, choice.level);
    multiply(modes_, choice.mode);
    multiply(sizes_, choice.size);
    return out;
}

numerics::Eight DrawnParameters::announced_factors(std::size_t group) const {
    return numerics::Eight::load(announced_factors_.data() + group * kTogether);
}

double DrawnParameters::place_in_date(std::size_t draw, const std::string& record) const {
    return random_.uniform(draw, numerics::place_of_name("date/" + record));
}

std::vector<double> DrawnParameters::places_in_date(const std::string& record) const {
    std::vector<double> out(draws_);
    random_.uniforms(numerics::place_of_name("date/" + record), out);
    return out;
}

std::shared_ptr<const DrawnParameters> drawn(const Parameters& parameters) {
    static std::mutex mutex;
    static std::map<std::string, std::shared_ptr<const DrawnParameters>> kept;
    const std::lock_guard lock(mutex);
    auto& found = kept[parameters.hash];
    if (!found) found = std::make_shared<const DrawnParameters>(parameters);
    return found;
}

}  // namespace entente::measures
