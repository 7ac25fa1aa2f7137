#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace entente::ingest::table {

/// What the reader has to say about one cell.
struct CellNote {
    std::size_t cell = 0;   ///< index into `cells`
    std::string_view text;  ///< such as `C4 is a formula: the value stored with it is read`
    bool fault = false;     ///< the cell cannot be read: a row that needs it is set aside
};

/// One row as it stands in a file: text cells, nothing judged. The views live until the next call of `next`.
struct TableRow {
    std::uint64_t line = 0;               ///< line of the file, or row of the sheet, from 1
    std::string_view sheet;               ///< name of the sheet; empty where a file has none
    std::vector<std::string_view> cells;  ///< in the order of the file; may be fewer or more than the columns
    std::vector<CellNote> notes;          ///< mostly empty
};

/// Reads a table row by row, whatever its form (CSV, TSV, XLSX, NDJSON; plain, gzip or zstd), in bounded
/// memory. Thread-safety  none
class TableReader {
public:
    virtual ~TableReader() = default;
    /// Names of the columns, from the header line: trimmed, never empty, no two alike.
    virtual const std::vector<std::string>& columns() const = 0;
    /// Reads the next row that has any text; false at the end.
    /// Errors  invalid_argument naming the line: the bytes are no such table, or a limit was passed
    virtual Result<bool> next(TableRow& row) = 0;
    /// Bytes of the file read so far, and in all, as stored (before they are unpacked): for a progress line.
    /// In all: 0 when nobody knows, as of a pipe.
    virtual std::uint64_t bytes_read() const = 0;
    virtual std::uint64_t bytes_total() const = 0;
    /// What the reader found about the file as a whole: its form, sheets not read, macros ignored.
    virtual const std::vector<std::string>& remarks() const = 0;
};

}  // namespace entente::ingest::table
