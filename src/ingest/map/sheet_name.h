#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "ingest/table/open_table.h"

namespace entente::ingest::map {

/// The name of the sheet that `options.sheet` tells by name or number, so that both ways to tell it are one
/// edition. What is no number, or a sheet without rows, is given back as it is.
/// Errors  as open_confined_table
Result<std::string> sheet_name(const std::filesystem::path& path, const table::TableOptions& options);

}  // namespace entente::ingest::map
