#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/declaration.h"
#include "ledger/find_query.h"
#include "store/sqlite/connection.h"

namespace entente::store::sqlite {

using SqlValue = std::variant<std::int64_t, double, std::string>;

/// A piece of a statement with the values of its marks, in order.
struct Sql {
    std::string text;
    std::vector<SqlValue> values;

    void add(const Sql& other);
    /// Joins by "and".
    void and_also(const Sql& condition);
};

/// Joins by a word such as ` OR `.
Sql joined(const std::vector<Sql>& parts, const char* word);

void bind_all(Statement& statement, const std::vector<SqlValue>& values);

/// Views over records that are asked by field: `v_record` with the columns of a revision, each called
/// `@name`, and one for each type, `v_record_<type>`, with the columns of its fields as well.
std::vector<std::string> record_views(const domain::Schema& schema);

/// A field, or a sub-field of a group, as `group.field` names it.
struct FieldPath {
    const domain::Field* field = nullptr;
    const domain::Field* sub = nullptr;
    const domain::Field& last() const { return sub ? *sub : *field; }
    /// Whether its values stand in a table of their own.
    bool apart() const { return field->many || field->type == domain::FieldType::group; }
};
/// Nothing when the type has no such field.
std::optional<FieldPath> find_path(const domain::RecordType& type, std::string_view name);

/// The column of a value that tells whether there is one: amounts, precisions, or the field's own.
std::string presence_column(const domain::Field& field);
std::string record_view(const domain::RecordType& type);
std::string item_view(const domain::RecordType& type, const domain::Field& field);

}  // namespace entente::store::sqlite
