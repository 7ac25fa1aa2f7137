#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "identity/mention_graph.h"
#include "identity/review.h"

namespace entente::identity {

/// Two clusters that may be one, by their best pair of names.
struct ClusterPair {
    std::uint32_t left_mention = 0;
    std::uint32_t right_mention = 0;
    Score score;
    bool same_look = false;
};

/// Pairs of clusters (the smaller number first) with a pair of names that scores at least `least_score`, or
/// that look the same. Definition and what is left out: see `find_open`.
std::map<std::pair<std::uint32_t, std::uint32_t>, ClusterPair> find_candidates(
    const MentionGraph& graph, const ReviewRequest& request
);

/// Whether a request asks for a mention.
bool is_asked_for(const MentionKey& key, const ReviewRequest& request);

}  // namespace entente::identity
