#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <stop_token>
#include <string>
#include <vector>

#include "http/counter_cells.h"
#include "http/response_head.h"
#include "http/server.h"
#include "http/workers.h"

namespace entente::http {

/// What the connections of one server share. Of the network's thread, but for what says otherwise.
struct Core {
    Core(ServerOptions given, Handler answers)
        : options(std::move(given)),
          handler(std::move(answers)),
          workers(options.workers, options.queue_limit) {}

    const ServerOptions options;
    const Handler handler;  ///< called by workers
    std::vector<std::string> hosts;
    CounterCells cells;                ///< any thread
    bool draining = false;             ///< no request after the one that runs
    std::atomic<bool> aborted{false};  ///< any thread: what waits for a worker is not begun any more
    std::stop_source stopping;         ///< any thread
    std::size_t bodies_held = 0;       ///< bytes
    std::size_t long_bodies_held = 0;  ///< bytes of these that are of long bodies and long answers
    std::size_t cut_off = 0;           ///< requests that were begun and got no answer
    Workers workers;                   ///< any thread; last, so that its threads end first

    /// The date of this second, for a header.
    const std::string& date() {
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        if (now != date_of_) date_text_ = http_date(date_of_ = now);
        return date_text_;
    }

private:
    std::chrono::sys_seconds date_of_{};
    std::string date_text_;
};

}  // namespace entente::http
