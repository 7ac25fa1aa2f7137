#pragma once

#include <memory>

#include "ledger/record_index.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/index_memory.h"

namespace entente::store::sqlite {

/// Reads of the index for one context at one size of the log. The set of labels that the context may see is
/// computed once, here; from then on the connection refuses to read any base table but through a view that
/// filters by it. With a memory, lists and facets are answered out of what was learned (index_lists.h); without one each
/// is a statement of its own, which serves better who asks once.
Result<std::unique_ptr<ledger::RecordView>> make_index_view(
    Connection connection,
    const domain::Schema& schema,
    const policy::AuthzContext& context,
    std::uint64_t as_of,
    std::shared_ptr<IndexMemory> memory = {}
);

}  // namespace entente::store::sqlite
