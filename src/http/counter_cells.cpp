#include "http/counter_cells.h"

#include <algorithm>

namespace entente::http {

void CounterCells::answered(unsigned status) {
    add(answers[std::clamp(status / 100, 0U, 5U)]);
}

void CounterCells::took(std::chrono::steady_clock::duration time) {
    const auto count = std::chrono::duration_cast<std::chrono::microseconds>(time).count();
    const auto microseconds = static_cast<std::uint64_t>(std::max<std::int64_t>(count, 0));
    const auto* bound = std::ranges::lower_bound(Counters::kLatencyBounds, microseconds);
    add(latency[static_cast<std::size_t>(bound - Counters::kLatencyBounds.begin())]);
    add(latency_microseconds, microseconds);
}

Counters CounterCells::read() const {
    const auto get = [](const Cell& cell) { return cell.load(std::memory_order_relaxed); };
    Counters out;
    std::ranges::transform(answers, out.answers.begin(), get);
    std::ranges::transform(latency, out.latency.begin(), get);
    out.bytes_in = get(bytes_in);
    out.bytes_out = get(bytes_out);
    out.connections = get(connections);
    out.connections_open = get(connections_open);
    out.connections_refused = get(connections_refused);
    out.overloaded = get(overloaded);
    out.too_slow = get(too_slow);
    out.malformed = get(malformed);
    out.event_streams_open = get(event_streams_open);
    out.latency_microseconds = get(latency_microseconds);
    return out;
}

}  // namespace entente::http
