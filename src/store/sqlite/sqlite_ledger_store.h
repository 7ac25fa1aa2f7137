#pragma once

#include <filesystem>
#include <memory>

#include "ledger/store.h"

namespace entente::store {

/// The ledger in one SQLite file. Its tables have had their last layout from day one and are never migrated.
/// Durable: a commit returns only after the write-ahead log is flushed. Readers see the state at their
/// beginning.
/// Errors  unavailable: cannot be opened · corrupt: not a ledger, or the library is below the
/// floor
Result<std::unique_ptr<ledger::LedgerStore>> open_sqlite_ledger_store(const std::filesystem::path& file);

}  // namespace entente::store
