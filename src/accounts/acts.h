#pragma once

#include <string>

#include "accounts/accounts.h"

namespace entente::accounts {

/// `jsmith, officer` or `lee, reader for CHN`: what the access log says of an account that was made.
std::string in_words(const Account& account);
/// `jsmith: role auditor, another password`
std::string in_words(const std::string& name, const AccountChange& change);

}  // namespace entente::accounts
