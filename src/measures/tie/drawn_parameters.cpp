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

/// Lagrange weights of the eight nodes nearest to a place, which is counted in nodes from the first; returns the first of
/// them.
std::uint32_t interpolation(double place, double* weights) {
    constexpr int kNear = numerics::DrawnPlaces::kNear;
    const int first = std::clamp(
        static_cast<int>(place) - (kNear / 2 - 1), 0, static_cast<int>(DrawnParameters::kNodes) - kNear
    );
    for (int i = 0; i < kNear; ++i) {
        weights[i] = 1;
        for (int j = 0; j < kNear; ++j)
            if (j != i) weights[i] *= (place - first - j) / (i - j);
    }
    return static_cast<std::uint32_t>(first);
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
      nodes_(strands_),
      first_(filled_ * strands_),
      weights_(filled_ * strands_ * numerics::DrawnPlaces::kNear) {
    constexpr double kMiddle = (kNodes - 1) / 2.0;
    const double half_full_deviation = std::log(parameters.half_full_factor) / kEighty;
    for (std::size_t strand = 0; strand < strands_; ++strand) {
        const auto& of = parameters_.strands[strand];
        const double deviation = deviation_of(of);
        const auto half_life = numerics::place_of_name("half_life/" + of.strand),
                   half_full = numerics::place_of_name("half_full/" + of.strand),
                   share = numerics::place_of_name("share/" + of.strand);
        nodes_[strand].fill(of.half_life_days);
        for (std::size_t i = 0; i < kNodes; ++i)
            nodes_[strand][i] *= std::exp(kReach * deviation * (static_cast<double>(i) - kMiddle) / kMiddle);
        for (std::size_t draw = 0; draw < draws_; ++draw) {
            const auto at = strand * filled_ + draw;
            const double normal = std::clamp(random_.normal(draw, half_life), -kReach, kReach);
            half_lives_[at] = of.half_life_days * std::exp(deviation * normal);
            first_[at] =
                interpolation(kMiddle * (1 + normal / kReach), &weights_[at * numerics::DrawnPlaces::kNear]);
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

void DrawnParameters::add_factors(const TableChoice& choice, numerics::DrawnTerm& term) const {
    const auto add = [&](const std::vector<double>& table, int at) {
        if (at >= 0) term.factor[term.factors++] = table.data() + static_cast<std::size_t>(at) * filled_;
    };
    add(base_, choice.base);
    add(levels_, choice.level);
    add(modes_, choice.mode);
    add(sizes_, choice.size);
}

void DrawnParameters::add_announced(numerics::DrawnTerm& term) const {
    term.factor[term.factors++] = announced_factors_.data();
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
