#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "identity/fold.h"
#include "identity/rule_tables.h"

namespace entente::identity {

enum class WordRole : std::uint8_t {
    content,  ///< tells names apart
    neutral,  ///< headquarters, republic
    nation,   ///< the nation's own name
    seat,     ///< the city of its ministries
};

/// One word of a name as it is compared.
struct Word {
    std::string text;
    std::string written;  ///< as it stood, where the table of words made another of it; else empty
    WordRole role = WordRole::content;
    bool number = false;  ///< holds a digit: a number or a code of a unit
};

/// The words of a name in their order: stop words left out, abbreviations and other languages read by the
/// table, ordinals as numbers (`1st`, `first`, `II`).
std::vector<Word> words_of(const FoldedName& name, std::string_view nation, const RuleTables& tables);

/// Numbers and codes of a name, sorted, each once.
std::vector<std::string> numbers_of(const std::vector<Word>& words);

}  // namespace entente::identity
