#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace entente::measures {

/// A count with the days, weeks or years it was counted over.
struct CountedPeriod {
    std::int64_t count = 0;
    double exposure = 1;  ///< 0: not covered; such a period is absent, not zero
};

/// A stretch of periods with one rate.
struct RateSegment {
    std::size_t first = 0;  ///< place in what was given, covered periods only
    std::size_t last = 0;
    std::int64_t count = 0;
    double exposure = 0;
    double cost = 0;

    double rate() const { return static_cast<double>(count) / exposure; }
};

struct SegmentationOptions {
    double penalty = 0;        ///< of a change; 0: 2 ln n
    std::size_t shortest = 2;  ///< covered periods a segment has at least
};

struct Segmentation {
    std::vector<RateSegment> segments;
    double penalty = 0;
    double cost = 0;        ///< of the segments, without penalties
    double dispersion = 0;  ///< Pearson X² / degrees of freedom within the segments; 0: no degree of freedom

    std::size_t changes() const { return segments.size() - 1; }
};

/// Finds the stretches of one rate in a series of counts.
///
/// Definition  the segmentation that minimises Σ 2(Y − Y·ln(Y/E)) + penalty · changes over all segmentations
/// whose
///             segments have at least `shortest` covered periods; a segment with Y = 0 costs 0. The global
///             optimum, by pruned dynamic programming that allows for the shortest length. Ties: fewest
///             changes, then the earliest
/// Units       rates are counts per unit of exposure
/// Missing     periods with exposure 0 are left out: a segment may reach over them
/// Errors      invalid_argument: a count without exposure, a negative count or exposure, no covered period
/// Cost        near O(n) when there are changes, O(n²) at worst
/// Source      MEASURES.md 9, 16A and 18.4; Killick, Fearnhead and Eckley 2012
Result<Segmentation> segment_counts(
    std::span<const CountedPeriod> periods, const SegmentationOptions& options = {}
);

/// Cost of one stretch.
double segment_cost(std::int64_t count, double exposure);

/// The smallest penalty at which at most 5 % of 1,000 series of one rate, with these exposures, show any
/// change.
/// Cost  1,000 times some segmentations
Result<double> calibrated_penalty(
    std::span<const CountedPeriod> periods,
    std::size_t shortest,
    std::string_view draws_name,
    int series = 1000
);

/// All optimal segmentations over a range of penalties, the fewest changes last.
/// Source  Haynes, Eckley and Fearnhead 2017 (CROPS)
Result<std::vector<Segmentation>> segmentation_path(
    std::span<const CountedPeriod> periods, std::size_t shortest, double least_penalty, double most_penalty
);

/// How sure one change is, the others standing as they are.
struct ChangeConfidence {
    std::size_t after = 0;     ///< last covered period of the old segment
    double cost_without = 0;   ///< by how much the cost rises without it
    std::size_t earliest = 0;  ///< places at which the cost is within 3.84 of the best place
    std::size_t latest = 0;
};

/// Requires  `found` is a segmentation of `periods`
std::vector<ChangeConfidence> confidence_of_changes(
    std::span<const CountedPeriod> periods, const Segmentation& found, std::size_t shortest
);

}  // namespace entente::measures
