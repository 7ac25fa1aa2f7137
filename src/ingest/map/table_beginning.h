#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "ingest/table/open_table.h"

namespace entente::ingest::map {

/// The first rows of a table as texts, cut where they are long: enough to guess by.
struct Beginning {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> remarks;
    std::uint64_t header_row = 0;
};

/// Reads some hundred rows, and the rest for what the reader has to say about the file. A text file may have
/// a title above its header: the line with most cells among the first is taken for it.
/// Errors  as open_confined_table
Result<Beginning> read_beginning(const std::filesystem::path& path, table::TableOptions options);

}  // namespace entente::ingest::map
