// How well next year's counts are foretold from what was known at the end of each year.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "measures/validity/ranks.h"

namespace entente::measures::validity {

/// A partner at the end of a year that is covered, like the next one.
struct PanelRow {
    std::size_t partner = 0;
    int year = 0;
    std::int64_t count = 0;  ///< of that year
    std::int64_t next = 0;   ///< of the next one
    double added = 0;        ///< what may tell more than the count
};

/// A mean with its band, where the values of one group stand together.
struct GroupedMean {
    double mean = 0;
    Interval band;
    std::size_t groups = 0;

    bool above_zero() const { return band.low > 0; }
    bool below_zero() const { return band.high < 0; }
};

/// Definition  standard error: the root of the sum over groups of (sum of deviations)², divided by n
/// Missing     nothing: no value, or fewer than two groups
std::optional<GroupedMean> grouped_mean(std::span<const double> values, std::span<const std::size_t> groups);

/// Log score of each row that is foretold, in their order.
struct RollingScores {
    std::vector<double> scores;
    std::vector<std::size_t> partners;
    int first_year = 0;  ///< the first year that is foretold
    int last_year = 0;

    double mean() const;
};

/// Years that must have passed before the first one is foretold.
inline constexpr int kYearsToLearn = 5;

/// Foretells each year's counts by a model learnt from the years before alone, and judges by the chance that it gave to
/// what came.
///
/// Definition  negative binomial on ln(1 + last year's count) and, if asked, the added value; fitted anew each year to all
///             rows whose next year was over
/// Missing     no score for the first years; none at all: an empty list
/// Errors      as fit_counts
/// Cost        O(years · rows)
/// Requires    rows sorted by year
Result<RollingScores> rolling_scores(std::span<const PanelRow> rows, bool with_added);

/// What the second tells more than the first, a row.
/// Requires  the same rows were foretold
std::optional<GroupedMean> gain_over(const RollingScores& plain, const RollingScores& more);

}  // namespace entente::measures::validity
