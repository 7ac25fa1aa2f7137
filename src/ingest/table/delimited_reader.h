#pragma once

#include <memory>
#include <string>

#include "ingest/table/open_table.h"
#include "ingest/table/text_buffer.h"

namespace entente::ingest::table {

/// Reads CSV (RFC 4180: quotes, doubled quotes, line ends in cells; LF or CRLF) or TSV without quotes.
/// `bytes_total` is that of the file as stored.
/// Errors  invalid_argument: no header, or not text there
Result<std::unique_ptr<TableReader>> open_delimited(
    std::unique_ptr<ByteSource> text,
    const std::string& name,
    const TableOptions& options,
    std::uint64_t bytes_total
);

}  // namespace entente::ingest::table
