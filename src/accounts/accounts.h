#pragma once

#include <map>
#include <string>
#include <vector>

#include "accounts/account_store.h"
#include "accounts/password.h"

namespace entente::accounts {

struct NewAccount {
    std::string name, password;
    Role role = Role::reader;
    std::string display_name = {}, nation = {}, language = {};
};

/// What is to be another; the rest stays.
struct AccountChange {
    std::optional<Role> role = {};
    std::optional<bool> disabled = {};
    std::optional<std::string> password = {}, display_name = {}, nation = {}, language = {};
};

/// The accounts of a node.
/// Thread-safety  all of it
class Accounts {
public:
    Accounts(AccountStore& store, const Clock& clock, HashCost cost = {})
        : store_(store), clock_(clock), cost_(cost) {}

    /// Whether there is one at all: until then the node is a demonstration.
    Result<bool> any() const;
    Result<std::vector<Account>> list() const;
    /// Names by id, for who reads an entry: what an entry names is the id.
    Result<std::map<std::string, std::string>> names() const;
    /// Errors  not_found
    Result<Account> find(const std::string& name) const;

    /// Errors  invalid_argument: a name, a password or a code that cannot be · conflict: the name, or its look, is
    ///         another's
    Result<Account> add(const NewAccount& wanted);
    /// Another role, nation or password, or being disabled, ends the sessions; being enabled, or another password, ends
    /// a locking.
    /// Errors  not_found · invalid_argument · conflict: nobody could administer any more
    Result<Account> change(const std::string& name, const AccountChange& change);
    /// By its owner, whose password was just looked at (`Sessions::recognise`); every session but one ends.
    /// Errors  invalid_argument · conflict: the account was changed meanwhile
    Result<void> change_own_password(const Account& owner, const std::string& wanted, const Hash& keep);

    /// A token with which the first administrator can be made, once, within the hour. An earlier one counts no more.
    /// Errors  conflict: there is an account
    Result<std::string> make_set_up_token();
    /// Whether one waits to be used.
    Result<bool> awaits_set_up() const;
    /// The first account, an administrator.
    /// Errors  forbidden: no such token, or too late · conflict: there is an account · as `add`
    Result<Account> set_up(const std::string& token, const NewAccount& wanted);

private:
    Result<Account> made(const NewAccount& wanted) const;

    AccountStore& store_;
    const Clock& clock_;
    HashCost cost_;
};

}  // namespace entente::accounts
