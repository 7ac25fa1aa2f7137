#include "api/api.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "api/access.h"
#include "api/list_file.h"
#include "api/people.h"
#include "api/problem.h"
#include "base/check.h"
#include "base/codec.h"
#include "base/hash.h"

namespace entente::api {
namespace {

/// Against a page that shows what it should not, and a page elsewhere that shows ours.
void harden(http::Response& out) {
    out.headers.emplace_back("X-Content-Type-Options", "nosniff");
    out.headers.emplace_back("Referrer-Policy", "same-origin");
    out.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
    out.headers.emplace_back("X-Frame-Options", "DENY");
    out.headers.emplace_back(
        "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"
    );
}

/// Of a body that no route reads; some programs send `{}` with whatever they ask.
constexpr std::size_t kMostUnread = 8192;
constexpr std::size_t kMostKey = 255;  ///< bytes

http::Response response_of(Reply reply, const http::Request& request) {
    http::Response out;
    if (reply.events) {
        out.events = std::move(reply.events);
        out.headers = {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}};
        return out;
    }
    out.status = reply.status;
    const bool is_json = reply.media_type.empty();
    out.body = is_json ? json::serialize(reply.body) : std::move(reply.bytes);
    out.headers = std::move(reply.headers);
    out.headers.emplace_back("Content-Type", is_json ? "application/json" : reply.media_type);
    if (!reply.file_name.empty())
        out.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + reply.file_name + "\"");
    if (request.method != "GET" || !reply.cached) {
        out.headers.emplace_back("Cache-Control", "no-store");
        return out;
    }
    // Of two readers each may be told something else of one revision: a tag is of the bytes, and begins with the
    // revision's own where there is one (`tag_of_revision`).
    std::string revision;
    std::erase_if(out.headers, [&](const auto& header) {
        if (header.first != "ETag") return false;
        revision = header.second.substr(1, header.second.size() - 2) + ".";
        return true;
    });
    const auto etag = "\"" + revision + hex(sha256(out.body).view()).substr(0, 32) + "\"";
    out.headers.emplace_back("ETag", etag);
    out.headers.emplace_back("Vary", "Cookie");
    // Kept by the reader alone, and asked again each time: what may be seen can change.
    out.headers.emplace_back("Cache-Control", "private, no-cache");
    if (request.header("If-None-Match") == etag) out.status = 304, out.body.clear();
    return out;
}

/// `application/json` of `Application/JSON; charset=utf-8`.
std::string media_type(std::string_view header) {
    std::string out(header.substr(0, header.find(';')));
    while (!out.empty() && (out.back() == ' ' || out.back() == '\t')) out.pop_back();
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

/// What is wrong with the request whatever it says: its body is of another media type, or its key is too long to keep.
std::optional<http::Response> wrong_form(const Route& route, const http::Request& request) {
    const auto type = media_type(request.header("Content-Type").value_or(""));
    if (!request.body.empty() && !route.body.empty() && route.body != "File" && type != "application/json") {
        auto out = problem(
            415, "Not in a form that is read here", fmt::format("found '{}', expected application/json", type)
        );
        out.headers.emplace_back("Accept", "application/json");
        return out;
    }
    if (const auto key = request.header("Idempotency-Key"); key && key->size() > kMostKey)
        return problem(Error{
            ErrorCode::invalid_argument,
            "Idempotency-Key",
            fmt::format("found {} bytes, expected {} at most", key->size(), kMostKey),
            ""});
    return {};
}

/// How many rows a list in JSON has.
std::size_t rows_of(const Reply& reply) {
    const auto* object = reply.media_type.empty() && !reply.events ? reply.body.if_object() : nullptr;
    const auto* items = object ? object->if_contains("items") : nullptr;
    return items && items->is_array() ? items->get_array().size() : 0;
}

Match match_of(const http::Request& request) {
    return match(all_routes(), request.method == "HEAD" ? "GET" : request.method, request.path);
}

http::Response no_route(const http::Request& request, const Match& found) {
    http::Response out;
    if (found.allow.empty()) {
        out = problem(404, "Not found", fmt::format("There is nothing at {}.", request.path));
    } else {
        out = problem(
            405,
            "Not allowed here",
            fmt::format("{} takes {}, not {}.", request.path, found.allow, request.method)
        );
        out.headers.emplace_back("Allow", found.allow);
    }
    harden(out);
    return out;
}

/// A page elsewhere must not act with the rights of whoever looks at it: what changes something must come from our own
/// pages, or from a program, which sends no Origin and must say so with a header that no form can. A session has a token
/// of its own for it.
bool from_our_pages(const http::Request& request, const Visitor& visitor) {
    if (request.local_socket && (visitor.owner || visitor.demonstration)) return true;
    if (const auto site = request.header("Sec-Fetch-Site"); site && *site != "same-origin") return false;
    if (const auto origin = request.header("Origin")) {
        const std::string host(request.header("Host").value_or(""));
        if (*origin != "http://" + host && *origin != "https://" + host) return false;
    }
    const auto sent = request.header("X-CSRF");
    return sent && (visitor.csrf.empty() || accounts::Sessions::same_token(visitor.csrf, *sent));
}

/// What an account of another nation may ask: what is filtered by its eyes, and what says nothing of the record.
bool is_for_partners(const Route& route) {
    return route.allowed.anyone || route.tells_nothing ||
           std::ranges::any_of(route.parameters, [](const auto& one) { return one.name == "as"; });
}

/// Why this route is not for this visitor; nothing: it is.
std::optional<http::Response> denial(
    const Route& route, const http::Request& request, const Visitor& visitor, bool behind_proxy
) {
    if (visitor.unclear)
        return problem(503, "Not available now", "Who asks could not be looked up. Try again.");
    // Through a proxy everybody comes from this computer.
    const bool at_home =
        route.this_machine && request.from_this_machine && !behind_proxy && visitor.is_nobody();
    if (!at_home && !visitor.may(route.allowed)) {
        if (!visitor.role) return problem(401, "Not signed in", "Sign in to see this.");
        return problem(
            403, "Not allowed", fmt::format("Your role, {}, may not do this.", to_text(*visitor.role))
        );
    }
    if (!visitor.nation.empty()) {
        const auto as = request.parameter("as").value_or("");
        if (!is_for_partners(route) || (!as.empty() && as != visitor.nation))
            return problem(
                403,
                "Not allowed",
                fmt::format("Your account sees what {} may see, and no more.", visitor.nation)
            );
    }
    if (route.unsafe() && !from_our_pages(request, visitor))
        return problem(
            403,
            "Not from here",
            "What changes something must come from this address, with the header X-CSRF as /api/session "
            "gives it."
        );
    return {};
}

}  // namespace

Api::Api(Workspace& work, ApiOptions options) : work_(work), options_(std::move(options)) {}

bool Api::answers(std::string_view path) {
    return path == "/api" || path.starts_with("/api/") || path == "/healthz" || path == "/metrics";
}

std::size_t Api::most_body(const http::Request& request) {
    const auto found = match(all_routes(), request.method, request.path);
    const bool takes_one = found.route && !found.route->body.empty();
    return takes_one ? found.route->most_body : kMostUnread;
}

Visitor demonstration_visitor(const http::Request& request) {
    Visitor out;
    out.demonstration = request.from_this_machine || request.local_socket;
    return out;
}

http::Response Api::answer(const http::Request& request) {
    auto found = match_of(request);
    if (!found.route) {
        auto out = no_route(request, found);
        work_.metrics().answered({}, request.method, out.status);
        return out;
    }
    const auto visitor = options_.visitor(request);
    Noted noted;
    auto out = answer_to(request, found, visitor, noted);
    if (!noted.logged) log(found, visitor, request, out, noted.shown);
    work_.metrics().answered(found.route->name, request.method, out.status);
    harden(out);
    return out;
}

std::optional<http::Response> Api::refuse(const http::Request& request) {
    const auto found = match_of(request);
    if (!found.route) return no_route(request, found);
    const auto visitor = options_.visitor(request);
    auto out = denial(*found.route, request, visitor, options_.behind_proxy);
    if (!out) return {};
    log(found, visitor, request, *out);
    harden(*out);
    return out;
}

void Api::log(
    const Match& found,
    const Visitor& visitor,
    const http::Request& request,
    http::Response& response,
    const Shown& shown
) {
    if (!options_.people) return;
    auto access = access_of(*found.route, found, visitor, request, response, shown);
    if (!access) return;
    access->peer = options_.people->from(request).peer;
    const bool refused = access->what == "denied";
    // What cannot be written down is not handed out.
    if (auto kept = options_.people->log().append(*access); !kept && !refused)
        response = problem(kept.error());
}

http::Response Api::answer_to(
    const http::Request& request, Match found, const Visitor& visitor, Noted& noted
) {
    const auto& route = *found.route;
    if (auto denied = denial(route, request, visitor, options_.behind_proxy)) return *std::move(denied);
    if (auto wrong = wrong_form(route, request)) return *std::move(wrong);
    Call call(route, request, std::move(found), visitor, work_, options_.people);
    try {
        if (auto checked = call.check(); !checked) return problem(checked.error());
        auto reply = route.answer(call);
        if (!reply) return problem(reply.error());
        noted = {reply->logged, {reply->personal, rows_of(*reply)}};
        const auto form = route.list.empty() ? std::string() : call.text("format");
        const bool is_json = reply->media_type.empty() || reply->media_type.starts_with("application/json");
        if (!form.empty() && form != "json" && reply->status == 200 && is_json) {
            // A page that was remembered is text already.
            const auto whole =
                reply->media_type.empty() ? reply->body : parse_json(reply->bytes).value_or(json::object{});
            const auto name =
                route.name == "countFacets" ? "facets" : route.path.substr(route.path.rfind('/') + 1);
            reply = list_file(whole.as_object(), route.list, form, name);
            if (!reply) return problem(reply.error());
        }
        return response_of(*std::move(reply), request);
    } catch (const BugError& bug) {
        return problem(500, "Something of ours is broken", bug.what());
    }
}

}  // namespace entente::api
