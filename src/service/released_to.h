#pragma once

#include <string>
#include <vector>

#include "service/node.h"

namespace entente::service {

/// The nations besides the originator that may see what bears a label; empty: nobody else.
/// \param  label  its digest
/// Errors  corrupt: no label of that digest, or none that can be read
Result<std::vector<std::string>> released_to(Node& node, const std::string& label);

}  // namespace entente::service
