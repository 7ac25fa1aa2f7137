#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

struct sqlite3;

namespace entente::tamper {

/// A cell as SQLite types it. Bytes of a BLOB and of a TEXT are told apart, since a tamperer may change
/// either.
struct Blob {
    std::string bytes;
    friend bool operator==(const Blob&, const Blob&) = default;
};
using Cell = std::variant<std::monostate, std::int64_t, std::string, Blob>;
using Row = std::vector<Cell>;

/// The ledger's file as an intruder with a copy of SQLite sees it: past all our code.
class RawDatabase {
public:
    explicit RawDatabase(const std::filesystem::path& file);
    ~RawDatabase();
    RawDatabase(const RawDatabase&) = delete;
    RawDatabase& operator=(const RawDatabase&) = delete;

    /// False when SQLite refuses, for instance because a constraint does.
    bool run(std::string_view sql, const Row& values = {});
    std::vector<Row> rows(std::string_view sql, const Row& values = {});
    std::int64_t number(std::string_view sql, const Row& values = {});
    /// Everything that the file says, schema included: equal dumps mean that nothing changed.
    std::string dump();

private:
    sqlite3* database_ = nullptr;
};

std::int64_t integer(const Cell& cell);
const std::string& bytes(const Cell& cell);

}  // namespace entente::tamper
