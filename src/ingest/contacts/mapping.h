#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace entente::ingest::contacts {

/// A mapping table that ships with the program, as rows of column -> cell.
const std::vector<std::map<std::string, std::string>>& mapping(const char* table);

/// What a mapping table says of a value.
/// Errors  invalid_argument: the table does not have it; the message names those that it has
Result<std::string> mapped(const char* table, const char* column, const char* to, const std::string& found);

}  // namespace entente::ingest::contacts
