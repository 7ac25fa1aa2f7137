#pragma once

#include <string_view>

namespace entente::ingest {

/// A table that ships inside the program (CSV text), by file name: actors.csv, country_codes.csv,
/// kind_map.csv, level_map.csv, channel_kind_map.csv, status_map.csv. An unknown name is a bug.
std::string_view embedded_table(std::string_view name);

}  // namespace entente::ingest
