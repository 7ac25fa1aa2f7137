#include "raw_database.h"

#include <sqlite3.h>

#include <memory>

#include <fmt/format.h>

#include "base/check.h"
#include "base/codec.h"

namespace entente::tamper {
namespace {

using Prepared = std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)>;

void bind(sqlite3_stmt* statement, int at, const Cell& cell) {
    if (const auto* value = std::get_if<std::int64_t>(&cell))
        sqlite3_bind_int64(statement, at, *value);
    else if (const auto* text = std::get_if<std::string>(&cell))
        sqlite3_bind_text64(statement, at, text->data(), text->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    else if (const auto* blob = std::get_if<Blob>(&cell))
        sqlite3_bind_blob64(statement, at, blob->bytes.data(), blob->bytes.size(), SQLITE_TRANSIENT);
}

Prepared prepare(sqlite3* database, std::string_view sql, const Row& values) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
    for (std::size_t i = 0; statement && i < values.size(); ++i)
        bind(statement, static_cast<int>(i + 1), values[i]);
    return Prepared(statement, sqlite3_finalize);
}

Cell read(sqlite3_stmt* statement, int column) {
    const int type = sqlite3_column_type(statement, column);
    if (type == SQLITE_NULL) return std::monostate{};
    if (type == SQLITE_INTEGER) return std::int64_t{sqlite3_column_int64(statement, column)};
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement, column));
    std::string content(data ? data : "", static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
    return type == SQLITE_TEXT ? Cell(std::move(content)) : Cell(Blob{std::move(content)});
}

std::string shown(const Cell& cell) {
    if (const auto* value = std::get_if<std::int64_t>(&cell)) return std::to_string(*value);
    if (std::holds_alternative<std::monostate>(cell)) return "null";
    return (std::holds_alternative<Blob>(cell) ? "x" : "t") + hex(bytes(cell));
}

}  // namespace

RawDatabase::RawDatabase(const std::filesystem::path& file) {
    check(sqlite3_open(file.c_str(), &database_) == SQLITE_OK, "the copy of the ledger can be opened");
    run("PRAGMA synchronous=OFF");
}
RawDatabase::~RawDatabase() {
    sqlite3_close_v2(database_);
}

bool RawDatabase::run(std::string_view sql, const Row& values) {
    const auto statement = prepare(database_, sql, values);
    return statement && sqlite3_step(statement.get()) == SQLITE_DONE;
}

std::vector<Row> RawDatabase::rows(std::string_view sql, const Row& values) {
    const auto statement = prepare(database_, sql, values);
    check(statement != nullptr, "a query of the test can be prepared");
    std::vector<Row> out;
    while (sqlite3_step(statement.get()) == SQLITE_ROW) {
        out.emplace_back();
        for (int i = 0; i < sqlite3_column_count(statement.get()); ++i)
            out.back().push_back(read(statement.get(), i));
    }
    return out;
}

std::int64_t RawDatabase::number(std::string_view sql, const Row& values) {
    const auto found = rows(sql, values);
    return found.empty() || found[0].empty() ? 0 : integer(found[0][0]);
}

std::string RawDatabase::dump() {
    std::string out;
    for (const auto& object : rows("SELECT type, name, sql FROM sqlite_schema ORDER BY name")) {
        for (const auto& cell : object) out += shown(cell) + "|";
        out += "\n";
        if (bytes(object[0]) != "table") continue;
        for (const auto& row : rows(fmt::format("SELECT * FROM \"{}\"", bytes(object[1])))) {
            for (const auto& cell : row) out += shown(cell) + "|";
            out += "\n";
        }
    }
    return out;
}

std::int64_t integer(const Cell& cell) {
    const auto* value = std::get_if<std::int64_t>(&cell);
    return value ? *value : 0;
}

const std::string& bytes(const Cell& cell) {
    static const std::string none;
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    if (const auto* blob = std::get_if<Blob>(&cell)) return blob->bytes;
    return none;
}

}  // namespace entente::tamper
