// A tie in memory as the watches see it.
#pragma once

#include "measures/attention/attention.h"
#include "measures/shape/test_tie.h"

namespace entente::measures::test {

/// Keeps what a watched tie points to.
class Watching {
public:
    Watching(const Tie& tie, const char* at)
        : facts_(tie.facts()),
          at_(day(at)),
          masses_now_(weigh(facts_.tie, builtin_parameters(), at_)),
          masses_then_(weigh(facts_.tie, builtin_parameters(), at_ - 365)),
          now_(strength(facts_.tie, masses_now_, *drawn(builtin_parameters()), at_)),
          then_(strength(facts_.tie, masses_then_, *drawn(builtin_parameters()), at_ - 365)) {
        facts_.all_disruptions = facts_.disruptions;
    }

    PairFacts& facts() { return facts_; }
    WatchedTie tie() const { return {facts_, builtin_parameters(), at_, now_, then_}; }
    std::vector<Watched> rows(std::string_view watch) const { return find_watch(watch)->look(tie()); }
    std::vector<AttentionItem> items() const { return attention(tie(), builtin_attention_rules()); }
    /// Names of the rules that raise something, in the order of the items.
    std::vector<std::string> raised() const {
        std::vector<std::string> out;
        for (const auto& item : items()) out.push_back(item.rule->rule);
        return out;
    }

private:
    PairFacts facts_;
    Day at_;
    Masses masses_now_, masses_then_;
    Strength now_, then_;
};

}  // namespace entente::measures::test
