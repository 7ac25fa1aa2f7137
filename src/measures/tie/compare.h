#pragma once

#include <optional>
#include <string>
#include <vector>

#include "measures/answer.h"
#include "measures/tie/strength.h"

namespace entente::measures {

/// A tie among those that are compared.
struct ComparedTie {
    std::string partner;  ///< short name of the other side
    Strength strength;
};

/// The chance over the common draws that the first is stronger than the second, as a whole or in one strand; ties count
/// half. Nothing where either is not known.
std::optional<double> chance_stronger(
    const Strength& first, const Strength& second, const std::optional<std::size_t>& strand
);

/// Says of ties of one actor how strong each is, and how sure one can be which of two is the stronger; gives no rank.
///
/// Definition  all by the same draws of the parameters, so that what moves both moves no comparison
/// Missing     a tie of which too little is seen stands with its reason, and is compared with none
/// \param  strand  nothing: as a whole
Answer compare_ties(
    const std::string& home,
    const std::vector<ComparedTie>& ties,
    const Parameters& parameters,
    const std::optional<std::size_t>& strand,
    Day at
);

}  // namespace entente::measures
