#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "measures/facts.h"

namespace entente::measures {

/// What may be concluded from the absence of records.
enum class CoverageKind : std::uint8_t {
    census,        ///< absence is zero
    sample,        ///< what is on record is a lower bound
    sparse,        ///< single facts; no rates, no absences
    not_released,  ///< withheld by law
    not_covered,   ///< no statement speaks of it
};

/// `census`, `sample`, `thin`, `not released`, `not covered`.
std::string_view to_words(CoverageKind kind);

/// What is asked: a pair, a record type and, unless empty, a category of engagement or a kind of tally.
struct CoverageQuestion {
    Pair pair;
    std::string record_type;
    std::string category = {};
    std::string count = {};
};

struct CoverageAnswer {
    CoverageKind kind = CoverageKind::not_covered;
    std::vector<Evidence> statements;  ///< the statements that the answer rests on
    std::string completeness_low;      ///< decimals as the first of them gives them; empty when none
    std::string completeness_high;
};

/// Whether a statement speaks of a pair on any day: of both, of one of them, or of all.
bool may_speak_of(const Coverage& statement, const Pair& pair);

/// Says what the coverage statements allow to be concluded about one day.
///
/// Definition  of the statements that speak of the question on that day the most specific ones count: of the
/// pair,
///             else of one side, else of all; among those the richest (census, sample, sparse, not released)
/// Missing     no statement: not covered. A statement that names categories does not speak for all of them,
///             and one that names none speaks of contacts, not of political ones
/// Cost        O(statements)
/// Source      MEASURES.md 3
CoverageAnswer coverage_on(std::span<const Coverage> statements, const CoverageQuestion& question, Day day);

/// Says the same about a stretch of days: what holds on at least half of them, the richer on a tie.
///
/// Missing     fewer than half of the days covered in any way, or no day: not covered
/// Cost        O(statements²): the stretch is cut where a statement begins or ends
CoverageAnswer coverage_between(
    std::span<const Coverage> statements, const CoverageQuestion& question, Day first, Day last
);

/// Says the same about a calendar year: what holds on at least half of its days up to `until`, the richer on
/// a tie.
///
/// Missing     fewer than half of the days covered in any way: not covered
/// Cost        O(statements²): a year is cut where a statement begins or ends
CoverageAnswer coverage_in_year(
    std::span<const Coverage> statements, const CoverageQuestion& question, int year, Day until
);

}  // namespace entente::measures
