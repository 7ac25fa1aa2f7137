#pragma once

#include "base/json.h"
#include "measures/tie/strength.h"

namespace entente::service {

/// How strong a tie is, in short: the total with its band, the words and the share seen; without a total why there is
/// none. Six significant digits.
json::object strength_json(const measures::Strength& strength);

/// Its strands in the order of the parameters, each with how full it is, or why that cannot be said.
json::array strands_json(const measures::Strength& strength, const measures::Parameters& parameters);

}  // namespace entente::service
