#pragma once

#include <string>

#include "api/call.h"
#include "api/route.h"
#include "api/workspace.h"
#include "http/message.h"

namespace entente::api {

struct ApiOptions {
    bool demonstration = false;  ///< everybody who reaches it may do everything but keep accounts
};

/// Answers requests.
/// Thread-safety  `answer` may be called from any number of threads
class Api {
public:
    Api(Workspace& work, ApiOptions options);

    http::Response answer(const http::Request& request);

    /// Most bytes of a body that are read for a path.
    static std::size_t most_body(std::string_view path);

private:
    Visitor visitor_of(const http::Request& request) const;

    Workspace& work_;
    ApiOptions options_;
};

}  // namespace entente::api
