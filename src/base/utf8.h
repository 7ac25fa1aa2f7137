#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

bool is_valid_utf8(std::string_view text);

/// Terminal cells that a text takes: 2 for wide, 0 for combining and control characters. Invalid bytes count
/// 1 each.
std::size_t cell_width(std::string_view text);

/// The text cut to at most `cells` cells, ending in `ellipsis` when something was cut; never inside a
/// character.
std::string fit_cells(std::string_view text, std::size_t cells, std::string_view ellipsis);

/// Words of `text` filled into lines of at most `cells` cells; a longer word stands alone.
std::vector<std::string> wrap_cells(std::string_view text, std::size_t cells);

/// Number of single-character edits between two texts (Levenshtein over code points, case ignored for ASCII).
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace entente
