#include "cli/write_drawn.h"

#include <fmt/format.h>

#include "base/files.h"
#include "cli/session.h"

namespace entente::cli {

Result<void> write_drawn(const std::string& file, std::string_view bytes) {
    if (file == "-") {
        print(bytes);
        return {};
    }
    if (auto done = replace_file(file, bytes); !done)
        return fail(
            ErrorCode::invalid_argument,
            "file",
            fmt::format("could not write {}: {}", file, done.error().message)
        );
    say(fmt::format("Written to {}.\n", file));
    return {};
}

}  // namespace entente::cli
