#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "measures/coverage_of.h"
#include "measures/tie/mass.h"

namespace entente::measures {

/// What the record can say of a strand on a day.
enum class StrandKnowledge : std::uint8_t {
    known,         ///< covered on that day, as a census or a sample
    stale,         ///< covered until at most one half-life before
    not_covered,   ///< covered longer ago, or never
    single_facts,  ///< only single facts, from which neither a rate nor an absence follows
    not_released,  ///< withheld by law when it was last spoken of
};

/// `known`, `not covered`, … without the day.
std::string_view to_words(StrandKnowledge knowledge);

struct StrandCoverage {
    StrandKnowledge knowledge = StrandKnowledge::not_covered;
    std::optional<Day> until;  ///< last day of a census or sample; of the last statement where there is none
    double completeness_low = 1;  ///< of a sample that says so; else 1
    bool completeness_stated = false;
    bool census = false;               ///< on the day `until`
    std::vector<Evidence> statements;  ///< that say so

    /// Whether the strand counts in a total.
    bool counts() const { return knowledge == StrandKnowledge::known || knowledge == StrandKnowledge::stale; }
};

/// `sample`, `to 31 May 2026, rate goes on`, `not covered since 30 Sep 2016`
std::string covered_words(const StrandCoverage& coverage);

/// Says what the coverage statements allow to be said of a strand at the end of a day.
///
/// Definition  of the record types, categories and tallies that feed the strand, the one that is covered
/// best; the
///             last day up to `at` on which that is a census or a sample. A statement that names no category
///             does not speak for training and education, which have reports of their own
/// Missing     no statement: not covered
/// Cost        O(statements²)
/// Source      MEASURES.md 3
StrandCoverage strand_coverage(
    std::span<const Coverage> statements, const Pair& pair, const StrandParameters& strand, Day at
);

/// How a strand is covered on one day, whatever came later.
CoverageAnswer strand_covered_on(
    std::span<const Coverage> statements, const Pair& pair, const StrandParameters& strand, Day day
);

/// Days of a period on which the strand is covered as a census or a sample.
std::int32_t covered_days(
    std::span<const Coverage> statements,
    const Pair& pair,
    const StrandParameters& strand,
    Day first,
    Day last
);

}  // namespace entente::measures
