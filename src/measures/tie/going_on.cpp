#include "measures/tie/going_on.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "numerics/distributions.h"

namespace entente::measures {
namespace {

constexpr std::int32_t kThreeYears = 3 * 365;

}  // namespace

GoingOn::GoingOn(
    const std::vector<const RecordMass*>& records,
    const TieFacts& facts,
    const StrandParameters& strand,
    const StrandCoverage& coverage,
    Day at
) {
    if (!coverage.until || coverage.knowledge == StrandKnowledge::not_released || at <= *coverage.until)
        return;
    until_ = *coverage.until;
    at_ = at;
    held_ = strand.kept_while_in_force;
    if (held_) return;
    days_ = at - until_;
    const Day first = until_ - (kThreeYears - 1);
    const auto exposure =
        static_cast<double>(covered_days(facts.coverage, facts.pair, strand, first, until_));
    if (exposure <= 0) return;
    double mass = 0, all = 0, number = 0;
    for (const auto* record : records) {
        const auto& on = record->on;
        all += on.mass;
        const Day from = std::max(first, on.first), to = std::min(until_, on.last);
        if (to < from) continue;
        const double part = static_cast<double>(to - from + 1) / (on.last - on.first + 1);
        mass += part * on.mass;
        number += part;
    }
    const double mean = number > 0        ? mass / number
                        : records.empty() ? 1
                                          : all / static_cast<double>(records.size());
    rate_ = mass / exposure;
    upper_rate_ = mean * numerics::chi_squared_quantile(0.95, 2 * number + 1) / 2 / exposure;
}

double GoingOn::stock_of_rate(double rate, double half_life) const {
    if (rate == 0 || days_ <= 0) return 0;
    const double lambda = std::numbers::ln2 / half_life;
    return rate * std::expm1(-lambda * days_) / std::expm1(-lambda);
}

double GoingOn::stock(double half_life) const {
    return stock_of_rate(rate_, half_life);
}

double GoingOn::upper_stock(double half_life) const {
    return stock_of_rate(std::max(rate_, upper_rate_), half_life);
}

MassOnDays GoingOn::held_on(MassOnDays mass) const {
    if (held_ && mass.spread == Spread::held && until_ <= mass.last && mass.last < at_) mass.last = at_;
    return mass;
}

}  // namespace entente::measures
