#pragma once

#include <string_view>

#include <boost/json/storage_ptr.hpp>

#include "base/json.h"

namespace entente {

/// Memory for one record on its way: taken in one piece, and given back when the last of its values is gone.
/// Values keep it when they are moved into something new; assigned to what has other memory, they are copied.
json::storage_ptr record_memory();

/// Reads one JSON text as `parse_json(text)` does, into the memory given.
Result<json::value> parse_json(std::string_view text, json::storage_ptr memory);

}  // namespace entente
