// How fast outages end by what is known of them, with nothing assumed of the course of time.
#pragma once

#include <cstddef>
#include <vector>

#include "measures/forecast/candidates.h"
#include "measures/survival/cox.h"

namespace entente::measures {

/// Outages as rows of a Cox regression.
struct EndsByTraits {
    std::vector<CoxRow> rows;
    CoxCovariates
        covariates;  ///< as `TraitColumns` has them: a step of one over its spread is the answer itself
    std::size_t ended = 0;
    std::size_t pairs = 0;
    std::size_t rough = 0;   ///< ended, but it is not known in which month
    std::size_t silent = 0;  ///< neither ended nor said to last after their first day: no row
};

/// Reads what was learnt.
///
/// Definition  an end that is known to a stretch of days lies in its middle; outages of the same parties are a cluster
/// Units       days from the beginning on
/// Cost        O(n · columns)
EndsByTraits ends_by_traits(const Learnt& learnt);

}  // namespace entente::measures
