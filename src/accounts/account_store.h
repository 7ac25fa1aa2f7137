#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/account.h"
#include "base/result.h"

namespace entente::accounts {

/// What may be done within one act on the store.
class AccountRows {
public:
    virtual ~AccountRows() = default;

    virtual Result<bool> any_account() = 0;
    virtual Result<std::optional<Account>> find(std::string_view key) = 0;
    /// By name.
    virtual Result<std::vector<Account>> accounts() = 0;
    /// Errors  conflict: another account has the name, or one of that look
    virtual Result<void> add(const Account& account) = 0;
    /// Everything but its names in three forms.
    virtual Result<void> change(const Account& account) = 0;

    virtual Result<Tries> tries(std::string_view key) = 0;
    virtual Result<void> put_tries(std::string_view key, const Tries& tries) = 0;
    virtual Result<void> forget_tries(std::string_view key) = 0;
    /// Forgets those under names that no account has: the ones last made before, and the oldest beyond a number.
    virtual Result<void> forget_strangers(Instant before, std::size_t beyond) = 0;

    virtual Result<std::optional<StoredSession>> session(const Hash& token) = 0;
    /// The latest first.
    virtual Result<std::vector<StoredSession>> sessions_of(std::string_view key) = 0;
    virtual Result<void> add(const StoredSession& session) = 0;
    virtual Result<void> seen(const Hash& token, Instant now) = 0;
    virtual Result<void> end_session(const Hash& token) = 0;
    virtual Result<void> end_sessions_of(std::string_view key) = 0;
    virtual Result<void> end_sessions(Instant began_before, Instant seen_before) = 0;

    virtual Result<std::optional<StoredSetUp>> set_up() = 0;
    /// Nothing: there is none any more.
    virtual Result<void> put_set_up(const std::optional<StoredSetUp>& token) = 0;

    /// The last line of the access log; empty: there is none.
    virtual Result<std::string> last_line() = 0;
    virtual Result<void> append_line(std::uint64_t number, std::string_view line) = 0;
    /// Lines from the latest back, below a number, until `visit` says false.
    virtual Result<void> lines_back(
        std::uint64_t below,
        const std::function<Result<bool>(std::uint64_t number, std::string_view line)>& visit
    ) = 0;
    /// All lines in their order.
    virtual Result<void> each_line(
        const std::function<Result<void>(std::uint64_t number, std::string_view line)>& visit
    ) = 0;
};

/// Where accounts lie. Several processes may have it open.
/// Thread-safety  all of it
class AccountStore {
public:
    virtual ~AccountStore() = default;
    using Act = std::function<Result<void>(AccountRows&)>;

    /// One state, seen whole.
    virtual Result<void> read(const Act& act) = 0;
    /// All of it or nothing, and nobody between; on disk when it returns.
    virtual Result<void> write(const Act& act) = 0;
};

}  // namespace entente::accounts
