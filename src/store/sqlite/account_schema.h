#pragma once

#include <string>

#include "store/sqlite/connection.h"

namespace entente::store::sqlite {

/// Makes the tables of accounts where they are not there. Returns the salt under which names that were tried are kept.
/// Errors  corrupt: a database of another kind
Result<std::string> prepare_accounts(Connection& connection, const std::string& file);

}  // namespace entente::store::sqlite
