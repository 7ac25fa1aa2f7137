#pragma once

#include "ledger/find_query.h"
#include "store/sqlite/index_guard.h"

namespace entente::store::sqlite {

/// Counts by value behind the guard: what is hidden is in no count and no sum.
/// Cost  a pass over the records that fit, one more for those without a value
Result<ledger::FacetPage> count_facets(
    GuardedConnection& connection,
    const domain::Schema& schema,
    std::uint64_t as_of,
    const ledger::FacetQuery& query
);

}  // namespace entente::store::sqlite
