#pragma once

#include <cstdint>
#include <vector>

#include "ledger/record_index.h"
#include "store/sqlite/connection.h"

namespace entente::store::sqlite {

/// Counts distinct values through the views of a guarded connection, as `RecordView::tally_values` promises.
Result<std::vector<ledger::Tally>> tally_values(
    Connection& connection, const domain::Schema& schema, std::uint64_t as_of, const ledger::TallyQuery& query
);

}  // namespace entente::store::sqlite
