#include "identity/simple_paths.h"

#include <algorithm>

namespace entente::identity {
namespace {

constexpr std::size_t kAdded = SIZE_MAX;  // the tie that is thought between the two nodes

}  // namespace

SimplePaths::SimplePaths(std::size_t nodes, std::span<const Tie> ties, const std::vector<bool>& joins)
    : ways_(nodes), depth_(nodes), low_(nodes) {
    for (std::size_t i = 0; i < ties.size(); ++i) {
        if (!joins[i] || ties[i].left == ties[i].right) continue;
        ways_[ties[i].left].push_back({ties[i].right, i});
        ways_[ties[i].right].push_back({ties[i].left, i});
    }
}

// Tarjan's search for biconnected components, from `from` over the added tie: what is still on the stack of
// ties when the search comes back over it is the component that holds it.
std::vector<std::size_t> SimplePaths::between(std::uint32_t from, std::uint32_t to) {
    struct Step {
        std::uint32_t node;
        std::size_t arrived_by;
        std::size_t next;
    };
    std::vector<Step> steps{{to, kAdded, 0}};
    std::vector<std::size_t> open;
    std::vector<std::uint32_t> seen{from, to};
    depth_[from] = low_[from] = 1;
    depth_[to] = low_[to] = 2;
    while (!steps.empty()) {
        auto& step = steps.back();
        if (step.next < ways_[step.node].size()) {
            const auto way = ways_[step.node][step.next++];
            if (way.tie == step.arrived_by) continue;
            if (depth_[way.to] == 0) {
                depth_[way.to] = low_[way.to] = depth_[step.node] + 1;
                seen.push_back(way.to);
                open.push_back(way.tie);
                steps.push_back({way.to, way.tie, 0});
            } else if (depth_[way.to] < depth_[step.node]) {
                open.push_back(way.tie);
                low_[step.node] = std::min(low_[step.node], depth_[way.to]);
            }
            continue;
        }
        const auto done = step;
        steps.pop_back();
        if (steps.empty()) break;
        const auto above = steps.back().node;
        low_[above] = std::min(low_[above], low_[done.node]);
        if (low_[done.node] < depth_[above]) continue;
        // A component of its own below `above`: not on any path to `from`.
        while (open.back() != done.arrived_by) open.pop_back();
        open.pop_back();
    }
    const bool connected = low_[to] == 1;
    for (const auto node : seen) depth_[node] = low_[node] = 0;
    return connected ? open : std::vector<std::size_t>{};
}

}  // namespace entente::identity
