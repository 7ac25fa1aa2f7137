#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace entente::ingest::table {

/// The text without blanks at both ends: spaces, tabs, line ends, no-break spaces.
std::string_view trimmed(std::string_view text);

/// Names of columns as a header gives them: trimmed, blanks inside made one space, at most some 200 bytes;
/// `column 3` where there is none, `date (2)` where the name stood before.
std::vector<std::string> column_names(const std::vector<std::string_view>& header);

}  // namespace entente::ingest::table
