#pragma once

#include "store/sqlite/index_record_views.h"

namespace entente::store::sqlite {

/// The condition that a record of a type fits a filter on one of its fields. `alias` is the row of its view.
/// Errors  invalid_argument, naming the field: the value cannot be one of it
Result<Sql> filter_fits(
    const domain::RecordType& type, FieldPath path, std::string_view alias, const ledger::FieldFilter& filter
);

}  // namespace entente::store::sqlite
