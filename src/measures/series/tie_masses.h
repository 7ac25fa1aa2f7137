#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "measures/series/mass_runs.h"
#include "measures/tie/stock.h"

namespace entente::measures::series {

inline constexpr Day kFirstDay{INT32_MIN};
inline constexpr Day kNoEnd{INT32_MAX};

/// What one record weighs in one strand of one pair.
struct Weight {
    PairNumber pair = 0;
    std::uint8_t strand = 0;
    RecordNumber record = 0;
    MassOnDays on;
    Day counts_from =
        kFirstDay;  ///< before this day it is as if it were not there, such as what is only announced
    Day counts_until = kNoEnd;  ///< from this day on likewise, such as a tally once single records are there
};

/// A weight that the columns cannot hold: held until its end, bounded in when it counts, longer than eleven years, or
/// of another age.
struct OddMass {
    MassOnDays on;
    Day counts_from = kFirstDay;
    Day counts_until = kNoEnd;
    RecordNumber record = 0;

    double stock(double half_life, Day at) const {
        return counts_from <= at && at < counts_until ? stock_of(on, half_life, at) : 0;
    }
};

/// The masses of all pairs in one strand.
class StrandMasses {
public:
    void build(std::span<const Weight> weights);
    void add(const Weight& weight);
    std::size_t remove(PairNumber pair, RecordNumber record);

    const MassRuns& points() const { return points_; }
    const MassRuns& spans() const { return spans_; }
    std::span<const OddMass> odd(PairNumber pair) const;
    std::size_t size() const;
    std::size_t pairs() const;

private:
    void add_odd(const Weight& weight);

    MassRuns points_{true};
    MassRuns spans_{false};
    std::vector<std::vector<OddMass>> odd_;
};

/// What all records weigh between all pairs: the columns that measures of all ties at once read.
///
/// What stands in them does not depend on the order in which it came.
/// Thread-safety  none for changes; any number may read
class TieMasses {
public:
    explicit TieMasses(std::size_t strands) : strands_(strands) {}

    /// Instead of whatever is there.
    /// Cost  O(n) when each pair's come by last day and record, else O(n log n); 48 B a weight beside the columns
    void build(std::span<const Weight> weights);
    /// Cost  O(masses of the pair in the strand), amortised; nothing else is touched
    void add(const Weight& weight);
    /// All that a record weighs in a strand of a pair; gives the number of masses.
    std::size_t remove(PairNumber pair, std::size_t strand, RecordNumber record);

    std::size_t strands() const { return strands_.size(); }
    const StrandMasses& strand(std::size_t strand) const { return strands_[strand]; }
    /// One more than the greatest number of a pair.
    std::size_t pairs() const;
    std::size_t size() const;

private:
    std::vector<StrandMasses> strands_;
};

}  // namespace entente::measures::series
