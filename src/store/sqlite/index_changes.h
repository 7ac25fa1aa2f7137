#pragma once

#include <cstdint>
#include <vector>

#include "ledger/record_index.h"
#include "store/sqlite/index_guard.h"

namespace entente::store::sqlite {

/// Entries, the latest first, through the views of a guarded connection, as `RecordView::changes` promises.
Result<std::vector<ledger::Change>> changes(
    GuardedConnection& connection, std::uint64_t as_of, const ledger::ChangesQuery& query
);

}  // namespace entente::store::sqlite
