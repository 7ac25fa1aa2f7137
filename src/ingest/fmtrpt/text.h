#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "domain/empty.h"

namespace entente::ingest::fmtrpt {

std::string_view trim(std::string_view text);
/// Pieces between blanks.
std::vector<std::string_view> tokens(std::string_view text);
bool all_digits(std::string_view text);

/// A sum of money as reports print it: `$1,234`, `1234`, `1234.5`. In the ledger's form, `1234.5`; nothing
/// when the text is anything else.
std::optional<std::string> money(std::string_view text);
/// A date as reports print it: month/day/year, the year of two digits (1970 to 2069) or four.
std::optional<Day> date(std::string_view text);
/// `1/8/20061/11/2006` and `6/22/2009 6/26/2009` are two dates; nothing unless the whole text is dates.
std::vector<Day> dates(std::string_view text);

/// What stands behind the last blank, and what before it.
struct Tail {
    std::string_view before;
    std::string_view last;
};
Tail split_last(std::string_view text);

/// Why a cell has no value, or nothing when it has one: sentences such as `US unit not specified in …`, N/A,
/// UNK, -, TBD and blanks.
std::optional<domain::Empty> empty_cell(std::string_view text);

/// A text for reading: HTML entities turned into characters, runs of blanks into one.
std::string readable(std::string_view text);

}  // namespace entente::ingest::fmtrpt
