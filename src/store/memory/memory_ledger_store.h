#pragma once

#include <memory>

#include "ledger/store.h"

namespace entente::store {

/// A ledger store in memory: for tests, and the plain statement of what a store must do. Passes the same
/// contract as the others; keeps nothing. One transaction at a time.
std::unique_ptr<ledger::LedgerStore> make_memory_ledger_store();

}  // namespace entente::store
