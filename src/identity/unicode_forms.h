// The forms of a text that need ICU; `fold.cpp` comes here with everything that is not ASCII.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "identity/fold.h"

namespace entente::identity {

/// Invalid bytes become U+FFFD; then NFC.
std::string composed(std::string_view text);
/// Lower case letter by letter, so that no form is resolved on the way; typographic quotes and dashes become
/// ASCII.
/// Requires  NFC
std::string lowered(std::string_view text);
/// NFKC case fold, without combining marks and invisible characters; stroked letters and ligatures spelled
/// out.
std::string readable(std::string_view text);
/// UTS 39 skeleton.
std::string skeleton_of(std::string_view text);
/// Skeletons of the ASCII characters: that of an ASCII text is theirs, one after the other.
const std::array<std::string, 128>& ascii_skeletons();
/// Each doubt once, in the order of NameDoubt.
std::vector<NameDoubt> doubts_of(std::string_view raw);

/// The characters beyond ASCII, in their order, at most six: `U+0410 U+200B`.
std::string points_beyond_ascii(std::string_view raw);

}  // namespace entente::identity
