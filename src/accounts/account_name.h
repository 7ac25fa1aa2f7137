#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace entente::accounts {

/// A name in the forms by which names are told apart.
struct AccountName {
    std::string name;  ///< as it is shown: NFC
    std::string key;   ///< the same letters: NFC, small, punctuation alike; one account each
    std::string look;  ///< the same look (UTS 39), so that nobody passes for somebody else
};

/// Reads a name for a new account: 2 to 64 letters and digits of one script, with `.`, `_` or `-` between them.
/// Errors  invalid_argument: anything else
Result<AccountName> new_account_name(std::string_view typed);

/// The key of what somebody typed to sign in; what cannot be a name has a key, too.
std::string key_of(std::string_view typed);

}  // namespace entente::accounts
