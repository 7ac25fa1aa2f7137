#pragma once

#include <string>

#include "measures/coverage_of.h"
#include "measures/tie/mass.h"
#include "measures/training.h"

namespace entente::measures {

/// What one side gave the other in training, over the fiscal years that are covered for it as the giver.
struct Given {
    CoverageKind coverage = CoverageKind::not_covered;  ///< the richest of any fiscal year that is over
    int first_year = 0, last_year = 0;                  ///< covered as a census or a sample; 0: none
    TrainingSum sum;                                    ///< of these years
    std::vector<Evidence> records;

    bool covered() const { return first_year != 0; }
};

/// Sums what is on record as given.
///
/// Definition  the cells of training lines, and those of tallies for the years without lines, whose deliverer is the
///             giver
/// Missing     years that are not covered are left out. A statement that names one actor alone speaks of what that
///             actor gave, not of what it was given
/// Cost        O(years · statements² + cells)
Given given_training(const TieFacts& facts, const std::string& giver, Day at);

}  // namespace entente::measures
