#pragma once

#include <cstddef>
#include <functional>

namespace entente::measures::series {

/// Parts the pairs among threads so that each has about as many masses, and calls `work(first, end)` once in each.
///
/// Every sum is of one pair and is made by one thread: the digits do not depend on their number.
/// \param  size  masses of a pair
void share_pairs(
    std::size_t pairs,
    unsigned threads,
    const std::function<std::size_t(std::size_t pair)>& size,
    const std::function<void(std::size_t first, std::size_t end)>& work
);

}  // namespace entente::measures::series
