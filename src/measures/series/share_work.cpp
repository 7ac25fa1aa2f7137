#include "measures/series/share_work.h"

#include <algorithm>
#include <thread>
#include <vector>

namespace entente::measures::series {

void share_work(
    std::size_t items,
    unsigned threads,
    const std::function<std::size_t(std::size_t item)>& size,
    const std::function<void(std::size_t first, std::size_t end)>& work
) {
    const std::size_t workers = std::clamp<std::size_t>(threads, 1, std::max<std::size_t>(items, 1));
    if (workers == 1) return work(0, items);
    // An item costs something of its own, too.
    std::vector<std::size_t> up_to(items + 1);
    for (std::size_t item = 0; item < items; ++item) up_to[item + 1] = up_to[item] + size(item) + 1;
    std::vector<std::jthread> running;
    std::size_t first = 0;
    for (std::size_t worker = 1; worker <= workers; ++worker) {
        const std::size_t share = up_to[items] * worker / workers;
        const auto end =
            static_cast<std::size_t>(std::lower_bound(up_to.begin(), up_to.end(), share) - up_to.begin());
        if (worker == workers)
            work(first, end);
        else if (first < end)
            running.emplace_back([&work, first, end] { work(first, end); });
        first = std::max(first, end);
    }
}

}  // namespace entente::measures::series
