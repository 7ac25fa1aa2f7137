#pragma once

#include "base/json.h"
#include "service/verify_node.h"

namespace entente::service {

/// What a check of the record found: what was looked at, whether all of it holds, and each finding.
json::object verify_json(const VerifyNodeOutcome& outcome);

}  // namespace entente::service
