#pragma once

#include <optional>
#include <vector>

#include "measures/shape/legs.h"
#include "measures/tie/drawable_stock.h"

namespace entente::measures {

/// From this weight on a level counts as the top: general and flag officers, senior officials and above.
inline constexpr double kTopLevel = 2;

/// Whether a record stands at the top.
bool is_top(const RecordMass& record, const Parameters& parameters);

/// What is left of a strand by draw, as all questions about its shape ask for it.
struct DrawnStrand {
    std::optional<DrawableStock> stock;  ///< nothing: the strand does not count
    // Of what is on record, by draw:
    std::vector<std::vector<double>> legs;  ///< in the order of the strand's
    std::vector<double> top;
    std::vector<double> all;
};

/// Goes through the draws of each strand that counts once, and tells its legs, its top and the whole.
///
/// Units       those of the strands
/// Cost        O(records · nodes + cells · draws)
/// Requires    `strands` and `drawn` outlive the result
std::vector<DrawnStrand> drawn_strands(
    const std::vector<StrandStock>& strands, const DrawnParameters& drawn, Day at
);

}  // namespace entente::measures
