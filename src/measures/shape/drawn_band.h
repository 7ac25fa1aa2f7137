#pragma once

#include <algorithm>
#include <vector>

#include "measures/tie/drawn_parameters.h"
#include "numerics/distributions.h"

namespace entente::measures {

/// The band of values, its level that of the parameters. Values may be infinite.
/// Requires  at least one value
inline numerics::Interval band_of(std::vector<double> values, double level) {
    std::ranges::sort(values);
    const double tail = (1 - level) / 2;
    return {numerics::sorted_quantile(values, tail), numerics::sorted_quantile(values, 1 - tail)};
}

/// The band of a figure over the declared draws.
template <class Figure>
numerics::Interval drawn_band(const DrawnParameters& drawn, const Figure& figure) {
    std::vector<double> values(drawn.draws());
    for (std::size_t draw = 0; draw < values.size(); ++draw) values[draw] = figure(draw);
    return band_of(std::move(values), drawn.parameters().band_level);
}

}  // namespace entente::measures
