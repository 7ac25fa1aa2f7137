#pragma once

#include <string>

#include "accounts/account_store.h"
#include "store/sqlite/connection.h"

namespace entente::store::sqlite {

/// The tables of accounts, by statements of one connection.
/// Requires  a transaction is open
class AccountTables final : public accounts::AccountRows {
public:
    /// \param  salt  under which names that were tried are kept
    AccountTables(Statements& statements, const std::string& salt) : statements_(statements), salt_(salt) {}

    Result<bool> any_account() override;
    Result<std::optional<accounts::Account>> find(std::string_view key) override;
    Result<std::vector<accounts::Account>> accounts() override;
    Result<void> add(const accounts::Account& account) override;
    Result<void> change(const accounts::Account& account) override;

    Result<accounts::Tries> tries(std::string_view key) override;
    Result<void> put_tries(std::string_view key, const accounts::Tries& tries) override;
    Result<void> forget_tries(std::string_view key) override;
    Result<void> forget_strangers(Instant before, std::size_t beyond) override;

    Result<std::optional<accounts::StoredSession>> session(const Hash& token) override;
    Result<std::vector<accounts::StoredSession>> sessions_of(std::string_view key) override;
    Result<void> add(const accounts::StoredSession& session) override;
    Result<void> seen(const Hash& token, Instant now) override;
    Result<void> end_session(const Hash& token) override;
    Result<void> end_sessions_of(std::string_view key) override;
    Result<void> end_sessions(Instant began_before, Instant seen_before) override;

    Result<std::optional<accounts::StoredSetUp>> set_up() override;
    Result<void> put_set_up(const std::optional<accounts::StoredSetUp>& token) override;

    Result<std::string> last_line() override;
    Result<void> append_line(std::uint64_t number, std::string_view line) override;
    Result<void> lines_back(
        std::uint64_t below, const std::function<Result<bool>(std::uint64_t, std::string_view)>& visit
    ) override;
    Result<void> each_line(const std::function<Result<void>(std::uint64_t, std::string_view)>& visit
    ) override;

private:
    std::string hidden(std::string_view key) const;

    Statements& statements_;
    const std::string& salt_;
};

}  // namespace entente::store::sqlite
