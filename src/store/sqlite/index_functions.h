#pragma once

#include <string>
#include <vector>

#include "base/search_text.h"

struct sqlite3;

namespace entente::store::sqlite {

/// Adds what our statements over the index call:
/// `entente_has(text, terms)`  whether the terms stand in the text; `terms` as `in_one_text` gives them
/// `entente_year(day)`         the calendar year of a day number
bool add_index_functions(sqlite3* database);

/// Terms as one value for `entente_has`: one a line, a prefix with its star.
std::string in_one_text(const std::vector<SoughtTerm>& terms);

}  // namespace entente::store::sqlite
