#pragma once

#include <cstddef>
#include <functional>

namespace entente::measures::series {

/// Parts items, such as pairs, among threads so that each has about as much to do, and calls `work(first, end)`
/// once in each; this thread takes a share, too.
///
/// Every sum is of one item and is made by one thread: the digits do not depend on their number.
/// \param  size  of an item: masses to look at, or what costs as much
void share_work(
    std::size_t items,
    unsigned threads,
    const std::function<std::size_t(std::size_t item)>& size,
    const std::function<void(std::size_t first, std::size_t end)>& work
);

}  // namespace entente::measures::series
