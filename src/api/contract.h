#pragma once

#include <string_view>

#include "api/route.h"
#include "base/json.h"
#include "domain/declaration.h"

namespace entente::api {

/// What is asked and answered, as OpenAPI 3.1: made from the routes, the declarations of record types, and
/// api/schemas.json. The same declarations give the same bytes.
json::object contract(const Routes& routes, const domain::Schema& schema);

/// Which role may ask what, a line a route, as a table in Markdown.
std::string role_table(const Routes& routes);

/// api/schemas.json as it was built in.
std::string_view schemas_text();

}  // namespace entente::api
