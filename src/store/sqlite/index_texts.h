#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/sqlite/connection.h"

namespace entente::store::sqlite {

/// Codes, names and references are said over and over: the table `text` writes each out once, and rows hold
/// its number. Views give the text back through `entente_text`, so that nobody who asks sees a number.
std::string text_table();

/// Gives texts their numbers, for one writer in one transaction. Numbers follow the order in which texts
/// come.
class TextNumbers {
public:
    explicit TextNumbers(Connection& connection) : statements_(connection) {}

    /// The number of a text, a new one if it has none. 0 once something went wrong; `state` tells. `place`:
    /// any small number that stays the same for the same column, whose text is often the one of the row
    /// before.
    std::int64_t number(std::string_view text, std::size_t place = 0);
    /// What went wrong since the beginning, if anything did.
    Result<void> state() const;

private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    Result<std::int64_t> find_or_put(std::string_view text);
    /// Reads the whole table once so many were looked up that the rest will be too.
    Result<void> learn_all();

    struct Last {
        std::string text;
        std::int64_t number = 0;
    };
    std::vector<Last> last_at_;  ///< by place
    Statements statements_;
    std::unordered_map<std::string, std::int64_t, TextHash, std::equal_to<>> known_;
    std::optional<std::int64_t> last_;  ///< highest number given; nothing: not asked yet
    bool knows_all_ = false;            ///< `known_` holds every text of the table
    std::size_t looked_up_ = 0;
    std::optional<Error> error_;
};

/// Gives the texts back, for one connection. They are read when first asked for, a block of neighbours at
/// once, and kept as long as this lives.
class TextsByNumber {
public:
    /// Makes `entente_text(number)` and `entente_number(text)` known to the connection: null for null and for
    /// what the table does not hold.
    /// Requires  this outlives the connection's statements
    bool add_functions(sqlite3* database);
    /// Takes them away from it, for one whose connection lives on.
    void remove_functions();
    /// Forgets what was read, for a writer whose table has grown.
    /// Requires  no statement that gave a text
    /// runs
    void forget();

    const std::string* text(std::int64_t number);
    std::optional<std::int64_t> number(std::string_view text);

private:
    static constexpr std::int64_t kBlock = 256;
    using Block = std::array<std::optional<std::string>, kBlock>;

    sqlite3* database_ = nullptr;
    std::unordered_map<std::int64_t, std::unique_ptr<Block>> blocks_;
};

}  // namespace entente::store::sqlite
