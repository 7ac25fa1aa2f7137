#include "accounts/accounts.h"

#include <algorithm>

#include <fmt/format.h>

#include "accounts/account_name.h"
#include "base/codec.h"
#include "base/id.h"
#include "base/random.h"
#include "base/utf8.h"

namespace entente::accounts {
namespace {

constexpr std::int64_t kHour = 3'600'000'000;  // microseconds
constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kLongestDisplayName = 200;  // bytes

std::unexpected<Error> no_such(const std::string& name) {
    return fail(ErrorCode::not_found, "name", fmt::format("found no account called '{}'", name));
}

Result<Account> found(AccountRows& rows, const std::string& name) {
    ENTENTE_ASSIGN_OR_RETURN(auto account, rows.find(key_of(name)));
    if (!account) return no_such(name);
    return *std::move(account);
}

Result<void> check_nation(const std::string& code) {
    const bool fits =
        code.empty() ||
        (code.size() == 3 && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; }));
    if (fits) return {};
    return fail(
        ErrorCode::invalid_argument,
        "nation",
        fmt::format("found '{}', expected the code of a nation, such as CHN, or nothing for home", code)
    );
}

Result<void> check_language(const std::string& tag) {
    const bool fits =
        tag.size() <= 35 && std::ranges::all_of(tag, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        });
    if (fits) return {};
    return fail(
        ErrorCode::invalid_argument, "language", fmt::format("found '{}', expected a tag such as fr", tag)
    );
}

Result<void> check_display_name(const std::string& text) {
    const bool shows =
        std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    if (text.size() <= kLongestDisplayName && is_valid_utf8(text) && shows) return {};
    return fail(
        ErrorCode::invalid_argument,
        "display_name",
        "found a long text or none, expected a line of at most 200 bytes"
    );
}

bool can_administer(const Account& account) {
    return account.role == Role::administrator && !account.disabled && account.nation.empty();
}

/// Somebody must be left who can make accounts.
Result<void> check_not_the_last(AccountRows& rows, const Account& before, const Account& after) {
    if (!can_administer(before) || can_administer(after)) return {};
    ENTENTE_ASSIGN_OR_RETURN(const auto all, rows.accounts());
    const bool another = std::ranges::any_of(all, [&](const Account& one) {
        return one.key != after.key && can_administer(one);
    });
    if (another) return {};
    return fail(
        ErrorCode::conflict,
        "name",
        fmt::format("found that {} is the last administrator, expected another one first", after.name)
    );
}

}  // namespace

Result<bool> Accounts::any() const {
    bool out = false;
    ENTENTE_RETURN_IF_ERROR(store_.read([&](AccountRows& rows) -> Result<void> {
        ENTENTE_ASSIGN_OR_RETURN(out, rows.any_account());
        return {};
    }));
    return out;
}

Result<std::vector<Account>> Accounts::list() const {
    std::vector<Account> out;
    ENTENTE_RETURN_IF_ERROR(store_.read([&](AccountRows& rows) -> Result<void> {
        ENTENTE_ASSIGN_OR_RETURN(out, rows.accounts());
        return {};
    }));
    return out;
}

Result<std::map<std::string, std::string>> Accounts::names() const {
    ENTENTE_ASSIGN_OR_RETURN(const auto all, list());
    std::map<std::string, std::string> out;
    for (const auto& account : all) out[account.id] = account.name;
    return out;
}

Result<Account> Accounts::find(const std::string& name) const {
    Account out;
    ENTENTE_RETURN_IF_ERROR(store_.read([&](AccountRows& rows) -> Result<void> {
        ENTENTE_ASSIGN_OR_RETURN(out, found(rows, name));
        return {};
    }));
    return out;
}

Result<Account> Accounts::made(const NewAccount& wanted) const {
    ENTENTE_ASSIGN_OR_RETURN(const auto name, new_account_name(wanted.name));
    ENTENTE_RETURN_IF_ERROR(check_new_password(wanted.password, name.name));
    ENTENTE_RETURN_IF_ERROR(check_nation(wanted.nation));
    ENTENTE_RETURN_IF_ERROR(check_language(wanted.language));
    ENTENTE_RETURN_IF_ERROR(check_display_name(wanted.display_name));
    Account out;
    out.id = AccountId::random().text();
    out.key = name.key, out.look = name.look, out.name = name.name;
    out.display_name = wanted.display_name, out.role = wanted.role;
    out.nation = wanted.nation, out.language = wanted.language;
    out.created = clock_.now();
    ENTENTE_ASSIGN_OR_RETURN(out.password, hash_password(wanted.password, cost_));
    return out;
}

Result<Account> Accounts::add(const NewAccount& wanted) {
    ENTENTE_ASSIGN_OR_RETURN(const auto account, made(wanted));
    ENTENTE_RETURN_IF_ERROR(store_.write([&](AccountRows& rows) -> Result<void> {
        ENTENTE_RETURN_IF_ERROR(rows.add(account));
        ENTENTE_RETURN_IF_ERROR(rows.forget_tries(account.key));
        return rows.put_set_up(std::nullopt);
    }));
    return account;
}

Result<Account> Accounts::change(const std::string& name, const AccountChange& change) {
    std::string password;
    if (change.password) {
        ENTENTE_RETURN_IF_ERROR(check_new_password(*change.password, name));
        ENTENTE_ASSIGN_OR_RETURN(password, hash_password(*change.password, cost_));
    }
    if (change.nation) ENTENTE_RETURN_IF_ERROR(check_nation(*change.nation));
    if (change.language) ENTENTE_RETURN_IF_ERROR(check_language(*change.language));
    if (change.display_name) ENTENTE_RETURN_IF_ERROR(check_display_name(*change.display_name));
    Account out;
    ENTENTE_RETURN_IF_ERROR(store_.write([&](AccountRows& rows) -> Result<void> {
        ENTENTE_ASSIGN_OR_RETURN(out, found(rows, name));
        const Account before = out;
        out.role = change.role.value_or(out.role);
        out.disabled = change.disabled.value_or(out.disabled);
        out.nation = change.nation.value_or(out.nation);
        out.language = change.language.value_or(out.language);
        out.display_name = change.display_name.value_or(out.display_name);
        if (change.password) out.password = password;
        ENTENTE_RETURN_IF_ERROR(check_not_the_last(rows, before, out));
        ENTENTE_RETURN_IF_ERROR(rows.change(out));
        const bool may_other = out.role != before.role || out.nation != before.nation;
        if (may_other || out.disabled || change.password)
            ENTENTE_RETURN_IF_ERROR(rows.end_sessions_of(out.key));
        const bool enabled = change.disabled && !*change.disabled;
        if (enabled || change.password) ENTENTE_RETURN_IF_ERROR(rows.forget_tries(out.key));
        return {};
    }));
    return out;
}

Result<void> Accounts::change_own_password(
    const Account& owner, const std::string& wanted, const Hash& keep
) {
    ENTENTE_RETURN_IF_ERROR(check_new_password(wanted, owner.name));
    ENTENTE_ASSIGN_OR_RETURN(const auto password, hash_password(wanted, cost_));
    return store_.write([&](AccountRows& rows) -> Result<void> {
        ENTENTE_ASSIGN_OR_RETURN(auto account, found(rows, owner.name));
        if (account.password != owner.password || account.disabled)
            return fail(ErrorCode::conflict, "old", "found that the account was changed meanwhile");
        account.password = password;
        ENTENTE_RETURN_IF_ERROR(rows.change(account));
        ENTENTE_ASSIGN_OR_RETURN(const auto sessions, rows.sessions_of(account.key));
        for (const auto& session : sessions)
            if (session.token != keep) ENTENTE_RETURN_IF_ERROR(rows.end_session(session.token));
        return {};
    });
}

Result<std::string> Accounts::make_set_up_token() {
    const auto token = base64url(random_bytes(kTokenBytes));
    ENTENTE_RETURN_IF_ERROR(store_.write([&](AccountRows& rows) -> Result<void> {
        ENTENTE_ASSIGN_OR_RETURN(const bool any, rows.any_account());
        if (any)
            return fail(
                ErrorCode::conflict,
                "set-up",
                "found accounts, expected none: the first administrator is there already",
                "entente account list"
            );
        return rows.put_set_up(StoredSetUp{sha256(token), {clock_.now().microseconds + kHour}});
    }));
    return token;
}

Result<bool> Accounts::awaits_set_up() const {
    bool out = false;
    ENTENTE_RETURN_IF_ERROR(store_.read([&](AccountRows& rows) -> Result<void> {
        ENTENTE_ASSIGN_OR_RETURN(const bool any, rows.any_account());
        ENTENTE_ASSIGN_OR_RETURN(const auto waiting, rows.set_up());
        out = !any && waiting && clock_.now() < waiting->until;
        return {};
    }));
    return out;
}

Result<Account> Accounts::set_up(const std::string& token, const NewAccount& wanted) {
    const auto check_token = [&](AccountRows& rows) -> Result<void> {
        ENTENTE_ASSIGN_OR_RETURN(const bool any, rows.any_account());
        if (any) return fail(ErrorCode::conflict, "token", "found accounts, expected none: sign in");
        ENTENTE_ASSIGN_OR_RETURN(const auto waiting, rows.set_up());
        // Digests of random tokens: how long a comparison takes tells nothing of them.
        if (waiting && clock_.now() < waiting->until && waiting->token == sha256(token)) return {};
        return fail(
            ErrorCode::forbidden,
            "token",
            "found no such token, expected the one that was printed, within the hour",
            "entente serve --set-up"
        );
    };
    ENTENTE_RETURN_IF_ERROR(store_.read(check_token));
    auto first = wanted;
    first.role = Role::administrator, first.nation.clear();
    ENTENTE_ASSIGN_OR_RETURN(const auto account, made(first));
    ENTENTE_RETURN_IF_ERROR(store_.write([&](AccountRows& rows) -> Result<void> {
        ENTENTE_RETURN_IF_ERROR(check_token(rows));
        ENTENTE_RETURN_IF_ERROR(rows.add(account));
        return rows.put_set_up(std::nullopt);
    }));
    return account;
}

}  // namespace entente::accounts
