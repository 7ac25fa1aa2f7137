#include "measures/tie/stock.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/check.h"
#include "numerics/neumaier.h"

namespace entente::measures {

double stock_of(const MassOnDays& mass, double half_life, Day at) {
    check(mass.first <= mass.last, "a mass lies on a closed interval of days");
    check(half_life == kNeverFades || half_life > 0, "a half-life is positive");
    if (at < mass.first) return 0;
    if (mass.spread == Spread::held)
        return at <= mass.last ? mass.mass : mass.mass * faded(1, half_life, at - mass.last);
    const Day end = std::min(mass.last, at);
    const double days = mass.last - mass.first + 1;
    const double up_to_now = end - mass.first + 1;
    if (half_life == kNeverFades) return mass.mass * up_to_now / days;
    const double lambda = std::numbers::ln2 / half_life;
    const double whole = up_to_now == 1 ? 1 : std::expm1(-lambda * up_to_now) / std::expm1(-lambda);
    return mass.mass / days * std::exp(-lambda * (at - end)) * whole;
}

double stock_of(std::span<const MassOnDays> masses, double half_life, Day at) {
    numerics::NeumaierSum total;
    for (const auto& mass : masses) total.add(stock_of(mass, half_life, at));
    return total.value();
}

double faded(double stock, double half_life, std::int32_t days) {
    return half_life == kNeverFades ? stock : stock * std::exp2(-days / half_life);
}

}  // namespace entente::measures
