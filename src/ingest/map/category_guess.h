#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace entente::ingest::map {

/// The code of engagement_category that a word for a kind of contact is or suggests: a code itself, its name,
/// or a word of English, German, French or Spanish that has a known stem; empty: none.
std::string category_of(std::string_view kind);

/// A code with its meaning, for people: `EXR (exercise)`.
std::string category_words(std::string_view code);

/// Whether values are kinds and no more (`Visit`, `Port call`), rather than titles that hold one (`Exercise
/// Northern Star`).
bool are_kinds(const std::vector<std::string>& values);

/// Words, as the cells spell them, of which each tells a code: whoever goes through the list and takes the
/// first that a cell holds has the code that `category_of` has, for all of the values that have one.
struct CategoryWords {
    std::string code;
    std::vector<std::string> words;
};
std::vector<CategoryWords> words_for_categories(const std::vector<std::string>& values);

}  // namespace entente::ingest::map
