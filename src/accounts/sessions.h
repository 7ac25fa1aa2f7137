#pragma once

#include <expected>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "accounts/account_store.h"
#include "accounts/password.h"
#include "accounts/throttle.h"

namespace entente::accounts {

/// From where somebody tries.
struct From {
    std::string peer;     ///< address
    std::string browser;  ///< as it calls itself
};

/// A session that began, or the one that a request bears.
struct Session {
    std::string token;  ///< what the browser holds; stored nowhere
    Hash digest;        ///< of it
    std::string csrf;   ///< what a page of ours sends with whatever changes something
    Account account;
};

/// Why somebody was not signed in. The words are the same whether there is such an account or not.
struct Refusal {
    enum class Kind : std::uint8_t { wrong, locked, too_many } kind = Kind::wrong;
    std::int64_t retry_after = 0;  ///< seconds; of `locked` and `too_many`
};

/// Signing in and out.
/// Definition  A session ends after 30 minutes without a request and after 12 hours whatever happens. Five wrong
///             passwords in a row under one name lock it for 15 minutes, the next five for twice as long, up to a day.
/// Thread-safety  all of it
class Sessions {
public:
    Sessions(AccountStore& store, const Clock& clock, HashCost cost = {}, std::size_t tries_a_minute = 20);

    /// Whose password it is.
    /// Errors  unavailable: the store cannot be written
    Result<std::expected<Account, Refusal>> recognise(
        const std::string& name, const std::string& password, const From& from
    );
    /// The same, and a session begins.
    Result<std::expected<Session, Refusal>> sign_in(
        const std::string& name, const std::string& password, const From& from
    );
    /// Whose token it is; nobody's when it ended.
    Result<std::optional<Session>> find(const std::string& token);
    /// Whether a session goes on; asking does not prolong it.
    Result<bool> goes_on(const Hash& digest);
    Result<void> sign_out(const Hash& digest);
    /// A token for an account whose password was just looked at.
    Result<Session> begin(const Account& account, const From& from);

    /// Those that go on, the latest first.
    Result<std::vector<StoredSession>> of(const std::string& key);
    /// One of them by the beginning of its digest, or all but `keep`. Returns how many ended.
    Result<std::size_t> end_others(const std::string& key, const std::string& id, const Hash& keep);

    /// What names a session to its owner: the beginning of its digest.
    static std::string id_of(const Hash& digest);
    /// Whether a token that came with a request is that of the session; in constant time.
    static bool same_token(std::string_view expected, std::string_view sent);

private:
    struct Counted {
        std::optional<Account> account;
        bool locked = false;
        std::int64_t retry_after = 0;
    };
    Result<Counted> count_try(const std::string& key);
    static bool goes_on(const StoredSession& session, Instant now);

    AccountStore& store_;
    const Clock& clock_;
    HashCost cost_;
    Throttle throttle_;
    std::once_flag made_dummy_;
    std::string dummy_;  ///< digest of no password, for names that nobody has
};

}  // namespace entente::accounts
