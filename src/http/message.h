// What a handler is given and what it gives back. Plain data; no network stands behind it.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace entente::http {

class EventStream;

using Fields = std::vector<std::pair<std::string, std::string>>;

/// One request, whole: its body has been read before a handler sees it.
struct Request {
    std::string method;  ///< GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS; nothing else reaches a handler
    std::string target;  ///< as received: path and query, still escaped
    std::string path;    ///< begins with a slash, decoded; without empty segments, ".", "..", NUL
    Fields query;        ///< decoded, in order; a name may occur more than once
    Fields headers;      ///< as received, in order
    std::string body;    ///< without its transfer coding
    std::string peer;  ///< address of the other side, "203.0.113.7"; "local" on the socket in the file system
    bool from_this_machine =
        false;                  ///< the peer is this machine, and no proxy says that it speaks for another
    bool local_socket = false;  ///< came by the socket in the file system: the peer is the same user
    std::stop_token stopping;   ///< the server ends now: whoever works long should return soon

    /// The first header of that name, in any spelling of capitals. Valid as long as the request.
    std::optional<std::string_view> header(std::string_view name) const;
    /// The first query parameter of that name. Valid as long as the request.
    std::optional<std::string_view> parameter(std::string_view name) const;
};

/// An answer. Content-Length, Connection and Date are added by the server, and to HEAD no body is sent.
struct Response {
    unsigned status = 200;
    Fields headers = {};
    std::string body = {};
    /// Server-sent events: when set, the body is what is published here, until either side closes.
    std::shared_ptr<EventStream> events = {};

    /// The same answer with one more header.
    Response with(std::string name, std::string value) &&;
};

/// Answers one request. Called by several threads at once; may block. An exception becomes a 500 that says
/// nothing of its cause.
using Handler = std::function<Response(const Request&)>;

/// Whether two header names are the same: ASCII, capitals do not matter.
bool same_name(std::string_view a, std::string_view b);

}  // namespace entente::http
