#pragma once

#include <string>
#include <vector>

#include "measures/tie/compare.h"
#include "service/ask_measure.h"

namespace entente::service {

/// Several ties of one actor, to be compared.
struct CompareRequest {
    std::string home;                   ///< id of an actor
    std::vector<std::string> partners;  ///< ids; two at least
    std::string strand;                 ///< its code; empty: as a whole
    Day at;
    bool general_knowledge = false;
};

/// Reads what is on record of each pair and compares.
/// Errors  invalid_argument: a partner twice, fewer than two, a strand that the parameters do not have · as ask_measure
Result<measures::Answer> compare_pairs(
    ledger::RecordView& view, const CompareRequest& request, const measures::Parameters& parameters
);

}  // namespace entente::service
