#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "identity/fold.h"
#include "identity/words.h"

namespace entente::identity {

/// A name read for comparing.
struct ReadName {
    FoldedName folded;
    std::vector<Word> words;
    std::vector<std::string> numbers;
};

ReadName read_name(std::string_view text, std::string_view nation, const RuleTables& tables);

/// How much a word tells names apart, from the names among which they are compared.
class Rarity {
public:
    void add(const ReadName& name);
    /// 0 to 1: 1 for a word of one name alone, towards 0 for one in all; a tenth of that for the nation's
    /// name, seats and neutral words.
    double weight(const Word& word) const;

private:
    std::unordered_map<std::string, std::size_t> names_with_;
    std::size_t names_ = 0;
};

struct ScorePart {
    std::string name;   ///< `words`, `letters`, `numbers`, `blanks`, `look`
    double value = 0;   ///< 0 to 1
    std::string words;  ///< what was found, for people
};

/// How likely two names are names of one thing; an order for people, no probability.
struct Score {
    double total = 0;  ///< 0 to 1
    std::vector<ScorePart> parts;
};

/// Compares two names.
///
/// Definition  numbers x (0.7 words + 0.3 letters). words: twice the weight of matched words over the weight
/// of
///             all; near spellings (Jaro-Winkler from 0.9) count as much as they agree, initials nine tenths.
///             letters: Jaro-Winkler of the readings. numbers: 1 when equal, 0 when both have some and they
///             differ (1st Battalion is never 2nd Battalion), 0.75 when one side has none. Names that look
///             the same and are written with other characters score at least 0.95
/// Invariant   symmetric
Score compare_names(const ReadName& a, const ReadName& b, const Rarity& rarity);

/// Jaro-Winkler similarity of two texts by bytes, 0 to 1.
double jaro_winkler(std::string_view a, std::string_view b);

}  // namespace entente::identity
