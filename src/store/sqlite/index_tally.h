#pragma once

#include <cstdint>
#include <vector>

#include "ledger/record_index.h"
#include "store/sqlite/index_guard.h"

namespace entente::store::sqlite {

/// Counts distinct values through the views of a guarded connection, as `RecordView::tally_values` promises.
Result<std::vector<ledger::Tally>> tally_values(
    GuardedConnection& connection,
    const domain::Schema& schema,
    std::uint64_t as_of,
    const ledger::TallyQuery& query
);

}  // namespace entente::store::sqlite
