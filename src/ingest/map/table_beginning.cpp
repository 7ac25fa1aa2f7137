#include "ingest/map/table_beginning.h"

#include <algorithm>

#include "ingest/table/columns.h"
#include "ingest/table/confined_table.h"
#include "ingest/table/text_buffer.h"

namespace entente::ingest::map {
namespace {

constexpr std::size_t kRows = 500;
constexpr std::size_t kGuessBytes = 200;
constexpr std::uint64_t kTitleLines = 12;

// Enough of a cell to guess by, whole characters.
std::string_view beginning_of(std::string_view cell) {
    bool may_go_on = false;
    return cell.size() <= kGuessBytes
               ? cell
               : cell.substr(0, table::text_prefix(cell.substr(0, kGuessBytes), may_go_on));
}

Result<Beginning> read_from(const std::filesystem::path& path, const table::TableOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto reader, table::open_confined_table(path, options));
    Beginning out{reader->columns(), {}, {}, options.header_row};
    table::TableRow row;
    bool more = true;
    while (out.rows.size() < kRows) {
        ENTENTE_ASSIGN_OR_RETURN(more, reader->next(row));
        if (!more) break;
        auto& texts = out.rows.emplace_back();
        for (const auto cell : row.cells) texts.emplace_back(beginning_of(table::trimmed(cell)));
        texts.resize(std::max(texts.size(), out.columns.size()));
    }
    while (more) {  // to the end, where the remarks are
        ENTENTE_ASSIGN_OR_RETURN(more, reader->next(row));
    }
    out.remarks = reader->remarks();
    return out;
}

}  // namespace

Result<Beginning> read_beginning(const std::filesystem::path& path, table::TableOptions options) {
    ENTENTE_ASSIGN_OR_RETURN(auto best, read_from(path, options));
    if (best.columns.size() > 1) return best;
    for (options.header_row = 2; options.header_row <= kTitleLines; ++options.header_row) {
        auto tried = read_from(path, options);
        if (tried && tried->columns.size() > best.columns.size()) best = *std::move(tried);
    }
    return best;
}

}  // namespace entente::ingest::map
