#pragma once

#include <string>
#include <vector>

#include "domain/declaration.h"

namespace entente::store::sqlite {

/// The tables of the index, made from the declarations: a field that is declared once has its columns here.
/// A single field has a column of its name (a date: .from, .to, .precision; money: .amount, .currency) and a
/// column .none with the kind of empty; a repeated field or a group has a table of its own,
/// `t_<type>__<field>`.
std::vector<std::string> index_tables(const domain::Schema& schema);

/// Views through which alone a reader sees rows: each keeps to rows whose label `entente_visible` lets pass.
std::vector<std::string> index_views(const domain::Schema& schema);

/// Columns that hold one value of a field, in order; without `.none`.
std::vector<std::string> value_columns(const domain::Field& field);

std::string type_table(const domain::RecordType& type);
std::string field_table(const domain::RecordType& type, const domain::Field& field);

/// Whether a person may call a record by the value of this field.
bool is_handle(const domain::RecordType& type, const domain::Field& field);

/// Digest of all declarations: the name of the index file, and what it must have been made from.
std::string fingerprint(const domain::Schema& schema);

}  // namespace entente::store::sqlite
