// Builders of the tests of this room.
#pragma once

#include <string>
#include <vector>

#include "identity/mention_graph.h"

namespace entente::identity::test {

inline Mention mention(
    const std::string& text,
    std::uint64_t records = 1,
    const std::string& nation = "ALB",
    Kind kind = Kind::organisation
) {
    Mention out;
    out.key = {kind, nation, text};
    out.records = records;
    out.people = static_cast<double>(records);
    return out;
}

inline PersonJudgement judged(
    const std::string& left, const std::string& right, Verdict verdict, const std::string& nation = "ALB"
) {
    PersonJudgement out;
    out.left = {Kind::organisation, nation, left};
    out.right = MentionKey{Kind::organisation, nation, right};
    out.verdict = verdict;
    out.record = "j-" + left + "-" + right;
    return out;
}

/// Whether two mentions are in one cluster.
inline bool together(
    const MentionGraph& graph, const std::string& a, const std::string& b, const std::string& nation = "ALB"
) {
    const auto x = graph.find({Kind::organisation, nation, a});
    const auto y = graph.find({Kind::organisation, nation, b});
    return x && y && graph.cluster_of(*x) == graph.cluster_of(*y);
}

}  // namespace entente::identity::test
