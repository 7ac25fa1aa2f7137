#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace entente::http {

/// What a server has done since it began, as of one moment.
struct Counters {
    /// Upper bounds of the classes of latency, in microseconds; one more class has none.
    static constexpr std::array<std::uint64_t, 15> kLatencyBounds{
        100,
        250,
        500,
        1'000,
        2'500,
        5'000,
        10'000,
        25'000,
        50'000,
        100'000,
        250'000,
        500'000,
        1'000'000,
        2'500'000,
        10'000'000};

    std::array<std::uint64_t, 6>
        answers{};  ///< by class of status: answers[4] counts 400 to 499; [0] is not used
    std::uint64_t bytes_in = 0, bytes_out = 0;
    std::uint64_t connections = 0;       ///< ever taken
    std::uint64_t connections_open = 0;  ///< now
    std::uint64_t connections_refused =
        0;                         ///< one too many, or another user's at the socket in the file system
    std::uint64_t overloaded = 0;  ///< answered 503 because the queue or the memory of bodies was full
    std::uint64_t too_slow = 0;    ///< dropped or answered 408
    std::uint64_t malformed = 0;   ///< refused before a handler saw it
    std::uint64_t event_streams_open = 0;    ///< now
    std::uint64_t waiting = 0, running = 0;  ///< now: requests in the queue, handlers at work
    /// From a request being whole to its answer's last byte being handed over, by class; not of event streams.
    std::array<std::uint64_t, kLatencyBounds.size() + 1> latency{};
    std::uint64_t latency_microseconds = 0;  ///< their sum
};

}  // namespace entente::http
