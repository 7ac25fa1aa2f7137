#pragma once

#include <optional>

#include "accounts/access_line.h"
#include "api/call.h"

namespace entente::api {

/// What the access log keeps of an answer: refusals, records that are carried away as a file, and looks through another
/// nation's eyes. Nothing: it keeps none.
std::optional<accounts::Access> access_of(
    const Route& route,
    const Match& match,
    const Visitor& visitor,
    const http::Request& request,
    const http::Response& response
);

/// Whose act it is, for the log.
std::string actor_of(const Visitor& visitor);

}  // namespace entente::api
