#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/day.h"
#include "base/result.h"

namespace entente::identity {

/// What a word of the table is.
enum class WordKind : std::uint8_t {
    stop,       ///< joins words and names nothing
    neutral,    ///< part of many names without telling them apart
    spelling,   ///< another spelling or language of the same word
    shortened,  ///< an abbreviation
    number,     ///< a number in words
};

struct WordEntry {
    WordKind kind = WordKind::stop;
    std::vector<std::string> means;    ///< words; one number for WordKind::number
    std::vector<std::string> nations;  ///< none: everywhere
};

/// How a nation is named in the names of its organisations, as folded words.
struct NationWords {
    std::vector<std::vector<std::string>> phrases;  ///< names, adjectives and its code; longest first
    std::vector<std::vector<std::string>> seats;    ///< cities in which its ministries sit
};

enum class RuleVerdict : std::uint8_t {
    positive,  ///< whoever is called so is the organisation
    negative,  ///< whoever is called so is not the organisation one might think
};

/// One line of the table of organisations.
struct OrganisationRule {
    std::string rule;
    int version = 1;
    std::vector<std::string> nations;  ///< none: everywhere
    std::optional<Day> since;          ///< first day on which the name meant it; absent: no limit
    std::optional<Day> until;
    std::string kind;
    std::string organisation;
    RuleVerdict verdict = RuleVerdict::positive;
    std::vector<std::vector<std::string>> phrases;  ///< all word sequences that the pattern allows
    std::string reason;
    std::size_t line = 0;

    bool holds_in(std::string_view nation) const;
    /// `ministry-of-defence@1`
    std::string handle() const { return rule + "@" + std::to_string(version); }
};

/// The dated code tables by which names are read and matches are accepted. Immutable.
class RuleTables {
public:
    /// Reads the three tables (CSV with a header).
    /// Errors  invalid_argument, naming table and line: a missing column, a verdict, date or pattern that
    /// cannot
    ///         be read
    static Result<RuleTables> create(
        std::string_view words, std::string_view nations, std::string_view organisations
    );
    /// The tables built into the program (data/rules). A broken one is a bug.
    static const RuleTables& builtin();

    /// The entry of a folded word; one for this nation goes before one for all.
    const WordEntry* word(std::string_view word, std::string_view nation) const;
    const NationWords* nation(std::string_view code) const;
    /// Several words that together say nothing of whose name it is.
    const std::vector<std::vector<std::string>>& neutral_phrases() const { return neutral_phrases_; }
    /// Rules that hold in a nation; those that name it come first.
    std::vector<const OrganisationRule*> rules_of(std::string_view nation) const;
    const std::vector<OrganisationRule>& rules() const { return rules_; }
    /// Handle of the rule that joins texts with the same letters; empty when the table does not have it.
    const std::string& same_letters() const { return same_letters_; }

private:
    Result<void> read_words(std::string_view text);
    Result<void> read_nations(std::string_view text);
    Result<void> read_organisations(std::string_view text);
    void without_stops(std::vector<std::string>& words) const;

    std::unordered_multimap<std::string, WordEntry> words_;
    std::vector<std::vector<std::string>> neutral_phrases_;
    std::map<std::string, NationWords, std::less<>> nations_;
    std::vector<OrganisationRule> rules_;
    std::string same_letters_;
};

/// All sequences of words that a pattern allows. `[x]` may be left out; `(a|b c)` is one of several.
/// Errors  invalid_argument: a bracket without its end, nothing inside, more than 500 sequences
Result<std::vector<std::vector<std::string>>> expand_pattern(std::string_view pattern);

/// Files that a person may put in place of the built-in tables, by name: words.csv, nations.csv,
/// organisations.csv. An unknown name is a bug.
std::string_view embedded_rules(std::string_view name);

}  // namespace entente::identity
