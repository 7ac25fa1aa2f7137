#pragma once

#include <string>
#include <vector>

#include "measures/attention/attention.h"
#include "measures/attention/tie_state.h"

namespace entente::measures {

/// A tie of the home, as an overview shows it.
struct OverviewTie {
    std::string id;    ///< of the partner
    std::string code;  ///< may be empty
    std::string name;
    TieStanding standing;
    std::string stopped;   ///< what stopped, by whom; empty without a stop
    std::string strength;  ///< `23 (12–40), between thin and moderate`, `22 % seen, no total`
    std::optional<double> total;
    std::vector<AttentionItem> items;  ///< what is not put off
    std::vector<AttentionItem> put_off;
};

struct Overview {
    std::string home;  ///< name
    std::string home_id;
    std::string home_code;  ///< or name
    Day at;
    std::vector<OverviewTie> ties;     ///< by name
    std::vector<std::string> nothing;  ///< codes or names of nations of which nothing is on record
};

/// Looks at one tie for an overview. `tie` outlives the result.
OverviewTie overview_tie(
    const WatchedTie& tie, const AttentionRules& rules, std::string id, std::string code, std::string name
);

/// A partner whose tie is to be looked at.
struct OverviewPartner {
    const PairFacts* facts = nullptr;
    std::string id;
    std::string code;
    std::string name;
};

/// The same of many ties, parted among threads; in their order.
/// Cost  two strengths each
std::vector<OverviewTie> overview_ties(
    std::span<const OverviewPartner> partners,
    const AttentionRules& rules,
    const Parameters& parameters,
    Day at,
    unsigned threads = 1
);

/// Groups the partners by how the tie stands, and lists what needs attention. Ranks nothing: inside a group the latest
/// stop comes first, else the alphabet.
///
/// Definition  what is the same thing with several partners stands once
/// \param  all  also what is not pressing, and the names of all
Answer overview_answer(
    const Overview& overview, const AttentionRules& rules, const Parameters& parameters, bool all
);

/// Only what needs attention, of all partners.
Answer attention_of_all(const Overview& overview, const AttentionRules& rules, const Parameters& parameters);

/// Items as a table; each row stands as a paragraph. `partners`: who, before each.
struct SharedItem {
    const AttentionItem* item = nullptr;
    std::vector<const OverviewTie*> ties;
};
AnswerTable attention_table(const std::vector<SharedItem>& items, bool with_partners);
/// What is put off, until when and why.
AnswerTable put_off_table(const std::vector<SharedItem>& items, bool with_partners);

}  // namespace entente::measures
