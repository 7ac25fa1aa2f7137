#include "api/writer_turns.h"

#include <chrono>

#include <fmt/format.h>

namespace entente::api {
namespace {

constexpr auto kMostWaiting = std::chrono::seconds(10);
constexpr auto kBetweenLooks = std::chrono::milliseconds(100);

}  // namespace

Result<WriterTurns::Turn> WriterTurns::for_request() {
    std::unique_lock lock(mutex_);
    if (ended_ || requests_ >= kMostRequests) return std::unexpected(busy());
    ++requests_;
    const bool free = changed_.wait_for(lock, kMostWaiting, [this] { return ended_ || !taken_; });
    if (!free || ended_) {
        --requests_;
        return std::unexpected(busy());
    }
    taken_ = true;
    return Turn(*this, /*request=*/true);
}

Result<WriterTurns::Turn> WriterTurns::for_task(
    const std::string& name, const std::function<bool()>& stopped
) {
    std::unique_lock lock(mutex_);
    while (!ended_ && taken_ && !stopped()) changed_.wait_for(lock, kBetweenLooks);
    if (ended_ || stopped())
        return fail(ErrorCode::unavailable, "", "it was stopped before it began; nothing was kept");
    taken_ = true, task_ = name;
    return Turn(*this, /*request=*/false);
}

void WriterTurns::end() {
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
    }
    changed_.notify_all();
}

bool WriterTurns::ended() const {
    const std::lock_guard lock(mutex_);
    return ended_;
}

void WriterTurns::give_back(bool request) {
    {
        const std::lock_guard lock(mutex_);
        taken_ = false, task_.clear();
        if (request) --requests_;
    }
    changed_.notify_all();
}

Error WriterTurns::busy() const {
    const std::string why = ended_          ? "The server is stopping."
                            : task_.empty() ? "Others write now, and as many as may wait do so."
                                            : fmt::format("'{}' is under way and writes.", task_);
    return {ErrorCode::unavailable, "", why + " Nothing was written; try again later.", ""};
}

}  // namespace entente::api
