// The files of schema/ as they were when the program was built.
#pragma once

#include <span>
#include <string_view>

namespace entente::domain {

/// One file: its name below schema/ with slashes, e.g. "records/actor.json", and its bytes.
struct EmbeddedFile {
    std::string_view name;
    std::string_view text;
};

/// All files, sorted by name. The views stay valid as long as the program runs.
std::span<const EmbeddedFile> embedded_schema();

}  // namespace entente::domain
