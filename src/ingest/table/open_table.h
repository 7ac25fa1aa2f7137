#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"
#include "ingest/table/table_reader.h"

namespace entente::ingest::table {

enum class TableForm : std::uint8_t {
    detect,  ///< by content; a name in .tsv (.tsv.gz, .tsv.zst) says that quotes mean nothing
    csv,     ///< RFC 4180
    tsv,     ///< tab between cells, a quote is an ordinary character
    ndjson,  ///< one flat JSON object a line
    xlsx,
};

/// What no file may pass; TRUST c.7.
struct TableLimits {
    std::size_t cell_bytes = 1U << 20;
    std::size_t row_bytes = 16U << 20;
    std::size_t columns = 2000;
    std::uint64_t rows = 1'000'000;
    std::uint64_t unpacked_bytes = 2ULL << 30;      ///< of a gzip or zstd file
    std::uint64_t zip_unpacked_bytes = 200U << 20;  ///< of all members of an XLSX file
    std::uint64_t zip_members = 1000;
    std::uint64_t ratio = 100;  ///< unpacked to packed, once over 1 MiB is unpacked
};

struct TableOptions {
    TableForm form = TableForm::detect;
    char delimiter = 0;            ///< between CSV cells; 0: `,` `;` or tab, as the header has it
    std::string sheet;             ///< XLSX: its name or number; empty: the first that has rows
    std::uint64_t header_row = 0;  ///< line or row with the names of the columns; 0: the first that has text
    TableLimits limits;
};

/// Opens a table for reading in this process. Files from outside are read in a confined one:
/// confined_table.h.
/// Errors  not_found, unavailable: the file · invalid_argument: its bytes are no table,
/// with place and reason
Result<std::unique_ptr<TableReader>> open_table(
    const std::filesystem::path& path, const TableOptions& options = {}
);

/// The same for an open descriptor, which the reader closes. `name` stands in messages and its ending counts.
Result<std::unique_ptr<TableReader>> open_table(
    int descriptor, const std::string& name, const TableOptions& options = {}
);

}  // namespace entente::ingest::table
