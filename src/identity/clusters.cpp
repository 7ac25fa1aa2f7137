#include "identity/clusters.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "base/check.h"
#include "identity/simple_paths.h"

namespace entente::identity {
namespace {

class Components {
public:
    explicit Components(std::size_t nodes) : parent_(nodes) { std::iota(parent_.begin(), parent_.end(), 0U); }

    std::uint32_t find(std::uint32_t node) {
        while (parent_[node] != node) node = parent_[node] = parent_[parent_[node]];
        return node;
    }
    // The smaller root stays, so that a cluster is called by its smallest node.
    void join(std::uint32_t a, std::uint32_t b) {
        a = find(a), b = find(b);
        if (a != b) parent_[std::max(a, b)] = std::min(a, b);
    }

private:
    std::vector<std::uint32_t> parent_;
};

Components connected(std::size_t nodes, std::span<const Tie> ties, const std::vector<bool>& joins) {
    Components out(nodes);
    for (std::size_t i = 0; i < ties.size(); ++i)
        if (joins[i]) out.join(ties[i].left, ties[i].right);
    return out;
}

// The negative ties by their two ends, the smaller first.
std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::size_t>> refusals(std::span<const Tie> ties
) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::size_t>> out;
    for (std::size_t i = 0; i < ties.size(); ++i)
        if (ties[i].verdict == Verdict::negative && ties[i].left != ties[i].right)
            out[std::minmax(ties[i].left, ties[i].right)].push_back(i);
    return out;
}

}  // namespace

Clustering cluster(std::size_t nodes, std::span<const Tie> ties) {
    Clustering out;
    out.joins.resize(ties.size());
    for (std::size_t i = 0; i < ties.size(); ++i) {
        check(ties[i].left < nodes && ties[i].right < nodes, "a judgement is about nodes that exist");
        out.joins[i] = ties[i].verdict == Verdict::positive;
    }
    const auto refused = refusals(ties);
    std::map<std::pair<std::uint32_t, std::uint32_t>, Conflict> conflicts;

    // First only what rules say gives way, then everything.
    for (const bool rules_only : {true, false}) {
        auto components = connected(nodes, ties, out.joins);
        SimplePaths paths(nodes, ties, out.joins);
        auto left = out.joins;
        for (const auto& [ends, negative] : refused) {
            if (components.find(ends.first) != components.find(ends.second)) continue;
            auto& conflict = conflicts[ends];
            conflict.left = ends.first, conflict.right = ends.second, conflict.negative = negative;
            for (const auto tie : paths.between(ends.first, ends.second)) {
                if (rules_only && ties[tie].ground != Ground::rule) continue;
                left[tie] = false;
                conflict.set_aside.push_back(tie);
            }
        }
        out.joins = std::move(left);
    }

    for (auto& [ends, conflict] : conflicts) {
        std::sort(conflict.set_aside.begin(), conflict.set_aside.end());
        const auto by_rule = [&](std::size_t tie) { return ties[tie].ground == Ground::rule; };
        conflict.overruled = std::all_of(conflict.set_aside.begin(), conflict.set_aside.end(), by_rule) &&
                             std::none_of(conflict.negative.begin(), conflict.negative.end(), by_rule);
        out.conflicts.push_back(std::move(conflict));
    }
    auto components = connected(nodes, ties, out.joins);
    out.cluster_of.resize(nodes);
    for (std::uint32_t node = 0; node < nodes; ++node) out.cluster_of[node] = components.find(node);
    return out;
}

}  // namespace entente::identity
