#include "identity/organisations.h"

#include <algorithm>
#include <set>

#include "identity/words.h"

namespace entente::identity {
namespace {

// A phrase of a rule that stands at a place in a name.
struct Found {
    const OrganisationRule* rule = nullptr;
    std::size_t length = 0;
};

bool stands_at(
    const std::vector<std::string>& words, std::size_t at, const std::vector<std::string>& phrase
) {
    return at + phrase.size() <= words.size() &&
           std::equal(phrase.begin(), phrase.end(), words.begin() + static_cast<std::ptrdiff_t>(at));
}

// The longest phrase at a place; among equals that of the rule which comes first.
Found longest_at(
    const std::vector<std::string>& words, std::size_t at, const std::vector<const OrganisationRule*>& rules
) {
    Found found;
    for (const auto* rule : rules)
        for (const auto& phrase : rule->phrases)
            if (phrase.size() > found.length && stands_at(words, at, phrase)) found = {rule, phrase.size()};
    return found;
}

bool names_several(const FoldedName& name, const std::vector<std::string>& rest) {
    static const std::set<std::string, std::less<>> services{
        "army", "navy", "air", "police", "marine", "guard", "carabineros", "gendarmerie", "parliament"};
    std::set<std::string_view> seen;
    for (const auto& word : rest) {
        if (word == "ministry" || word == "ministries") return true;
        if (services.contains(word)) seen.insert(word);
    }
    return seen.size() >= 2 || name.raw.find_first_of(";+") != std::string::npos;
}

bool all_numbers(const std::vector<std::string>& words) {
    return std::all_of(words.begin(), words.end(), [](const std::string& word) {
        return word.find_first_not_of("0123456789") == std::string::npos;
    });
}

bool in_time(const OrganisationRule& rule, const UsedDays& used) {
    return !(rule.since && used.first && *used.first < *rule.since) &&
           !(rule.until && used.last && *used.last > *rule.until);
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
    return out;
}

}  // namespace

std::string_view to_words(Named named) {
    switch (named) {
        case Named::nothing:
            return "no rule";
        case Named::whole:
            return "the organisation itself";
        case Named::within:
            return "in or under the organisation";
        case Named::several:
            return "several organisations";
        case Named::another:
            return "not the organisation";
        case Named::out_of_time:
            return "used when the rule does not hold";
        case Named::unclear:
            return "not clear";
    }
    return {};
}

OrganisationFinding read_organisation(
    const FoldedName& name, std::string_view nation, const UsedDays& used, const RuleTables& tables
) {
    std::vector<std::string> words;
    for (const auto& word : words_of(name, nation, tables))
        if (word.role == WordRole::content) words.push_back(word.text);
    const auto rules = tables.rules_of(nation);

    OrganisationFinding out;
    std::vector<std::string> rest;
    std::set<std::string_view> organisations;
    for (std::size_t at = 0; at < words.size();) {
        const auto found = longest_at(words, at, rules);
        if (!found.rule) {
            rest.push_back(words[at++]);
            continue;
        }
        if (!out.rule) out.rule = found.rule;
        organisations.insert(found.rule->organisation);
        at += found.length;
    }
    if (!out.rule) return out;
    out.rest = joined(rest);
    if (!name.doubts.empty())
        out.named = Named::unclear;
    else if (organisations.size() > 1 || (!rest.empty() && names_several(name, rest)))
        out.named = Named::several;
    else if (out.rule->verdict == RuleVerdict::negative)
        out.named = Named::another;
    else if (!rest.empty())
        out.named = all_numbers(rest) ? Named::unclear : Named::within;
    else
        out.named = in_time(*out.rule, used) ? Named::whole : Named::out_of_time;
    return out;
}

}  // namespace entente::identity
