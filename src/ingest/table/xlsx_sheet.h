#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ingest/table/open_table.h"
#include "ingest/table/xlsx_workbook.h"
#include "ingest/table/xml_stream.h"

namespace entente::ingest::table {

/// A block of cells merged into one, rows and columns from 1 to 1 where they begin and end.
struct Merge {
    std::uint64_t row, last_row;
    std::size_t column, last_column;  ///< from 0
};

enum class CellKind : std::uint8_t { text, number, error, formula, formula_without_value };

struct SheetCell {
    std::size_t column = 0;  ///< from 0
    CellKind kind = CellKind::text;
    std::string text;         ///< its own
    std::string_view shared;  ///< or one of the workbook's
    std::string_view view() const { return text.empty() ? shared : std::string_view(text); }
};

struct SheetRow {
    std::uint64_t number = 0;  ///< from 1
    std::vector<SheetCell> cells;
};

/// `C4`
std::string cell_name(std::size_t column, std::uint64_t row);

/// The merged blocks of a sheet, by their first row: they stand behind its rows, so this is a pass of its
/// own.
Result<std::vector<Merge>> read_merges(ZipArchive& archive, const Sheet& sheet, const std::string& file);

/// The rows of a sheet that have cells with text, in order, a few at a time.
class SheetRows {
public:
    static Result<std::unique_ptr<SheetRows>> open(
        ZipArchive& archive,
        const Workbook& book,
        const Sheet& sheet,
        const std::string& file,
        const TableLimits& limits
    );
    virtual ~SheetRows() = default;
    /// Errors  invalid_argument: no sheet, a limit passed
    virtual Result<bool> next(SheetRow& row) = 0;
    /// Share of the sheet that was read, 0 to 1.
    virtual double progress() const = 0;
};

}  // namespace entente::ingest::table
