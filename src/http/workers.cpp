#include "http/workers.h"

#include <csignal>

namespace entente::http {
namespace {

/// No signal is for a thread that is begun meanwhile: whoever waits for one shall have it.
class SignalsBlocked {
public:
    SignalsBlocked() {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;

private:
    sigset_t before_{};
};

}  // namespace

Workers::Workers(std::size_t threads, std::size_t queue_limit) : queue_limit_(queue_limit) {
    const SignalsBlocked blocked;
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

Workers::~Workers() {
    std::deque<Task> dropped;
    {
        std::lock_guard lock(mutex_);
        ended_ = true;
        dropped.swap(queue_);
    }
    changed_.notify_all();
    threads_.clear();
}

bool Workers::submit(Task& task) {
    {
        std::lock_guard lock(mutex_);
        if (ended_ || queue_.size() >= queue_limit_) return false;
        queue_.push_back(std::move(task));
    }
    changed_.notify_one();
    return true;
}

std::size_t Workers::waiting() const {
    std::lock_guard lock(mutex_);
    return queue_.size();
}

std::size_t Workers::running() const {
    std::lock_guard lock(mutex_);
    return running_;
}

void Workers::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return ended_ || !queue_.empty(); });
        if (ended_) return;
        {
            Task task = std::move(queue_.front());
            queue_.pop_front();
            ++running_;
            lock.unlock();
            task();
        }  // the task is gone before the lock is taken again
        lock.lock();
        --running_;
    }
}

}  // namespace entente::http
