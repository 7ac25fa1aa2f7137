#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "base/clock.h"

namespace entente::accounts {

/// Counts what one address tries within a minute, in memory alone.
/// Thread-safety  all of it
class Throttle {
public:
    /// \param  most  tries a minute
    explicit Throttle(std::size_t most) : most_(most) {}

    /// Counts a try. False: it was one too many.
    bool admit(const std::string& address, Instant now);

private:
    struct Window {
        Instant began;
        std::size_t count = 0;
    };
    const std::size_t most_;
    std::mutex mutex_;
    std::map<std::string, Window> windows_;
};

}  // namespace entente::accounts
