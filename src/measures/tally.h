#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "measures/facts.h"

namespace entente::measures {

/// Part of a tally: a programme at some schools, a year, a span of years.
struct TallyPart {
    std::optional<domain::DateSpan> period;  ///< nothing: all of the tally's
    std::string programme;                   ///< empty: the source names none
    std::vector<std::string> school_families;
    std::vector<std::string> obligations;
    std::int64_t number = 0;      ///< how many were counted
    Stated<std::int64_t> people;  ///< of those whose people are known
    std::int64_t people_missing = 0;
    Stated<std::int64_t> cost_micros;  ///< millionths of a US dollar, of those whose cost is known
    std::int64_t cost_missing = 0;
};

/// A count from a source whose rows are not on this record.
struct Tally {
    Evidence evidence;
    std::string what;
    std::vector<std::string> parties;
    std::string deliverer;
    std::string recipient;
    domain::DateSpan period;
    std::string standing;
    std::vector<TallyPart> parts;
};

/// Requires  `content` is valid for the type. A cost in another currency than the US dollar is unknown here
Tally read_tally(std::string_view id, const domain::Content& content);

/// `255760065.00` as millionths; nothing: no decimal of at most six places, or too large.
std::optional<std::int64_t> micros_of(std::string_view decimal);
/// `255760065`, `719.17`: the shortest decimal that says the same.
std::string decimal_of(std::int64_t micros);

/// What was counted of one year, and by which tally.
struct TalliedYear {
    int year = 0;
    std::int64_t number = 0;
    Evidence evidence;
};

/// The tallied numbers of a pair by year, oldest first.
///
/// Definition  parts of tallies of the kind that name both, each in every year of its period up to the year
/// of
///             `on`; where two tallies speak of one year the larger number stands, they are never added
/// Missing     a year without a part is no zero: see coverage_on
/// Cost        O(n log n) in the parts
std::vector<TalliedYear> tallied_years(
    std::span<const Tally> tallies, const std::string& what, const Pair& pair, Day on
);

}  // namespace entente::measures
