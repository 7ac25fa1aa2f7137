#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// The text as it goes into a search index: terms of letters and digits with blanks between them. Letters are
/// folded (NFKC, case, and marks of the alphabetic scripts, so that `Nguyễn` becomes `nguyen`); writing
/// without blanks (Chinese, Japanese, Thai and the like) becomes overlapping pairs of characters, closed by
/// the last one alone. A text in ASCII is given back as it is: the index folds and parts it itself.
/// Cost  ASCII: a scan; else some 1 us for 10 characters
std::string searchable(std::string_view text);
/// The same, behind what is there.
void append_searchable(std::string_view text, std::string& out);

/// The same, parted.
std::vector<std::string> searchable_terms(std::string_view text);

/// One term of a question. `prefix`: whatever begins with it.
struct SoughtTerm {
    std::string text;
    bool prefix = false;
    friend bool operator==(const SoughtTerm&, const SoughtTerm&) = default;
};

/// What a word or a phrase of a question asks for: terms that follow each other. Empty when the text has no
/// letter and no digit.
std::vector<SoughtTerm> sought_terms(std::string_view text, bool prefix);

/// Whether `sought` stands in `terms`, one term after the other.
bool has_terms(const std::vector<std::string>& terms, const std::vector<SoughtTerm>& sought);

}  // namespace entente
