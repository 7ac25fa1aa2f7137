#include "ingest/contacts/mapping.h"

#include <fmt/format.h>

#include "base/check.h"
#include "base/csv.h"
#include "ingest/embedded_tables.h"

namespace entente::ingest::contacts {

using Rows = std::vector<std::map<std::string, std::string>>;

const Rows& mapping(const char* table) {
    static std::map<std::string, Rows> loaded;
    auto& rows = loaded[table];
    if (!rows.empty()) return rows;
    const auto csv = parse_csv(embedded_table(table));
    check(csv.has_value(), "an embedded mapping table can be read");
    for (const auto& row : csv->rows) {
        auto& cells = rows.emplace_back();
        for (std::size_t i = 0; i < csv->columns.size() && i < row.cells.size(); ++i)
            cells[csv->columns[i]] = row.cells[i];
    }
    return rows;
}

Result<std::string> mapped(const char* table, const char* column, const char* to, const std::string& found) {
    std::vector<std::string> known;
    for (const auto& row : mapping(table)) {
        if (row.at(column) == found) return row.at(to);
        known.push_back(row.at(column));
    }
    return fail(
        ErrorCode::invalid_argument,
        column,
        fmt::format("found '{}', expected one of {}", found, fmt::join(known, ", "))
    );
}

}  // namespace entente::ingest::contacts
