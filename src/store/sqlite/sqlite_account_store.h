#pragma once

#include <filesystem>
#include <memory>

#include "accounts/account_store.h"

namespace entente::store {

/// Accounts, sessions and the access log in one SQLite file, its owner's alone; made when it is not there.
/// Errors  unavailable: cannot be opened · corrupt: a database of another kind, or the library is below the floor
Result<std::unique_ptr<accounts::AccountStore>> open_sqlite_account_store(const std::filesystem::path& file);

}  // namespace entente::store
