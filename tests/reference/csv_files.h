#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace entente::reference {

/// One row by the names of its columns.
using Row = std::map<std::string, std::string>;

/// Rows of a CSV file, plain or gzip. Breaks at once when it cannot be read: these files are the test's own.
std::vector<Row> read_rows(const std::filesystem::path& file);

/// Days since 1970-01-01 of `1960-04-26` or `1960-04-26T23:00:00Z`.
double day_of_text(const std::string& text);

}  // namespace entente::reference
