// How many contacts the next twelve months bring, by the rate that holds now.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "measures/forecast/scores.h"
#include "measures/measure.h"

namespace entente::measures {

/// A number of contacts in a year to come, when the rate is known from a count in some years.
///
/// Definition  the rate has a gamma distribution of shape count + ½ over those years (Jeffreys), so the number is
///             negative binomial
class YearCount {
public:
    /// Requires  years > 0
    YearCount(std::int64_t count, double years) : shape_(static_cast<double>(count) + 0.5), years_(years) {}

    double mean() const { return shape_ / years_; }
    double chance_of(std::int64_t number) const;
    /// Chance of so many or fewer.
    double at_most(std::int64_t number) const;
    /// The smallest number that so many of 100 do not exceed.
    std::int64_t quantile(double p) const;

private:
    double shape_, years_;
};

struct NextYear {
    std::string kind;        ///< a category; empty: of any kind
    Day from;                ///< the last covered day: the twelve months begin on the next
    std::int64_t count = 0;  ///< of the stretch of even rate that lasts now
    double years = 0;        ///< and its length
    Day since;
    YearCount number{0, 1};
    std::size_t scheduled = 0;  ///< on record as planned, confirmed or announced within them
    std::size_t told = 0, inside = 0;
    ScoreGain over_all;   ///< beside the rate of all covered years so far
    ScoreGain over_last;  ///< beside the count of the last twelve months
};

/// Tells the next twelve covered months of each kind and of any.
///
/// Definition  the rate is that of the last stretch of even rate (segmentation of monthly counts); its own past is of
///             every first of January whose year was covered, told from what was known then
/// Missing     kinds covered for less than two years, not in the year before the day asked, or with nothing on record are
///             left out
/// Source      MEASURES.md 9 and 11
std::vector<NextYear> next_years(const PairFacts& facts, Day at);

}  // namespace entente::measures
