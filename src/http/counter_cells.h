#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>

#include "http/counters.h"

namespace entente::http {

/// The counters as they are counted: the network's thread and the workers add, anybody reads.
struct CounterCells {
    using Cell = std::atomic<std::uint64_t>;

    std::array<Cell, 6> answers{};
    Cell bytes_in{0}, bytes_out{0};
    Cell connections{0}, connections_open{0}, connections_refused{0};
    Cell overloaded{0}, too_slow{0}, malformed{0}, event_streams_open{0};
    std::array<Cell, Counters::kLatencyBounds.size() + 1> latency{};
    Cell latency_microseconds{0};

    static void add(Cell& cell, std::uint64_t count = 1) { cell.fetch_add(count, std::memory_order_relaxed); }
    void answered(unsigned status);
    void took(std::chrono::steady_clock::duration time);
    /// All but what the workers know.
    Counters read() const;
};

}  // namespace entente::http
