#pragma once

#include <string>
#include <string_view>

namespace entente::ingest::map {

/// JSON without its comments: `//` outside of a text, to the end of the line, becomes blanks, so that places in
/// messages stay.
std::string without_comments(std::string_view text);

}  // namespace entente::ingest::map
