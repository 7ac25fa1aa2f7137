#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "domain/declaration.h"

namespace entente::store::sqlite {

/// The tables of the index, made from the declarations: a field that is declared once has its columns here.
/// A single field has a column of its name (a date: .from, .to, .precision; money: .amount, .currency) and a
/// column .none with the kind of empty; a repeated field or a group has a table of its own,
/// `t_<type>__<field>`. Texts that rows repeat stand in them as numbers (index_texts.h).
std::vector<std::string> index_tables(const domain::Schema& schema);

/// The indexes over revisions, by name. A long log is taken in faster without them; they are then made at its
/// end.
struct NamedStatement {
    const char* name;
    const char* create;
};
extern const std::array<NamedStatement, 2> kRevisionIndexes;

/// Views through which alone a reader sees rows: each keeps to rows whose label `entente_visible` lets pass.
std::vector<std::string> index_views(const domain::Schema& schema);

/// Whether the values of a field stand in its column as numbers of texts: codes, names and references that
/// are in the clear. Sealed values stand in their rows alone, where erasing finds them, and ids in a source
/// are one of a kind.
bool is_numbered(const domain::Field& field);

/// The columns of a table of the index behind its keys, in order, each as the text or number it stands for.
/// `alias`: of the table
std::string told_columns(const domain::RecordType& type, std::string_view alias);
std::string told_items(const domain::Field& field, std::string_view alias);

/// Columns that hold one value of a field, in order; without `.none`.
std::vector<std::string> value_columns(const domain::Field& field);

std::string type_table(const domain::RecordType& type);
std::string field_table(const domain::RecordType& type, const domain::Field& field);

/// Whether a person may call a record by the value of this field.
bool is_handle(const domain::RecordType& type, const domain::Field& field);

/// Digest of all declarations: the name of the index file, and what it must have been made from.
std::string fingerprint(const domain::Schema& schema);

}  // namespace entente::store::sqlite
