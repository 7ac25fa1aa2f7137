#include "store/sqlite/connection.h"

#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/check.h"

namespace entente::store::sqlite {
namespace {

Error from_code(sqlite3* database, int code, std::string_view act) {
    const int primary = code & 0xFF;
    const bool damaged = primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
    const char* text = database ? sqlite3_errmsg(database) : sqlite3_errstr(code);
    return {
        damaged ? ErrorCode::corrupt : ErrorCode::unavailable,
        {},
        fmt::format("could not {}: {}", act, text),
        {}};
}

}  // namespace

Statement::Statement(Statement&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
Statement& Statement::operator=(Statement&& other) noexcept {
    std::swap(statement_, other.statement_);
    return *this;
}
Statement::~Statement() {
    sqlite3_finalize(statement_);
}

Statement& Statement::bind(int at, std::int64_t value) {
    check(sqlite3_bind_int64(statement_, at, value) == SQLITE_OK, "a number can be bound");
    return *this;
}
Statement& Statement::bind(int at, std::string_view text) {
    check(
        sqlite3_bind_text64(
            statement_, at, text.data() ? text.data() : "", text.size(), SQLITE_TRANSIENT, SQLITE_UTF8
        ) == SQLITE_OK,
        "a text can be bound"
    );
    return *this;
}
Statement& Statement::bind_blob(int at, std::string_view bytes) {
    check(
        sqlite3_bind_blob64(
            statement_, at, bytes.data() ? bytes.data() : "", bytes.size(), SQLITE_TRANSIENT
        ) == SQLITE_OK,
        "bytes can be bound"
    );
    return *this;
}
Statement& Statement::bind_real(int at, double value) {
    check(sqlite3_bind_double(statement_, at, value) == SQLITE_OK, "a number can be bound");
    return *this;
}
Statement& Statement::bind_null(int at) {
    check(sqlite3_bind_null(statement_, at) == SQLITE_OK, "null can be bound");
    return *this;
}

Result<bool> Statement::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    Error error = from_code(sqlite3_db_handle(statement_), code, "read or write the database");
    sqlite3_reset(statement_);
    return std::unexpected(std::move(error));
}
Result<void> Statement::run() {
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool row, step());
        if (!row) break;
    }
    reset();
    return {};
}
void Statement::reset() {
    sqlite3_reset(statement_);
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}
std::string_view Statement::text(int column) const {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return data ? std::string_view(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
                : std::string_view();
}
std::string_view Statement::blob(int column) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return data ? std::string_view(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
                : std::string_view();
}
double Statement::real(int column) const {
    return sqlite3_column_double(statement_, column);
}
bool Statement::is_real(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_FLOAT;
}
bool Statement::is_integer(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_INTEGER;
}
bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

Connection::Connection(Connection&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
Connection& Connection::operator=(Connection&& other) noexcept {
    std::swap(database_, other.database_);
    return *this;
}
Connection::~Connection() {
    sqlite3_close_v2(database_);
}

Error Connection::error(std::string_view act) const {
    return from_code(database_, sqlite3_extended_errcode(database_), act);
}

Result<Connection> Connection::open(const std::filesystem::path& path, Durability durability, Access access) {
    if (sqlite3_libversion_number() < kSqliteFloor)
        return fail(
            ErrorCode::corrupt,
            "sqlite",
            fmt::format("found SQLite {}, expected 3.51.3 or later", sqlite3_libversion())
        );
    sqlite3* database = nullptr;
    const int flags =
        (access == Access::read_only ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
        SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(path.c_str(), &database, flags, nullptr);
    Connection connection(database);
    if (code != SQLITE_OK) return std::unexpected(from_code(database, code, "open " + path.string()));
    sqlite3_busy_timeout(database, 5000);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, 64 << 20);
    sqlite3_limit(database, SQLITE_LIMIT_SQL_LENGTH, 1 << 20);
    sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
    ENTENTE_RETURN_IF_ERROR(connection.execute(fmt::format(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous={}; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; "
        "PRAGMA secure_delete=ON; "
        "PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY; {}",
        durability == Durability::full ? "FULL" : "NORMAL",
        access == Access::read_only ? "PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0;" : ""
    )));
    return connection;
}

Result<void> Connection::execute(std::string_view sql) {
    const std::string text(sql);
    const int code = sqlite3_exec(database_, text.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return std::unexpected(from_code(database_, code, "write the database"));
    return {};
}

Result<Statement> Connection::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(
        database_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement, nullptr
    );
    if (code != SQLITE_OK)
        return std::unexpected(from_code(database_, code, fmt::format("prepare '{}'", sql.substr(0, 80))));
    return Statement(statement);
}

Result<Statement*> Statements::get(std::string_view sql) {
    auto found = prepared_.find(sql);
    if (found == prepared_.end()) {
        ENTENTE_ASSIGN_OR_RETURN(auto prepared, connection_.prepare(sql));
        found = prepared_.emplace(std::string(sql), std::move(prepared)).first;
    }
    found->second.reset();
    return &found->second;
}

}  // namespace entente::store::sqlite
