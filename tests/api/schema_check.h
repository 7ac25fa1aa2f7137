#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace entente::tests {

/// Where a value does not keep to a JSON Schema: the keywords that api/schemas.json uses (type, required, properties,
/// items, enum, additionalProperties, $ref). A keyword that is not known here is a fault, too.
std::vector<std::string> faults(
    const json::value& value, const json::object& schema, const json::object& all, const std::string& at = "$"
);

}  // namespace entente::tests
