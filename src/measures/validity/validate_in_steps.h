#pragma once

#include <functional>

#include "measures/validity/sections.h"

namespace entente::measures::validity {

/// Asks all questions as `validate` does, and can be stopped between them.
/// \param  go_on  told the share that is answered; false: the rest is not asked
Validated validate_in_steps(
    const ValidityFacts& facts, const Parameters& parameters, const std::function<bool(double share)>& go_on
);

}  // namespace entente::measures::validity
