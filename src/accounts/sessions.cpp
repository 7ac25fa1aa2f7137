#include "accounts/sessions.h"

#include <algorithm>

#include <sodium.h>

#include "accounts/account_name.h"
#include "base/codec.h"
#include "base/random.h"

namespace entente::accounts {
namespace {

constexpr std::int64_t kSecond = 1'000'000;  // microseconds
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kIdle = 30 * kMinute, kAbsolute = 12 * 60 * kMinute, kDay = 24 * 60 * kMinute;
/// A request within a minute of the last one writes nothing.
constexpr std::int64_t kBetweenMarks = kMinute;
constexpr std::uint32_t kWrongUntilLocked = 5;
constexpr std::int64_t kFirstLocking = 15 * kMinute;
/// Names that nobody has are remembered as long as they could tell, and no more of them than that.
constexpr std::size_t kMostStrangers = 20'000;
constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kIdLetters = 16;
constexpr std::size_t kLongestBrowser = 160;

Instant later(Instant from, std::int64_t by) {
    return {from.microseconds + by};
}

std::int64_t locking(std::uint32_t earlier) {
    return std::min(kFirstLocking << std::min(earlier, 16U), kDay);
}

std::string csrf_of(const std::string& token) {
    return base64url(hmac_sha256(token, "csrf").view());
}

std::string cut(const std::string& text, std::size_t most) {
    std::string out = text.substr(0, most);
    for (char& c : out)
        if (c < 0x20 || c > 0x7e) c = '?';
    return out;
}

}  // namespace

Sessions::Sessions(AccountStore& store, const Clock& clock, HashCost cost, std::size_t tries_a_minute)
    : store_(store), clock_(clock), cost_(cost), throttle_(tries_a_minute) {}

Result<Sessions::Counted> Sessions::count_try(const std::string& key) {
    Counted out;
    ENTENTE_RETURN_IF_ERROR(store_.write([&](AccountRows& rows) -> Result<void> {
        const auto now = clock_.now();
        ENTENTE_ASSIGN_OR_RETURN(out.account, rows.find(key));
        ENTENTE_ASSIGN_OR_RETURN(auto tries, rows.tries(key));
        out.locked = now < tries.locked_until;
        if (!out.locked) {
            if (++tries.wrong >= kWrongUntilLocked) {
                tries.locked_until = later(now, locking(tries.lockings));
                tries.wrong = 0, ++tries.lockings;
            }
            tries.last = now;
        } else {
            out.retry_after = (tries.locked_until.microseconds - now.microseconds) / kSecond + 1;
        }
        // Written in either case: how long it takes must not tell which it was.
        ENTENTE_RETURN_IF_ERROR(rows.put_tries(key, tries));
        return rows.forget_strangers(later(now, -2 * kDay), kMostStrangers);
    }));
    return out;
}

Result<std::expected<Account, Refusal>> Sessions::recognise(
    const std::string& name, const std::string& password, const From& from
) {
    using Outcome = std::expected<Account, Refusal>;
    if (!throttle_.admit(from.peer, clock_.now()))
        return Outcome(std::unexpect, Refusal{Refusal::Kind::too_many, kMinute / kSecond});
    std::call_once(made_dummy_, [&] {
        dummy_ = hash_password(random_bytes(kTokenBytes), cost_).value_or("");
    });
    const auto key = key_of(name);
    // Counted first: a thousand tries at once are a thousand tries.
    ENTENTE_ASSIGN_OR_RETURN(const auto counted, count_try(key));
    const bool known = counted.account.has_value();
    const bool right =
        is_password(known ? counted.account->password : dummy_, password.substr(0, kLongestPassword + 1));
    if (counted.locked) return Outcome(std::unexpect, Refusal{Refusal::Kind::locked, counted.retry_after});
    if (!known || !right || counted.account->disabled) return Outcome(std::unexpect, Refusal{});
    auto account = *counted.account;
    std::string renewed;
    if (is_outdated(account.password, cost_)) {
        ENTENTE_ASSIGN_OR_RETURN(renewed, hash_password(password, cost_));
    }
    ENTENTE_RETURN_IF_ERROR(store_.write([&](AccountRows& rows) -> Result<void> {
        ENTENTE_RETURN_IF_ERROR(rows.forget_tries(key));
        ENTENTE_ASSIGN_OR_RETURN(auto now, rows.find(key));
        if (renewed.empty() || !now || now->password != account.password) return {};
        now->password = account.password = renewed;
        return rows.change(*now);
    }));
    return Outcome(std::move(account));
}

Result<std::expected<Session, Refusal>> Sessions::sign_in(
    const std::string& name, const std::string& password, const From& from
) {
    using Outcome = std::expected<Session, Refusal>;
    ENTENTE_ASSIGN_OR_RETURN(const auto account, recognise(name, password, from));
    if (!account) return Outcome(std::unexpect, account.error());
    ENTENTE_ASSIGN_OR_RETURN(auto session, begin(*account, from));
    return Outcome(std::move(session));
}

Result<Session> Sessions::begin(const Account& account, const From& from) {
    Session out;
    out.token = base64url(random_bytes(kTokenBytes));
    out.digest = sha256(out.token);
    out.csrf = csrf_of(out.token);
    ENTENTE_RETURN_IF_ERROR(store_.write([&](AccountRows& rows) -> Result<void> {
        const auto now = clock_.now();
        ENTENTE_ASSIGN_OR_RETURN(auto current, rows.find(account.key));
        // Disabled, or given another password, while this one was looked at.
        if (!current || current->disabled || current->password != account.password)
            return fail(
                ErrorCode::conflict, "name", "found that the account was changed meanwhile; sign in again"
            );
        current->last_sign_in = now;
        ENTENTE_RETURN_IF_ERROR(rows.change(*current));
        ENTENTE_RETURN_IF_ERROR(rows.end_sessions(later(now, -kAbsolute), later(now, -kIdle)));
        out.account = *std::move(current);
        return rows.add(StoredSession{
            out.digest, account.key, now, now, cut(from.peer, 64), cut(from.browser, kLongestBrowser)});
    }));
    return out;
}

bool Sessions::goes_on(const StoredSession& session, Instant now) {
    return now < later(session.seen, kIdle) && now < later(session.began, kAbsolute);
}

Result<std::optional<Session>> Sessions::find(const std::string& token) {
    std::optional<Session> out;
    std::optional<StoredSession> stored;
    const auto digest = sha256(token);
    ENTENTE_RETURN_IF_ERROR(store_.read([&](AccountRows& rows) -> Result<void> {
        ENTENTE_ASSIGN_OR_RETURN(stored, rows.session(digest));
        if (!stored || !goes_on(*stored, clock_.now())) return {};
        ENTENTE_ASSIGN_OR_RETURN(auto account, rows.find(stored->account));
        if (!account || account->disabled) return {};
        out = Session{token, digest, csrf_of(token), *std::move(account)};
        return {};
    }));
    const auto now = clock_.now();
    if (out && now >= later(stored->seen, kBetweenMarks))
        ENTENTE_RETURN_IF_ERROR(store_.write([&](AccountRows& rows) { return rows.seen(digest, now); }));
    return out;
}

Result<bool> Sessions::goes_on(const Hash& digest) {
    bool out = false;
    ENTENTE_RETURN_IF_ERROR(store_.read([&](AccountRows& rows) -> Result<void> {
        ENTENTE_ASSIGN_OR_RETURN(const auto stored, rows.session(digest));
        out = stored && goes_on(*stored, clock_.now());
        return {};
    }));
    return out;
}

Result<void> Sessions::sign_out(const Hash& digest) {
    return store_.write([&](AccountRows& rows) { return rows.end_session(digest); });
}

Result<std::vector<StoredSession>> Sessions::of(const std::string& key) {
    std::vector<StoredSession> out;
    ENTENTE_RETURN_IF_ERROR(store_.read([&](AccountRows& rows) -> Result<void> {
        ENTENTE_ASSIGN_OR_RETURN(out, rows.sessions_of(key));
        return {};
    }));
    std::erase_if(out, [&](const auto& one) { return !goes_on(one, clock_.now()); });
    return out;
}

Result<std::size_t> Sessions::end_others(const std::string& key, const std::string& id, const Hash& keep) {
    std::size_t ended = 0;
    ENTENTE_RETURN_IF_ERROR(store_.write([&](AccountRows& rows) -> Result<void> {
        ENTENTE_ASSIGN_OR_RETURN(const auto all, rows.sessions_of(key));
        for (const auto& one : all) {
            const bool meant = id.empty() ? one.token != keep : id_of(one.token) == id;
            if (!meant) continue;
            ENTENTE_RETURN_IF_ERROR(rows.end_session(one.token));
            ++ended;
        }
        return {};
    }));
    return ended;
}

std::string Sessions::id_of(const Hash& digest) {
    return hex(digest.view()).substr(0, kIdLetters);
}

bool Sessions::same_token(std::string_view expected, std::string_view sent) {
    return expected.size() == sent.size() &&
           sodium_memcmp(expected.data(), sent.data(), expected.size()) == 0;
}

}  // namespace entente::accounts
