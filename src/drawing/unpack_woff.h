#pragma once

#include <string>
#include <string_view>

namespace entente::drawing {

/// The font inside a WOFF 1.0 file, byte for byte; empty when it is none.
///
/// Source  W3C, WOFF File Format 1.0, sections 3 to 5
std::string unpack_woff(std::string_view woff);

}  // namespace entente::drawing
