#include "store/sqlite/account_rows.h"

#include <fmt/format.h>

namespace entente::store::sqlite {
namespace {

using namespace entente::accounts;

constexpr std::string_view kAccount =
    R"(SELECT key, look, name, display_name, role, nation, language, disabled,
    created, last_sign_in, password, id FROM account)";
constexpr std::string_view kSession = "SELECT token, account, began, seen, peer, browser FROM session";

Hash hash_of(std::string_view bytes) {
    return Hash::from_bytes(bytes).value_or(Hash{});
}

Result<Account> account_of(const Statement& s) {
    Account out;
    out.key = s.text(0), out.look = s.text(1), out.name = s.text(2), out.display_name = s.text(3);
    const auto role = parse_role(s.text(4));
    if (!role) return fail(ErrorCode::corrupt, "accounts", fmt::format("found the role '{}'", s.text(4)));
    out.role = *role, out.nation = s.text(5), out.language = s.text(6), out.disabled = s.integer(7) != 0;
    out.created = {s.integer(8)};
    if (!s.is_null(9)) out.last_sign_in = Instant{s.integer(9)};
    out.password = s.text(10), out.id = s.text(11);
    return out;
}

StoredSession session_of(const Statement& s) {
    return {
        hash_of(s.blob(0)),
        std::string(s.text(1)),
        {s.integer(2)},
        {s.integer(3)},
        std::string(s.text(4)),
        std::string(s.text(5))};
}

}  // namespace

std::string AccountTables::hidden(std::string_view key) const {
    return std::string(hmac_sha256(salt_, key).view());
}

Result<bool> AccountTables::any_account() {
    ENTENTE_ASSIGN_OR_RETURN(auto* s, statements_.get("SELECT 1 FROM account LIMIT 1"));
    ENTENTE_ASSIGN_OR_RETURN(const bool row, s->step());
    s->reset();
    return row;
}

Result<std::optional<Account>> AccountTables::find(std::string_view key) {
    ENTENTE_ASSIGN_OR_RETURN(auto* s, statements_.get(std::string(kAccount) + " WHERE key=?1"));
    s->bind(1, key);
    ENTENTE_ASSIGN_OR_RETURN(const bool row, s->step());
    if (!row) return std::nullopt;
    ENTENTE_ASSIGN_OR_RETURN(auto out, account_of(*s));
    s->reset();
    return out;
}

Result<std::vector<Account>> AccountTables::accounts() {
    ENTENTE_ASSIGN_OR_RETURN(auto* s, statements_.get(std::string(kAccount) + " ORDER BY key"));
    std::vector<Account> out;
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool row, s->step());
        if (!row) break;
        ENTENTE_ASSIGN_OR_RETURN(auto one, account_of(*s));
        out.push_back(std::move(one));
    }
    s->reset();
    return out;
}

Result<void> AccountTables::add(const Account& account) {
    ENTENTE_ASSIGN_OR_RETURN(
        auto* near, statements_.get("SELECT name, key FROM account WHERE key=?1 OR look=?2")
    );
    near->bind(1, account.key).bind(2, account.look);
    ENTENTE_ASSIGN_OR_RETURN(const bool taken, near->step());
    if (taken) {
        const std::string name(near->text(0));
        const bool same = near->text(1) == account.key;
        near->reset();
        return fail(
            ErrorCode::conflict,
            "name",
            same ? fmt::format("found an account called {} already", name)
                 : fmt::format("found that it looks like the name of {}, expected one that does not", name)
        );
    }
    ENTENTE_ASSIGN_OR_RETURN(
        auto* s, statements_.get("INSERT INTO account VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)")
    );
    s->bind(1, account.key).bind(2, account.look).bind(3, account.name).bind(4, account.display_name);
    s->bind(5, to_text(account.role)).bind(6, account.nation).bind(7, account.language);
    s->bind(8, std::int64_t{account.disabled}).bind(9, account.created.microseconds);
    if (account.last_sign_in)
        s->bind(10, account.last_sign_in->microseconds);
    else
        s->bind_null(10);
    s->bind(11, account.password).bind_blob(12, hidden(account.key)).bind(13, account.id);
    return s->run();
}

Result<void> AccountTables::change(const Account& account) {
    ENTENTE_ASSIGN_OR_RETURN(
        auto* s,
        statements_.get("UPDATE account SET display_name=?2, role=?3, nation=?4, language=?5, disabled=?6, "
                        "last_sign_in=?7, password=?8 WHERE key=?1")
    );
    s->bind(1, account.key).bind(2, account.display_name).bind(3, to_text(account.role));
    s->bind(4, account.nation).bind(5, account.language).bind(6, std::int64_t{account.disabled});
    if (account.last_sign_in)
        s->bind(7, account.last_sign_in->microseconds);
    else
        s->bind_null(7);
    s->bind(8, account.password);
    return s->run();
}

Result<Tries> AccountTables::tries(std::string_view key) {
    ENTENTE_ASSIGN_OR_RETURN(
        auto* s, statements_.get("SELECT wrong, lockings, last, locked_until FROM tries WHERE hidden=?1")
    );
    s->bind_blob(1, hidden(key));
    ENTENTE_ASSIGN_OR_RETURN(const bool row, s->step());
    if (!row) return Tries{};
    const Tries out{
        static_cast<std::uint32_t>(s->integer(0)),
        static_cast<std::uint32_t>(s->integer(1)),
        {s->integer(2)},
        {s->integer(3)}};
    s->reset();
    return out;
}

Result<void> AccountTables::put_tries(std::string_view key, const Tries& tries) {
    ENTENTE_ASSIGN_OR_RETURN(auto* s, statements_.get("INSERT OR REPLACE INTO tries VALUES(?1,?2,?3,?4,?5)"));
    s->bind_blob(1, hidden(key)).bind(2, std::int64_t{tries.wrong}).bind(3, std::int64_t{tries.lockings});
    s->bind(4, tries.last.microseconds).bind(5, tries.locked_until.microseconds);
    return s->run();
}

Result<void> AccountTables::forget_tries(std::string_view key) {
    ENTENTE_ASSIGN_OR_RETURN(auto* s, statements_.get("DELETE FROM tries WHERE hidden=?1"));
    s->bind_blob(1, hidden(key));
    return s->run();
}

Result<void> AccountTables::forget_strangers(Instant before, std::size_t beyond) {
    ENTENTE_ASSIGN_OR_RETURN(
        auto* old,
        statements_.get("DELETE FROM tries WHERE last<?1 AND hidden NOT IN (SELECT hidden FROM account)")
    );
    old->bind(1, before.microseconds);
    ENTENTE_RETURN_IF_ERROR(old->run());
    ENTENTE_ASSIGN_OR_RETURN(
        auto* many,
        statements_.get(
            "DELETE FROM tries WHERE hidden IN (SELECT hidden FROM tries WHERE hidden NOT IN (SELECT "
            "hidden FROM account) ORDER BY last LIMIT max(0,(SELECT count(*) FROM tries)-?1))"
        )
    );
    many->bind(1, static_cast<std::int64_t>(beyond));
    return many->run();
}

Result<std::optional<StoredSession>> AccountTables::session(const Hash& token) {
    ENTENTE_ASSIGN_OR_RETURN(auto* s, statements_.get(std::string(kSession) + " WHERE token=?1"));
    s->bind_blob(1, token.view());
    ENTENTE_ASSIGN_OR_RETURN(const bool row, s->step());
    if (!row) return std::nullopt;
    auto out = session_of(*s);
    s->reset();
    return out;
}

Result<std::vector<StoredSession>> AccountTables::sessions_of(std::string_view key) {
    ENTENTE_ASSIGN_OR_RETURN(
        auto* s,
        statements_.get(std::string(kSession) + " WHERE account=?1 ORDER BY seen DESC, began DESC, token")
    );
    s->bind(1, key);
    std::vector<StoredSession> out;
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool row, s->step());
        if (!row) break;
        out.push_back(session_of(*s));
    }
    s->reset();
    return out;
}

Result<void> AccountTables::add(const StoredSession& session) {
    ENTENTE_ASSIGN_OR_RETURN(auto* s, statements_.get("INSERT INTO session VALUES(?1,?2,?3,?4,?5,?6)"));
    s->bind_blob(1, session.token.view()).bind(2, session.account).bind(3, session.began.microseconds);
    s->bind(4, session.seen.microseconds).bind(5, session.peer).bind(6, session.browser);
    return s->run();
}

Result<void> AccountTables::seen(const Hash& token, Instant now) {
    ENTENTE_ASSIGN_OR_RETURN(auto* s, statements_.get("UPDATE session SET seen=max(seen,?2) WHERE token=?1"));
    s->bind_blob(1, token.view()).bind(2, now.microseconds);
    return s->run();
}

Result<void> AccountTables::end_session(const Hash& token) {
    ENTENTE_ASSIGN_OR_RETURN(auto* s, statements_.get("DELETE FROM session WHERE token=?1"));
    s->bind_blob(1, token.view());
    return s->run();
}

Result<void> AccountTables::end_sessions_of(std::string_view key) {
    ENTENTE_ASSIGN_OR_RETURN(auto* s, statements_.get("DELETE FROM session WHERE account=?1"));
    s->bind(1, key);
    return s->run();
}

Result<void> AccountTables::end_sessions(Instant began_before, Instant seen_before) {
    ENTENTE_ASSIGN_OR_RETURN(auto* s, statements_.get("DELETE FROM session WHERE began<?1 OR seen<?2"));
    s->bind(1, began_before.microseconds).bind(2, seen_before.microseconds);
    return s->run();
}

Result<std::optional<StoredSetUp>> AccountTables::set_up() {
    ENTENTE_ASSIGN_OR_RETURN(auto* s, statements_.get("SELECT token, until FROM set_up"));
    ENTENTE_ASSIGN_OR_RETURN(const bool row, s->step());
    if (!row) return std::nullopt;
    const StoredSetUp out{hash_of(s->blob(0)), {s->integer(1)}};
    s->reset();
    return out;
}

Result<void> AccountTables::put_set_up(const std::optional<StoredSetUp>& token) {
    ENTENTE_ASSIGN_OR_RETURN(auto* gone, statements_.get("DELETE FROM set_up"));
    ENTENTE_RETURN_IF_ERROR(gone->run());
    if (!token) return {};
    ENTENTE_ASSIGN_OR_RETURN(auto* s, statements_.get("INSERT INTO set_up VALUES(1,?1,?2)"));
    s->bind_blob(1, token->token.view()).bind(2, token->until.microseconds);
    return s->run();
}

Result<std::string> AccountTables::last_line() {
    ENTENTE_ASSIGN_OR_RETURN(
        auto* s, statements_.get("SELECT line FROM access ORDER BY number DESC LIMIT 1")
    );
    ENTENTE_ASSIGN_OR_RETURN(const bool row, s->step());
    std::string out(row ? s->blob(0) : std::string_view());
    s->reset();
    return out;
}

Result<void> AccountTables::append_line(std::uint64_t number, std::string_view line) {
    ENTENTE_ASSIGN_OR_RETURN(auto* s, statements_.get("INSERT INTO access VALUES(?1,?2)"));
    s->bind(1, static_cast<std::int64_t>(number)).bind_blob(2, line);
    return s->run();
}

Result<void> AccountTables::lines_back(
    std::uint64_t below, const std::function<Result<bool>(std::uint64_t, std::string_view)>& visit
) {
    ENTENTE_ASSIGN_OR_RETURN(
        auto* s, statements_.get("SELECT number, line FROM access WHERE number<?1 ORDER BY number DESC")
    );
    s->bind(1, static_cast<std::int64_t>(below));
    for (bool more = true; more;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool row, s->step());
        if (!row) break;
        auto goes_on = visit(static_cast<std::uint64_t>(s->integer(0)), s->blob(1));
        if (!goes_on) s->reset();
        ENTENTE_ASSIGN_OR_RETURN(more, std::move(goes_on));
    }
    s->reset();
    return {};
}

Result<void> AccountTables::each_line(
    const std::function<Result<void>(std::uint64_t, std::string_view)>& visit
) {
    ENTENTE_ASSIGN_OR_RETURN(auto* s, statements_.get("SELECT number, line FROM access ORDER BY number"));
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool row, s->step());
        if (!row) break;
        auto seen = visit(static_cast<std::uint64_t>(s->integer(0)), s->blob(1));
        if (!seen) s->reset();
        ENTENTE_RETURN_IF_ERROR(std::move(seen));
    }
    s->reset();
    return {};
}

}  // namespace entente::store::sqlite
