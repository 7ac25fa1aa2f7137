#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace entente::accounts {

/// What one look at a password costs whoever guesses, and us.
/// Source  OWASP Password Storage: Argon2id with 19 MiB, t = 2, p = 1 at least
struct HashCost {
    unsigned long long passes = 2;
    std::size_t memory = std::size_t{19} << 20;  ///< bytes
};

/// Argon2id with a salt of its own, as `$argon2id$v=19$m=…`.
/// Errors  unavailable: there is no memory for it
Result<std::string> hash_password(const std::string& password, const HashCost& cost);
bool is_password(const std::string& hash, const std::string& typed);
/// Whether a hash was made at another cost than this.
bool is_outdated(const std::string& hash, const HashCost& cost);

/// Whether it may be somebody's password: at least 12 characters, not the name, none that many people have. Which
/// characters it holds does not matter.
/// Errors  invalid_argument
/// Source  NIST SP 800-63B, 5.1.1.2
Result<void> check_new_password(std::string_view password, std::string_view name);

/// The most bytes of a password.
inline constexpr std::size_t kLongestPassword = 512;

}  // namespace entente::accounts
