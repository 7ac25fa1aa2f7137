#pragma once

#include "base/json.h"
#include "service/node.h"

namespace entente::api {

/// The signed head of the log with the key that checks it, and how many entries lie beyond.
/// Errors  as Node::standing
Result<json::object> checkpoint_json(service::Node& node);

}  // namespace entente::api
