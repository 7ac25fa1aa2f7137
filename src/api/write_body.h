// What bodies of writing routes have in common.
#pragma once

#include "api/call.h"
#include "service/write_record.h"

namespace entente::api {

/// `{"held":["2024-04-03"],"with":["USA","CHN"]}`; a single text may stand without brackets.
/// Errors  invalid_argument, naming the field
Result<service::TypedFields> typed_fields(const json::object& body, const char* name);

/// `preview`, `releasable_to`, and the Idempotency-Key of the request.
/// Errors  invalid_argument
Result<service::WriteOptions> options_of(const Call& call, const json::object& body);

}  // namespace entente::api
