// What the file of accounts holds, as plain data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "accounts/role.h"
#include "base/clock.h"
#include "base/hash.h"

namespace entente::accounts {

struct Account {
    std::string id;    ///< AccountId: never another's, so that it can stand for the person elsewhere
    std::string key;   ///< of the name; one account each
    std::string look;  ///< of the name; one account each
    std::string name;
    std::string display_name;  ///< empty: the name
    Role role = Role::reader;
    std::string nation;    ///< ISO 3166-1 alpha-3 code of the nation for whose eyes it sees; empty: home
    std::string language;  ///< `fr`; empty: as the browser says
    bool disabled = false;
    Instant created;
    std::optional<Instant> last_sign_in;
    std::string password;  ///< Argon2id digest
};

/// Wrong passwords under a name, whether there is such an account or not.
struct Tries {
    std::uint32_t wrong = 0;     ///< in a row, since it was last locked
    std::uint32_t lockings = 0;  ///< in a row, without a right one between
    Instant last;
    Instant locked_until;
};

struct StoredSession {
    Hash token;           ///< SHA-256 of what the browser holds
    std::string account;  ///< key of the name
    Instant began, seen;
    std::string peer;     ///< address from which it began
    std::string browser;  ///< as it calls itself, cut
};

struct StoredSetUp {
    Hash token;  ///< SHA-256 of what was printed
    Instant until;
};

}  // namespace entente::accounts
