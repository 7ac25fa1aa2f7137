#pragma once

#include <functional>
#include <optional>
#include <string>

#include "api/access.h"
#include "api/call.h"
#include "api/route.h"
#include "api/workspace.h"
#include "http/message.h"

namespace entente::api {

/// Everybody on this computer may do everything: the demonstration.
Visitor demonstration_visitor(const http::Request& request);

struct ApiOptions {
    /// Who asks; by what the request bears.
    std::function<Visitor(const http::Request&)> visitor;
    /// Accounts, and the log of what is refused and carried away; without them nothing is logged.
    People* people = nullptr;
    bool behind_proxy =
        false;  ///< another server speaks for browsers: nobody is known to come from this computer
};

/// Answers requests.
/// Thread-safety  `answer` may be called from any number of threads
class Api {
public:
    Api(Workspace& work, ApiOptions options);

    http::Response answer(const http::Request& request);
    /// The answer to whoever may not ask this at all, so that no long body is read for them; nothing: they may.
    std::optional<http::Response> refuse(const http::Request& request);

    /// Whether a path is one of the API; the app has the others.
    static bool answers(std::string_view path);

    /// Most bytes of a body that are read for a request.
    static std::size_t most_body(const http::Request& request);

private:
    void log(
        const Match& found,
        const Visitor& visitor,
        const http::Request& request,
        http::Response& response,
        const Shown& shown = {}
    );
    /// What an answer leaves to the access log.
    struct Noted {
        bool logged = false;
        Shown shown = {};
    };
    http::Response answer_to(const http::Request& request, Match found, const Visitor& visitor, Noted& noted);

    Workspace& work_;
    ApiOptions options_;
};

}  // namespace entente::api
