#include "ingest/map/sheet_name.h"

#include "ingest/table/confined_table.h"

namespace entente::ingest::map {

Result<std::string> sheet_name(const std::filesystem::path& path, const table::TableOptions& options) {
    const auto& told = options.sheet;
    if (told.empty() || told.find_first_not_of("0123456789") != told.npos) return told;
    ENTENTE_ASSIGN_OR_RETURN(const auto reader, table::open_confined_table(path, options));
    table::TableRow row;
    ENTENTE_ASSIGN_OR_RETURN(const bool any, reader->next(row));
    return any && !row.sheet.empty() ? std::string(row.sheet) : told;
}

}  // namespace entente::ingest::map
