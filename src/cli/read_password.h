#pragma once

#include <string>

#include "base/result.h"

namespace entente::cli {

/// A password that nobody sees: typed twice without echo on a terminal; else the first line of standard input.
/// Errors  invalid_argument: nothing was typed, or the second time something else
Result<std::string> read_password(const std::string& whose);

}  // namespace entente::cli
