#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace entente::service {

/// What a column of an exported table holds. Values are handed over as text, in full precision.
enum class ColumnKind : std::uint8_t {
    text,
    whole,    ///< a whole number
    decimal,  ///< a decimal number
    day       ///< `2024-04-03`
};

struct TableColumn {
    std::string name;
    ColumnKind kind = ColumnKind::text;
    bool drop_if_empty = false;  ///< may be left out when no row has a value, where the format can
};

using TableRow = std::vector<std::optional<std::string>>;

/// Where rows go, one at a time. The file is there, whole, once `finish` has returned; else nothing is.
class TableSink {
public:
    virtual ~TableSink() = default;
    /// Errors  unavailable: disk full and the like · invalid_argument: a row that the format cannot hold
    virtual Result<void> add(const TableRow& row) = 0;
    virtual Result<void> finish() = 0;
};

/// A workbook of one sheet for Excel and LibreOffice. Texts are cells of text, never formulas; a number that
/// a spreadsheet would round stands as text.
/// Errors  conflict: there is a file of that name · unavailable
/// Cost    one row in memory
Result<std::unique_ptr<TableSink>> open_xlsx(
    const std::filesystem::path& file, const std::string& sheet, const std::vector<TableColumn>& columns
);

/// A Parquet file (zstd) with typed columns, written by DuckDB's library, which is loaded when it is asked
/// for.
/// Errors  as open_xlsx · unavailable: the library is not there; the advice says how to get it
Result<std::unique_ptr<TableSink>> open_parquet(
    const std::filesystem::path& file, const std::vector<TableColumn>& columns
);

/// Refuses a name under which something is, or in a directory that is not there.
Result<void> check_new_file(const std::filesystem::path& file, const std::string& option);

}  // namespace entente::service
