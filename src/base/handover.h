#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace entente {

/// Hands pieces from one thread to another, in order, at most `capacity` ahead.
/// Thread-safety  one thread gives, one takes
template <class T>
class Handover {
public:
    explicit Handover(std::size_t capacity) : capacity_(capacity) {}

    /// Waits while the taker is behind. False: the taker has gone, nothing more is wanted.
    bool give(T piece) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return gone_ || pieces_.size() < capacity_; });
        if (gone_) return false;
        pieces_.push_back(std::move(piece));
        changed_.notify_all();
        return true;
    }
    /// Waits for the next piece; nothing when the giver has ended.
    std::optional<T> take() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return ended_ || !pieces_.empty(); });
        if (pieces_.empty()) return std::nullopt;
        std::optional<T> piece(std::move(pieces_.front()));
        pieces_.pop_front();
        changed_.notify_all();
        return piece;
    }
    /// The giver gives no more.
    void end() { set(ended_); }
    /// The taker takes no more.
    void leave() { set(gone_); }

private:
    void set(bool& flag) {
        std::lock_guard lock(mutex_);
        flag = true;
        changed_.notify_all();
    }

    const std::size_t capacity_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<T> pieces_;
    bool ended_ = false, gone_ = false;
};

}  // namespace entente
