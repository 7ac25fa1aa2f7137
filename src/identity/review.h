#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "identity/mention_graph.h"

namespace entente::identity {

/// Why a cluster of mentions waits for a person.
enum class Open : std::uint8_t {
    doubt,      ///< characters that call for a person's eye
    conflict,   ///< judgements contradict each other
    rule,       ///< a rule came to no result: unexplained words, out of its time, not what one might think
    unsure,     ///< a person looked and could not tell
    candidate,  ///< another cluster may be the same
};

std::string_view to_words(Open open);

struct Candidate {
    std::uint32_t cluster = 0;
    std::uint32_t mention = 0;  ///< the member that was compared
    Score score;
};

/// One cluster that waits for a person.
struct ReviewItem {
    std::uint32_t cluster = 0;
    std::uint32_t mention = 0;  ///< the member that raised it
    std::uint64_t records = 0;
    double people = 0;
    double cost = 0;
    double matters = 0;      ///< mean of its shares of all records, people and cost looked at, 0 to 1
    std::vector<Open> open;  ///< each once, in the order above
    std::vector<std::string> reasons;
    std::vector<Candidate> candidates;  ///< best first, at most three
};

struct ReviewRequest {
    std::string nation;        ///< empty: all
    std::optional<Kind> kind;  ///< nothing: all
    double least_score = 0.8;
};

/// What is uncertain, what matters most first. A pair of clusters that may be one is listed once, under the
/// one that matters less: it is the one that would move.
///
/// Definition  candidates are compared inside one kind and nation when they share the beginning of a word
/// that
///             at most 60 names there have, or look, read or, vowels left out, are written the same. Clusters
///             that a negative judgement or a rule holds apart are no candidates of each other
/// Invariant   the order of mentions and judgements has no influence; a mention with a doubt is always listed
std::vector<ReviewItem> find_open(const MentionGraph& graph, const ReviewRequest& request);

}  // namespace entente::identity
