#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace entente {

/// One row of a CSV file and the line on which it begins (1 is the header).
struct CsvRow {
    std::size_t line;
    std::vector<std::string> cells;
};

/// A CSV file (RFC 4180, UTF-8, LF or CRLF, an optional byte order mark) with a header.
struct CsvTable {
    std::vector<std::string> columns;
    std::vector<CsvRow> rows;
};

/// Reads a whole CSV text. A row with too few or too many cells is kept as it is: the importer decides.
/// Errors  invalid_argument: no header, a quote never closed, over 1 MiB a cell, 2,000 columns or 1,000,000
/// rows
Result<CsvTable> parse_csv(std::string_view text);

/// One CSV line with its LF, quoted where needed.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace entente
