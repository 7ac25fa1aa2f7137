#pragma once

#include <span>
#include <vector>

#include "measures/tie/mass.h"
#include "measures/tie/strand_coverage.h"

namespace entente::measures {

/// What may have gone on in a strand after the last day that is covered.
///
/// Definition  at the middle the mean rate of the last three covered years; at the most the upper 95 % of a
/// Jeffreys
///             gamma posterior of the number of records, times their mean mass. What is held, such as an
///             agreement, is taken to be held on at the middle and at the most
/// Missing     no record in these years: nothing goes on at the middle; at the most half a χ² of one degree,
/// of a mass
///             that is the mean of all records of the strand, or 1 where there is none
/// Cost        O(records)
/// Source      MEASURES.md 3, stale strands
class GoingOn {
public:
    GoingOn() = default;
    GoingOn(
        const std::vector<const RecordMass*>& records,
        const TieFacts& facts,
        const StrandParameters& strand,
        const StrandCoverage& coverage,
        Day at
    );

    /// Whether anything does, at the mean rate.
    bool goes_on() const { return rate_ != 0 && days_ > 0; }
    /// Whether what was held to the end of coverage is held on.
    bool holds_on() const { return held_; }
    /// Stock at the day asked about, of the mean rate.
    double stock(double half_life) const;
    double upper_stock(double half_life) const;
    /// What was held to the end of coverage is held on.
    MassOnDays held_on(MassOnDays mass) const;

private:
    double stock_of_rate(double rate, double half_life) const;

    double rate_ = 0;
    double upper_rate_ = 0;
    std::int32_t days_ = 0;
    bool held_ = false;
    Day until_{};
    Day at_{};
};

}  // namespace entente::measures
