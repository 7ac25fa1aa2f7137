#pragma once

#include <optional>

#include "accounts/access_line.h"
#include "api/call.h"

namespace entente::api {

/// What an answer shows, as far as the access log asks.
struct Shown {
    std::string personal = {};  ///< fields in which persons stand; empty: none
    std::size_t rows = 0;       ///< of a list in JSON
};

/// What the access log keeps of an answer: refusals, records that are carried away as a file, values of persons that are
/// shown, and looks through another nation's eyes. Nothing: it keeps none.
/// \param  shown  what only the route knows of the answer
std::optional<accounts::Access> access_of(
    const Route& route,
    const Match& match,
    const Visitor& visitor,
    const http::Request& request,
    const http::Response& response,
    const Shown& shown = {}
);

/// Whose act it is, for the log.
std::string actor_of(const Visitor& visitor);

}  // namespace entente::api
