#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "measures/facts.h"

namespace entente::measures {

/// Engagements of one year by category, as the evidence they open to.
struct YearCount {
    int year = 0;
    std::map<std::string, std::vector<Evidence>> by_category;

    std::size_t total() const;
};

/// Counts what occurred between a pair, by the year in which it began and by category.
///
/// Definition  contacts that name both, occurred (not planned, announced, postponed, cancelled or refused)
/// and began
///             by the end of `on`; one that crosses years counts in the first; a month or a year counts like
///             a day
/// Units       engagements; every year from the first to the last with one, years without any included
/// Missing     a year without records is no zero: see coverage_in_year. No day known: not counted
/// Cost        O(n log n)
/// Source      MEASURES.md 2
/// See also    last_contacts
std::vector<YearCount> count_by_year(std::span<const Engagement> engagements, const Pair& pair, Day on);

/// The latest engagement of one category.
struct LastContact {
    std::string category;
    const Engagement* engagement = nullptr;  ///< valid as long as the engagements
    std::size_t records = 0;                 ///< how many of the category are on record
    domain::LengthRange days_since{};        ///< over all days that its date allows; 0 is today
};

/// Finds the last contact of each category, the latest first.
///
/// Definition  as count_by_year; the latest is the one whose last possible day is latest, then whose first is
/// Units       days from the engagement's last day to `on`; an imprecise date gives a range, never below 0
/// Cost        O(n)
/// See also    count_by_year
std::vector<LastContact> last_contacts(std::span<const Engagement> engagements, const Pair& pair, Day on);

}  // namespace entente::measures
