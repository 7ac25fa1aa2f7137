#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "domain/content.h"
#include "store/sqlite/connection.h"

namespace entente::store::sqlite {

/// What a record says stands in the columns of its type, once; these two put it there and read it back.

/// Binds a value to the columns of its field from position `at` on, nulls when there is none, and gives the
/// next position. `exact` turns false when the columns cannot hold all that the value says.
int bind_value(
    Statement& statement, int at, const domain::Field& field, const json::value* value, bool& exact
);
/// The same for the column that says which kind of empty it is.
int bind_empty(Statement& statement, int at, const json::value* value);
/// Binds one item of a repeated field, from position `at` on.
void bind_item(
    Statement& statement, int at, const domain::Field& field, const json::value& item, bool& exact
);

/// Fields that have a table of their own.
bool has_own_table(const domain::Field& field);

/// Reads what a revision says back from the tables of its type.
class ContentReader {
public:
    using Prepare = std::function<Result<Statement>(const std::string& sql)>;
    /// `prefix`: `v_` to read through the views, nothing to read the tables.
    ContentReader(Prepare prepare, std::string prefix)
        : prepare_(std::move(prepare)), prefix_(std::move(prefix)) {}

    /// `lists`: one bit for each field of the type, by position: it has rows in a table of its own.
    Result<domain::Content> read(const domain::RecordType& type, std::int64_t rev, std::uint64_t lists);

private:
    Result<Statement*> statement(const std::string& table, const char* order);
    Result<json::array> read_list(
        const domain::RecordType& type, const domain::Field& field, std::int64_t rev
    );

    Prepare prepare_;
    std::string prefix_;
    std::map<std::string, Statement> statements_;
};

}  // namespace entente::store::sqlite
