#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <tuple>

#include "http/counters.h"

namespace entente::api {

/// What whoever keeps a node running wants to know of it, counted since it began.
/// Thread-safety  all of it
class Metrics {
public:
    /// An answer of a route; \p route is its name, empty where no route fits.
    void answered(const std::string& route, const std::string& method, unsigned status);
    void view_asked(bool kept) { ++(kept ? views_kept_ : views_made_); }
    void answer_asked(bool kept) { ++(kept ? answers_kept_ : answers_made_); }

    /// Where the counters of the network come from; a server that is not there counts nothing.
    void set_server(std::function<http::Counters()> counters);

    /// How the record stands, beside what is counted.
    struct Standing {
        std::uint64_t entries = 0, unsigned_entries = 0;
        std::size_t readers_idle = 0, answers_remembered = 0;
    };
    /// All of it in the text format of Prometheus, version 0.0.4.
    std::string text(const Standing& standing) const;

private:
    mutable std::mutex lock_;
    std::map<std::tuple<std::string, std::string, unsigned>, std::uint64_t> requests_;
    std::function<http::Counters()> server_;
    std::atomic<std::uint64_t> views_kept_{0}, views_made_{0}, answers_kept_{0}, answers_made_{0};
};

}  // namespace entente::api
