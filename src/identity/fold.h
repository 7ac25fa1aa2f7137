#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente::identity {

/// Why a name needs a person's eye before any rule may join it with another.
enum class NameDoubt : std::uint8_t {
    not_utf8,       ///< bytes that are no characters, or U+FFFD where a character was lost
    invisible,      ///< a character that shows nothing: zero width, control, variation selector
    direction,      ///< a character that turns the direction of writing
    mixed_scripts,  ///< letters of scripts that are not written together (UTS 39: below highly restrictive)
    mixed_digits,   ///< digits of two number systems
    stray_mark,     ///< a combining mark that no usual spelling of its letter has
    compatibility,  ///< a presentation form: full width, ligature, superscript, unusual blank
};

/// `a character that shows nothing`
std::string_view to_words(NameDoubt doubt);

/// A name in the forms by which names are compared. The bytes of the source stay what they are.
struct FoldedName {
    std::string raw;
    std::string exact;    ///< the same letters: NFC, lower case, runs of blanks and punctuation as one blank;
                          ///< punctuation between two digits stays
    std::string compare;  ///< the same reading: NFKC case fold without diacritics, a blank between run
                          ///< together words
    std::string skeleton;           ///< the same look (UTS 39), upper and lower case kept apart
    std::string skeleton_lower;     ///< the same look of `exact`, i and l alike
    std::vector<NameDoubt> doubts;  ///< each once, in the order above; none for ASCII
};

/// Folds one name. Texts that differ in `exact` are never the same name by themselves; equal `compare` or
/// `skeleton` is a reason to ask.
///
/// Cost  ASCII some 0.3 µs, else some 10 µs through ICU
/// Source  TRUST c.3 P17, UTS 39 (uspoof of ICU)
FoldedName fold_name(std::string_view raw);

}  // namespace entente::identity
