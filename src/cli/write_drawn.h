#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace entente::cli {

/// Puts what was drawn into the file that the person named, whole or not at all; `-` is the standard output.
/// What was there before is replaced.
/// Errors  invalid_argument: the folder is not there or may not be written to
Result<void> write_drawn(const std::string& file, std::string_view bytes);

}  // namespace entente::cli
