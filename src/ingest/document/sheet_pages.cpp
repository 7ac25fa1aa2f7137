#include "ingest/document/sheet_pages.h"

#include <unistd.h>

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "ingest/table/xlsx_sheet.h"

namespace entente::ingest::document {
namespace {

// Cells stand in their columns and rows in their lines, so that a cell can be found by its name again.
Result<std::string> sheet_text(
    table::ZipArchive& archive,
    const table::Workbook& book,
    const table::Sheet& sheet,
    std::uint64_t most_bytes
) {
    ENTENTE_ASSIGN_OR_RETURN(
        const auto rows, table::SheetRows::open(archive, book, sheet, "workbook", table::TableLimits{})
    );
    std::string text;
    std::uint64_t line = 1;
    table::SheetRow row;
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool more, rows->next(row));
        if (!more) return text;
        if (row.number > line) text.append(row.number - line, '\n'), line = row.number;
        std::size_t column = 0;
        for (const auto& cell : row.cells) {
            if (cell.column > column) text.append(cell.column - column, '\t'), column = cell.column;
            for (const char c : cell.view()) text += c == '\n' || c == '\t' || c == '\r' ? ' ' : c;
        }
        if (text.size() > most_bytes)
            return fail(
                ErrorCode::invalid_argument,
                {},
                fmt::format("its text is over {} MiB, the limit", most_bytes >> 20)
            );
    }
}

}  // namespace

Result<void> each_sheet(
    int descriptor,
    std::uint64_t most_bytes,
    const std::function<void(std::uint64_t sheets)>& begin,
    const std::function<Result<void>(std::string_view text)>& take
) {
    ENTENTE_ASSIGN_OR_RETURN(
        const auto archive, table::ZipArchive::open(::dup(descriptor), "workbook", table::TableLimits{})
    );
    ENTENTE_ASSIGN_OR_RETURN(const auto book, table::read_workbook(*archive, "workbook"));
    begin(book->sheets.size());
    for (const auto& sheet : book->sheets) {
        ENTENTE_ASSIGN_OR_RETURN(const auto text, sheet_text(*archive, *book, sheet, most_bytes));
        ENTENTE_RETURN_IF_ERROR(take(text));
    }
    return {};
}

}  // namespace entente::ingest::document
