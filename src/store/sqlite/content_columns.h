#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "domain/content.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/index_texts.h"

namespace entente::store::sqlite {

/// What a record says stands in the columns of its type, once; these two put it there and read it back.

/// Binds values to the columns of one statement, texts that rows repeat by their numbers.
class ContentBinder {
public:
    ContentBinder(Statement& statement, TextNumbers& texts) : statement_(statement), texts_(texts) {}

    /// Binds a value to the columns of its field from position `at` on, nulls when there is none, and gives
    /// the next position.
    int value(int at, const domain::Field& field, const json::value* value);
    /// The same for the column that says which kind of empty it is.
    int empty(int at, const json::value* value);
    /// Binds one item of a repeated field, from position `at` on.
    void item(int at, const domain::Field& field, const json::value& item);

    /// False once the columns could not hold all that a value says.
    bool exact() const { return exact_; }

private:
    void number(int at, std::string_view text);
    bool date(int at, const json::value& value);
    bool money(int at, const json::value& value);
    bool single(int at, const domain::Field& field, const json::value& value);
    bool inner_list(int at, const json::value* value);

    Statement& statement_;
    TextNumbers& texts_;
    bool exact_ = true;
};

/// Fields that have a table of their own.
bool has_own_table(const domain::Field& field);

/// Reads what a revision says back from the tables of its type.
class ContentReader {
public:
    using Prepare = std::function<Result<Statement>(const std::string& sql)>;
    enum class From : std::uint8_t { views, tables };
    ContentReader(Prepare prepare, From from) : prepare_(std::move(prepare)), from_(from) {}

    /// `lists`: one bit for each field of the type, by position: it has rows in a table of its own.
    Result<domain::Content> read(const domain::RecordType& type, std::int64_t rev, std::uint64_t lists);

private:
    /// That of a type's own table, or of the table of one of its fields.
    Result<Statement*> statement(const domain::RecordType& type, const domain::Field* field);
    Result<json::array> read_list(
        const domain::RecordType& type, const domain::Field& field, std::int64_t rev
    );

    Prepare prepare_;
    From from_;
    std::map<const void*, Statement>
        statements_;  ///< by type or field of the schema, which stays where it is
};

}  // namespace entente::store::sqlite
