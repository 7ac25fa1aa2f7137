#include "api/people.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "http/host.h"

namespace entente::api {
namespace {

bool speaks_for_another(const http::Request& request) {
    return request.header("Forwarded") || request.header("X-Forwarded-For") || request.header("X-Real-IP") ||
           request.header("Via");
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

/// The value of a cookie; none where two have the name: one of them is not ours.
std::optional<std::string> cookie_of(const http::Request& request, std::string_view name) {
    std::optional<std::string> out;
    for (const auto& [header, value] : request.headers) {
        if (!http::same_name(header, "Cookie")) continue;
        for (std::string_view rest = value; !rest.empty();) {
            const auto end = std::min(rest.find(';'), rest.size());
            const auto one = trimmed(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
            const auto equals = one.find('=');
            if (equals == std::string_view::npos || one.substr(0, equals) != name) continue;
            if (out) return std::nullopt;
            out = std::string(one.substr(equals + 1));
        }
    }
    return out;
}

}  // namespace

People::People(accounts::AccountStore& store, const Clock& clock, PeopleOptions options)
    : options_(options),
      accounts_(store, clock, options.cost),
      sessions_(store, clock, options.cost, options.tries_a_minute),
      log_(store, clock) {}

const char* People::cookie_name() const {
    return options_.tls ? "__Host-entente" : "entente";
}

std::string People::cookie(const std::string& token) const {
    return fmt::format(
        "{}={}; Path=/; HttpOnly; SameSite=Strict{}", cookie_name(), token, options_.tls ? "; Secure" : ""
    );
}

std::string People::no_cookie() const {
    return cookie("") + "; Max-Age=0";
}

/// Whether the other side is the server in front of us: anybody can send its headers.
bool People::is_proxy(const http::Request& request) const {
    return request.local_socket || http::is_loopback_name(request.peer) ||
           std::ranges::find(options_.proxies, request.peer) != options_.proxies.end();
}

accounts::From People::from(const http::Request& request) const {
    accounts::From out{request.peer, std::string(request.header("User-Agent").value_or(""))};
    if (!options_.behind_proxy || !is_proxy(request)) return out;
    // The last one was put there by the proxy; those before it may be anybody's invention.
    for (const auto& [name, value] : request.headers)
        if (http::same_name(name, "X-Forwarded-For"))
            out.peer = trimmed(std::string_view(value).substr(value.rfind(',') + 1));
    return out;
}

Visitor People::visitor_of(const accounts::Session& session) {
    Visitor out;
    out.account = session.account.name, out.account_id = session.account.id, out.role = session.account.role;
    out.nation = session.account.nation, out.display_name = session.account.display_name;
    out.language = session.account.language;
    out.csrf = session.csrf, out.session = session.digest;
    return out;
}

Result<bool> People::has_accounts() {
    if (any_) return true;
    ENTENTE_ASSIGN_OR_RETURN(const bool any, accounts_.any());
    if (any) any_ = true;
    return any;
}

Result<Visitor> People::look_up(const http::Request& request) {
    if (const auto token = cookie_of(request, cookie_name()); token && !token->empty()) {
        ENTENTE_ASSIGN_OR_RETURN(const auto session, sessions_.find(*token));
        if (session) return visitor_of(*session);
    }
    Visitor out;
    out.owner = request.local_socket && !speaks_for_another(request);
    if (out.owner) return out;
    ENTENTE_ASSIGN_OR_RETURN(const bool any, has_accounts());
    out.demonstration = !any && request.from_this_machine && !options_.behind_proxy;
    return out;
}

Visitor People::visitor(const http::Request& request) {
    auto found = look_up(request);
    if (found) return *std::move(found);
    Visitor out;
    out.unclear = true;
    return out;
}

void People::watch(const std::shared_ptr<http::EventStream>& stream, const Visitor& visitor) {
    if (visitor.owner) return;
    const std::lock_guard lock(watched_lock_);
    watched_.push_back({stream, visitor.session});
}

void People::close_what_ended() {
    const std::lock_guard lock(watched_lock_);
    std::erase_if(watched_, [&](const auto& one) {
        const auto stream = one.stream.lock();
        if (!stream || stream->closed()) return true;
        if (one.session) {
            if (sessions_.goes_on(*one.session).value_or(false)) return false;
        } else {
            const auto over = has_accounts();
            if (over && !*over) return false;
        }
        stream->close();
        return true;
    });
}

}  // namespace entente::api
