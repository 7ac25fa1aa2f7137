#pragma once

#include <memory>

#include "ledger/store.h"
#include "workload.h"

namespace entente::crash {

/// The store with the planted defects that lie in it; the store itself when there are none.
std::unique_ptr<ledger::LedgerStore> planted(
    std::unique_ptr<ledger::LedgerStore> store, const Plants& plants, const Say& say
);

}  // namespace entente::crash
