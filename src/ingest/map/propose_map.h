#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "ingest/map/recorded_names.h"

namespace entente::ingest::map {

/// A mapping file as the table itself suggests it.
struct Proposal {
    std::string map;                   ///< as `parse_map` reads it
    std::vector<std::string> remarks;  ///< what it is unsure of, and what it leaves unread
    /// The first rows as they would be read: `row 5: field value · …`, or why they would be set aside.
    std::vector<std::string> samples;
};

/// Looks at the first rows of a table and proposes how to read it. `sheet`: as in TableOptions; empty: all
/// that have the same columns. `home`: the nation on whose behalf the table was kept. `today`, `names`: as MapSource.
/// Errors  as open_confined_table · invalid_argument: no column seems to hold a date or an actor
Result<Proposal> propose_map(
    const std::filesystem::path& path,
    const std::string& sheet,
    const std::string& home,
    Day today,
    const RecordedNames& names = {}
);

}  // namespace entente::ingest::map
