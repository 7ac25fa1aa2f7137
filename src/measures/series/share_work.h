#pragma once

#include <cstddef>
#include <functional>

namespace entente::measures::series {

/// Parts items, such as pairs, among threads: whoever is free takes the next few, this thread among them, and calls
/// `work(first, end)` for them.
///
/// Every sum is of one item and is made by one thread: the digits do not depend on their number.
void share_work(
    std::size_t items, unsigned threads, const std::function<void(std::size_t first, std::size_t end)>& work
);

}  // namespace entente::measures::series
