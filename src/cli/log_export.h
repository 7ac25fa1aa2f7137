#pragma once

#include <string>

#include "cli/session.h"
#include "service/node.h"

namespace entente::cli {

/// Puts a line into the access log of a node that has one: the owner carries records away. To be called before the first
/// of them is handed out, for what cannot be written down is not.
/// \param  form  `csv`, `xlsx`; with what is carried away, where that is not all of a type
/// Errors  unavailable: the log cannot be written
Result<void> log_export(
    const Session& session, const service::Node& node, const std::string& command, const std::string& form
);

}  // namespace entente::cli
