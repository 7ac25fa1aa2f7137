#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ingest/table/xlsx_sheet.h"

namespace entente::ingest::table {

/// Where the names of the columns stand, and what they are.
struct Header {
    std::size_t rows = 0;  ///< rows of the beginning that are no data: titles, the header, its second line
    std::uint64_t line = 0;
    std::vector<std::string> columns;
};

/// Finds the header in the beginning of a sheet: row `wanted`, or with 0 the first that fills at least half
/// as many cells as the fullest row does, so that titles above it are passed over. A name merged over several
/// columns stands for each of them, joined with the name below it if the header has a second line.
/// Nothing found: `rows` is 0.
Header find_header(
    const std::vector<SheetRow>& beginning, const std::vector<Merge>& merges, std::uint64_t wanted
);

}  // namespace entente::ingest::table
