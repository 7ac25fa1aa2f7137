#pragma once

#include <memory>
#include <string>

#include "ingest/table/open_table.h"

namespace entente::ingest::table {

/// Reads the sheets of an XLSX file that `options.sheet` names: name, number, `*` for all that have the
/// columns of the first, or empty for the first that has rows. Hidden sheets are read only by name. Takes the
/// descriptor over. A formula is never worked out: the value stored with it counts, with a remark. A text
/// merged over several rows stands for each of them.
/// Errors  invalid_argument: no workbook, damaged, a limit passed, no such sheet
Result<std::unique_ptr<TableReader>> open_xlsx(
    int descriptor, const std::string& name, const TableOptions& options, std::uint64_t bytes_total
);

}  // namespace entente::ingest::table
