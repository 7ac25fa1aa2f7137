#pragma once

#include <array>
#include <string_view>

namespace entente::drawing {

/// The typefaces of third_party/plex, as they lie there.
std::array<std::string_view, 5> plex_files();

}  // namespace entente::drawing
