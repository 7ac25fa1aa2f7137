#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/search_text.h"
#include "domain/declaration.h"

namespace entente::ledger {

/// A question in words, read. Words are joined by "and"; `OR` stands between alternatives; `-word` must not
/// occur; `"two words"` follow each other; `nav*` begins so; `field:word` looks into one declared field;
/// parentheses group. Marks and case do not matter.
struct TextQuery {
    enum class Kind : std::uint8_t { all, any, without, terms };
    Kind kind = Kind::all;
    std::vector<TextQuery> parts;   ///< of all and any; of without, one
    std::string field;              ///< of terms: where they must stand; empty: anywhere
    std::vector<SoughtTerm> terms;  ///< that follow each other
};

/// Reads a question. `types`: whose fields may be named; none: any type's.
/// Errors  invalid_argument, naming what was found: a quote or parenthesis not closed, a word without letters
/// and digits, a field that nobody declares (with near names), over 500 bytes, over 50 words
Result<TextQuery> parse_text_query(
    std::string_view text, const domain::Schema& schema, const std::vector<std::string>& types
);

}  // namespace entente::ledger
