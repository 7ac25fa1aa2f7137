#include "base/check.h"

#include <fmt/format.h>

namespace entente {

void check(bool condition, std::string_view promise, std::source_location place) {
    if (!condition)
        throw BugError(fmt::format("broken promise: {} ({}:{})", promise, place.file_name(), place.line()));
}

}  // namespace entente
