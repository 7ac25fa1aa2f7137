#pragma once

#include "api/call.h"

namespace entente::api {

/// Who asks, whose node it is, and how far the record goes: to nobody in particular, and to an account of another
/// nation, no more than the node's name.
Result<json::object> session_json(Call& call, const Visitor& visitor);

}  // namespace entente::api
