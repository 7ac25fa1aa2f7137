#pragma once

#include <vector>

#include "measures/tie/parameters.h"
#include "measures/tie/strength.h"
#include "picture/picture.h"

namespace entente::measures {

/// Strength year by year with its band and outer range; hatched where too little is seen.
picture::Curve total_curve(const std::vector<Strength>& years, const Parameters& parameters);

/// How full one strand was year by year, in percent, with its band; hatched where it is not covered, dotted
/// where it is not released.
picture::Curve strand_curve(
    const std::vector<Strength>& years, const Parameters& parameters, std::size_t strand
);

}  // namespace entente::measures
