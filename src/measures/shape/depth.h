#pragma once

#include <optional>
#include <vector>

#include "measures/answer.h"
#include "measures/shape/drawn_strands.h"
#include "measures/shape/legs.h"
#include "measures/tie/drawn_parameters.h"

namespace entente::measures {

/// The part of a stock that was left at the top.
struct TopShare {
    double stock = 0;
    double unstated = 0;          ///< part of it whose level is not stated, counted as the lowest; 0 to 1
    std::optional<double> share;  ///< 0 to 1; nothing: no strand counts, or nothing is left
    Interval band;
    std::vector<const RecordMass*> top;
};

/// How long the events of a strand last.
struct EventLengths {
    std::size_t events = 0;
    std::vector<Evidence> unknown;    ///< of a month, a year, or without an end
    std::optional<double> mean_days;  ///< of the others
    std::vector<Evidence> records;
};

struct StrandDepth {
    std::size_t strand = 0;
    std::optional<TopShare> top;  ///< nothing: levels do not count in it
    EventLengths lengths;
};

struct Depth {
    std::vector<StrandDepth>
        strands;              ///< those with engagements or a stock of levels, in the order of the parameters
    TopShare both;            ///< of leaders and dialogue together, as far as they count
    bool any_counts = false;  ///< of the two
};

/// Does it reach the top, and last?
///
/// Definition  share of what is left in leaders and dialogue that stands at a level of weight 2 or more in the
///             parameters; mean days of the events on record, each alike. Band: the declared draws of half-lives,
///             tables, dates and status; the levels that are the top stay
/// Units       shares of stock; days, first and last included
/// Missing     a level that is not stated counts as the lowest, and its share is given. Events of a month's or a year's
///             precision have no length. Strands that do not count have no share
/// Cost        O(records + cells · draws)
/// Source      MEASURES.md 7
Depth depth(
    const TieFacts& facts, const std::vector<StrandStock>& strands, const DrawnParameters& drawn, Day at
);
/// The same, where the draws are told already.
Depth depth(
    const TieFacts& facts,
    const std::vector<StrandStock>& strands,
    const std::vector<DrawnStrand>& found,
    const DrawnParameters& drawn,
    Day at
);

}  // namespace entente::measures
