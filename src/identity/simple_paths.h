#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "identity/judgement.h"

namespace entente::identity {

/// Answers which ties lie on a path between two nodes that visits no node twice.
class SimplePaths {
public:
    /// Only ties with `joins` count. `ties` must outlive this.
    SimplePaths(std::size_t nodes, std::span<const Tie> ties, const std::vector<bool>& joins);

    /// Places of those ties, in no order; empty when there is no path.
    ///
    /// Definition  a tie lies on such a path if and only if it is in one biconnected component with a tie
    /// that
    ///             is added between the two nodes
    /// Cost        linear in the component of the two nodes
    std::vector<std::size_t> between(std::uint32_t from, std::uint32_t to);

private:
    struct Way {
        std::uint32_t to;
        std::size_t tie;
    };
    std::vector<std::vector<Way>> ways_;
    std::vector<std::uint32_t> depth_, low_;  ///< zero outside a search
};

}  // namespace entente::identity
