#pragma once

#include <string>
#include <string_view>

namespace entente::ingest::map {

/// The word in a cell by which its row seems not to have been held: cancelled, postponed and the like, in English,
/// German, French or Spanish, as it stands there; empty: there is none.
std::string called_off_word(std::string_view cell);

}  // namespace entente::ingest::map
