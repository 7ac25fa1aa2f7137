#pragma once

#include "ledger/find_query.h"
#include "store/sqlite/index_guard.h"
#include "store/sqlite/index_record_views.h"

namespace entente::store::sqlite {

/// Counts by value behind the guard: what is hidden is in no count and no sum.
/// Cost  a pass over the records that fit, one more for those without a value
Result<ledger::FacetPage> count_facets(
    GuardedConnection& connection,
    const domain::Schema& schema,
    std::uint64_t as_of,
    const ledger::FacetQuery& query
);

/// The field that is to be counted.
/// Errors  invalid_argument: not one type, no such field, one whose values cannot be counted one by one
Result<FieldPath> counted_field(const domain::Schema& schema, const ledger::FacetQuery& query);

/// Rows of revision, value and why there is none, over all records that a view of the type shows, record by record.
std::string values_sql(const domain::RecordType& type, const FieldPath& path);

}  // namespace entente::store::sqlite
