#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace entente::http {

/// Threads that do what blocks. Work is begun in the order in which it came.
/// Thread-safety  all functions
class Workers {
public:
    using Task = std::move_only_function<void()>;

    Workers(std::size_t threads, std::size_t queue_limit);
    /// Waits for what runs; what only waited is dropped.
    ~Workers();

    /// False, and `task` untouched: too many wait already.
    bool submit(Task& task);
    std::size_t waiting() const;
    std::size_t running() const;

private:
    void work();

    const std::size_t queue_limit_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Task> queue_;
    std::size_t running_ = 0;
    bool ended_ = false;
    std::vector<std::jthread> threads_;
};

}  // namespace entente::http
