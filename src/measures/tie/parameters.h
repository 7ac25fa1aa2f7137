#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "measures/facts.h"

namespace entente::measures {

/// How one strand of a tie remembers.
struct StrandParameters {
    std::string strand;  ///< its code, as in the code list of categories: `leaders`
    std::string name;
    std::string unit;  ///< of mass, in words
    double half_life_days = 0;
    double half_life_low = 0;  ///< 80 of 100 draws lie between these
    double half_life_high = 0;
    double half_full = 0;  ///< stock at which the strand counts half
    double share = 0;      ///< of the whole; those of all strands add up to 1
    bool counts_level = false;
    std::vector<std::string> covered_by;  ///< record types whose coverage statements speak for it
    std::string tally;                    ///< kind of tally that feeds it; may be empty
    bool kept_while_in_force = false;     ///< the agreements: no decay before their end
};

/// One entry of a table, such as what a minister counts.
struct TableEntry {
    std::string key;
    double value = 0;
    std::vector<std::string> kinds;          ///< categories it is chosen for
    std::vector<std::string> subcategories;  ///< sub-categories it is chosen for, before `kinds`
};

/// Judgements of value that measures compute with. Data, dated and named in every result.
struct Parameters {
    std::string name;
    int version = 0;
    std::string date;
    std::string hash;  ///< first 12 hexadecimal digits of the SHA-256 of the text
    std::vector<StrandParameters> strands;
    std::vector<TableEntry> base;
    std::vector<TableEntry> levels;
    std::vector<TableEntry> modes;
    std::vector<TableEntry> sizes;
    double announced = 0;
    double announced_low = 0;
    double announced_high = 0;
    double exercise_full_days = 0;
    double exercise_days_when_unknown = 0;
    double training_days_when_unknown = 0;
    double education_days_when_unknown = 0;
    double education_most_days = 0;
    std::vector<std::string> education_kinds_of_school;
    int draws = 0;
    double band_level = 0;
    double table_factor = 0;
    double half_full_factor = 0;
    double share_concentration = 0;
    double thin_below = 0;
    double strong_above = 0;
    double words_agree = 0;
    double least_seen = 0;
    int trend_days = 0;
    double trend_change = 0;
    double trend_agree = 0;

    /// Place of a strand; the number of strands when there is none of that code.
    std::size_t strand(std::string_view code) const;
    /// Name, version and hash: `first-values 1 (3f2a…)`.
    std::string shown() const;
};

/// Reads a parameter file.
/// Errors  invalid_argument: names the field, what was found and what was expected; shares that do not add up
/// to 1;
///         a range that does not hold its value; a strand that the code list does not have
Result<Parameters> parse_parameters(std::string_view text);

/// The file that ships.
std::string_view builtin_parameters_text();
const Parameters& builtin_parameters();

}  // namespace entente::measures
