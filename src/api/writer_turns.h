#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <utility>

#include "base/result.h"

namespace entente::api {

/// Who writes now: one after the other. Of requests only so many may wait, and not for long, so that those who read
/// always find a worker; tasks have threads of their own and wait until they are stopped.
/// Thread-safety  all of it
class WriterTurns {
public:
    /// Requests that write or wait for it at one time.
    static constexpr std::size_t kMostRequests = 6;

    /// The leave to write; given back when it goes.
    class Turn {
    public:
        Turn(WriterTurns& of, bool request) : of_(&of), request_(request) {}
        Turn(Turn&& other) noexcept : of_(std::exchange(other.of_, nullptr)), request_(other.request_) {}
        Turn& operator=(Turn&&) = delete;
        ~Turn() {
            if (of_) of_->give_back(request_);
        }

    private:
        WriterTurns* of_;
        bool request_;
    };

    /// Errors  unavailable: too many wait, or it took too long; names the task that writes
    Result<Turn> for_request();
    /// \param  name  what the others are told that they wait for
    /// Errors  unavailable: it was stopped
    Result<Turn> for_task(const std::string& name, const std::function<bool()>& stopped);

    /// Nobody waits any more, nor begins to.
    void end();
    bool ended() const;

private:
    void give_back(bool request);
    Error busy() const;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t requests_ = 0;
    bool taken_ = false, ended_ = false;
    std::string task_;  ///< that writes; empty: none does
};

}  // namespace entente::api
