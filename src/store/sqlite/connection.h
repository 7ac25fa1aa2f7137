#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace entente::store::sqlite {

/// A prepared statement: bind by position from 1, step, read columns from 0. Views of columns live until the
/// next step.
class Statement {
public:
    explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&& other) noexcept;
    ~Statement();

    Statement& bind(int at, std::int64_t value);
    Statement& bind(int at, std::string_view text);
    Statement& bind_blob(int at, std::string_view bytes);
    Statement& bind_real(int at, double value);
    Statement& bind_null(int at);

    /// True: a row is there. False: done.
    /// Errors  unavailable, corrupt
    Result<bool> step();
    /// Runs to the end and makes ready for the next use.
    Result<void> run();
    void reset();

    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string_view text(int column) const;
    std::string_view blob(int column) const;
    bool is_null(int column) const;
    /// Whether the value is a number with a fraction, or a whole number; else it is a text.
    bool is_real(int column) const;
    bool is_integer(int column) const;

private:
    sqlite3_stmt* statement_;
};

enum class Durability : std::uint8_t {
    full,    ///< every commit waits for the disk
    rebuild  ///< no flush per commit: the file can be made again from the ledger
};

enum class Access : std::uint8_t { read_write, read_only };

/// One connection to one file. Not thread-safe.
class Connection {
public:
    /// Opens or makes a database in WAL mode with the hardening of the design: no trusted schema, defensive,
    /// cell checks, no memory map, secure delete, foreign keys, lowered limits.
    /// Errors  unavailable: cannot
    /// be opened · corrupt: not a database, or the library is below the floor
    static Result<Connection> open(const std::filesystem::path& path, Durability durability, Access access);
    Connection(Connection&& other) noexcept;
    Connection& operator=(Connection&& other) noexcept;
    ~Connection();

    Result<void> execute(std::string_view sql);
    Result<Statement> prepare(std::string_view sql);
    sqlite3* raw() const { return database_; }
    /// The last error as a value.
    Error error(std::string_view act) const;

private:
    explicit Connection(sqlite3* database) : database_(database) {}
    sqlite3* database_ = nullptr;
};

/// Statements of one connection, prepared once: preparing costs more than most of them run.
/// Requires  the connection outlives it
class Statements {
public:
    explicit Statements(Connection& connection) : connection_(connection) {}
    /// Ready for binding. Valid as long as this object.
    Result<Statement*> get(std::string_view sql);

private:
    Connection& connection_;
    std::map<std::string, Statement, std::less<>> prepared_;
};

/// Oldest library that may be used: below it two connections in WAL mode can lose committed pages.
inline constexpr int kSqliteFloor = 3'051'003;

}  // namespace entente::store::sqlite
