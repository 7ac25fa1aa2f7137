#pragma once

#include <memory>
#include <string>

#include "ingest/table/open_table.h"
#include "ingest/table/text_buffer.h"

namespace entente::ingest::table {

/// Reads one flat JSON object a line. The columns are the keys of the first rows, in the order in which they
/// come up; a key that comes up later makes a cell behind the last column. null and an absent key are empty
/// cells; a list of plain values becomes one cell with `; ` between them.
/// Errors  invalid_argument: the first line is no flat object
Result<std::unique_ptr<TableReader>> open_ndjson(
    std::unique_ptr<ByteSource> text,
    const std::string& name,
    const TableOptions& options,
    std::uint64_t bytes_total
);

}  // namespace entente::ingest::table
