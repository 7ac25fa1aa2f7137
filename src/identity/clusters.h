#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "identity/judgement.h"

namespace entente::identity {

/// Two nodes that positive judgements would join and a negative one holds apart.
struct Conflict {
    std::uint32_t left = 0;  ///< the smaller node
    std::uint32_t right = 0;
    std::vector<std::size_t> negative;  ///< places of the negative ties between them
    std::vector<std::size_t>
        set_aside;           ///< positive ties on the paths between them that therefore do not join
    bool overruled = false;  ///< only rules spoke for, and a person against: nothing is left to decide

    friend bool operator==(const Conflict&, const Conflict&) = default;
};

struct Clustering {
    std::vector<std::uint32_t> cluster_of;  ///< for each node the smallest node of its cluster
    std::vector<bool> joins;                ///< for each tie: positive and in force
    std::vector<Conflict> conflicts;        ///< sorted by left, right
};

/// Computes clusters from judgements.
///
/// Definition  a cluster is what positive ties connect. Where a negative tie lies between two nodes that they
///             connect, the positive ties of rules on every simple path between the two no longer join; if
///             persons' ties still connect them, those on such paths do not join either. Positive and
///             negative is negative; unsure joins and parts nothing.
/// Invariant   the order of `ties` has no influence; a node is never in a cluster with one that a negative
/// tie
///             holds apart from it
/// Cost        linear in nodes and ties, and once more for each conflict in its component
/// Requires    ends of ties are below `nodes`
Clustering cluster(std::size_t nodes, std::span<const Tie> ties);

}  // namespace entente::identity
