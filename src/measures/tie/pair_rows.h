#pragma once

#include <span>
#include <utility>
#include <vector>

#include "measures/tie/mass.h"
#include "measures/tie/weight_row.h"

namespace entente::measures {

/// Rows of one pair, and what each rests on.
struct PairRows {
    std::vector<WeightRow> rows;
    std::vector<const Evidence*> evidence;
};

/// The rows of all that is on record between a pair; `facts` outlive them.
PairRows rows_of(const TieFacts& facts, const Parameters& parameters);

/// The masses of a pair's rows at the end of a day; see `weigh`.
/// \param  general_knowledge  also count what nobody checked against a cited text
Masses masses_on(const PairRows& rows, const Parameters& parameters, bool general_knowledge, Day at);

/// What a row, or a tally that begins with it, weighs on a day.
struct MassOfRow {
    std::size_t row = 0;
    MassOnDays on;
    double factor = 1;
};

struct MassesOfRows {
    std::vector<MassOfRow> items;  ///< of records, then of tallies
    std::vector<std::pair<std::size_t, LeftOutReason>> left_out;
};

/// The same without the words, for rows of one pair wherever they are kept.
MassesOfRows masses_of_rows(
    std::span<const WeightRow> rows, const Parameters& parameters, bool general_knowledge, Day at
);

}  // namespace entente::measures
