#pragma once

#include <string>
#include <vector>

#include "measures/attention/rules.h"

namespace entente::measures {

/// One thing about a tie that needs attention.
struct AttentionItem {
    const AttentionRule* rule = nullptr;
    std::string key;   ///< rule and what it is about: the same from day to day, so that it can be put off
    std::string says;  ///< `Maritime consultation: stopped by China on 5 Aug 2022, …`
    std::string could_do;
    Day since;
    std::vector<Evidence> records;
    Watched row;                      ///< what was watched: for pages that say it in another language
    const Snooze* snoozed = nullptr;  ///< put off until after the day, with the latest end of any
};

/// Says what needs attention, and why.
///
/// Definition  a rule reads the rows of its watch; each row for which all of its conditions hold is an item. Severest
///             first, then the latest, then by key; what is put off comes last
/// Missing     a field that cannot be said meets no condition: what is not known raises nothing, except where a rule
///             asks for just that
/// Source      MEASURES.md 14
/// Requires    `rules` and the facts outlive the result
std::vector<AttentionItem> attention(const WatchedTie& tie, const AttentionRules& rules);

/// What is put off last; else severest first, then the latest, then by key.
bool comes_before(const AttentionItem& a, const AttentionItem& b);

}  // namespace entente::measures
