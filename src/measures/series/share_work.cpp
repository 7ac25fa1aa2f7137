#include "measures/series/share_work.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace entente::measures::series {

void share_work(
    std::size_t items, unsigned threads, const std::function<void(std::size_t first, std::size_t end)>& work
) {
    // So many turns that nobody waits long for the last one, whatever single items cost.
    constexpr std::size_t kTurns = 64;
    const std::size_t workers = std::clamp<std::size_t>(threads, 1, std::max<std::size_t>(items, 1));
    if (workers == 1) return work(0, items);
    const std::size_t few = std::max<std::size_t>(items / (workers * kTurns), 1);
    std::atomic<std::size_t> next = 0;
    const auto take_turns = [&] {
        for (std::size_t first = next.fetch_add(few); first < items; first = next.fetch_add(few))
            work(first, std::min(first + few, items));
    };
    std::vector<std::jthread> others;
    for (std::size_t worker = 1; worker < workers; ++worker) others.emplace_back(take_turns);
    take_turns();
}

}  // namespace entente::measures::series
