#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "measures/attention/watch.h"

namespace entente::measures {

enum class Comparison : std::uint8_t { equal, unequal, less, at_most, more, at_least };

/// `days > half_of_like`: a field of the row against a number, a word or another field.
struct Condition {
    std::string field;
    Comparison comparison = Comparison::equal;
    std::variant<double, std::string> against;  ///< a number; or a word, where `is_field` is false
    bool is_field = false;                      ///< `against` names a field of the row

    /// Missing  a field that cannot be said holds against nothing, not even `!=`
    bool holds(const Watched& row) const;
};

/// A rule of attention. Data: a user may keep other ones.
struct AttentionRule {
    std::string rule;                     ///< its name: `channel_late`
    std::string watches;                  ///< the watch whose rows it reads
    std::vector<std::string> conditions;  ///< as written
    std::vector<Condition> when;          ///< all must hold
    int severity = 1;                     ///< 1 to 3; 3 comes first
    std::string says;                     ///< `{field}` stands for the field of the row
    std::string could_do;
    std::string reason;
};

struct AttentionRules {
    std::string name;
    int version = 0;
    std::string date;
    std::string hash;       ///< first 12 hexadecimal digits of the SHA-256 of the text
    int restored_days = 0;  ///< how long after its last stop ended a tie is called restored
    int quiet_days = 0;     ///< without a contact for longer, a tie that is covered is called quiet
    std::vector<AttentionRule> rules;

    /// Name, version and hash: `first-rules 1 (3f2a…)`.
    std::string shown() const;
};

/// Reads a file of rules.
/// Errors  invalid_argument: names the rule and the field, what was found and what was expected; a watch or a field of
///         one that is not there, a name that occurs twice
Result<AttentionRules> parse_attention_rules(std::string_view text);

/// The file that ships.
std::string_view builtin_attention_text();
const AttentionRules& builtin_attention_rules();

}  // namespace entente::measures
