#include "accounts/throttle.h"

namespace entente::accounts {
namespace {

constexpr std::int64_t kWindow = 60'000'000;  // microseconds
constexpr std::size_t kMostAddresses = 4096;

}  // namespace

bool Throttle::admit(const std::string& address, Instant now) {
    const std::lock_guard lock(mutex_);
    std::string from = address;
    const auto is_over = [&](const Window& window) {
        const auto age = now.microseconds - window.began.microseconds;
        return age < 0 || age >= kWindow;
    };
    if (windows_.size() >= kMostAddresses) {
        std::erase_if(windows_, [&](const auto& one) { return is_over(one.second); });
        // More addresses than fit within a minute: from here on strangers share one count.
        if (windows_.size() >= kMostAddresses && !windows_.contains(from)) from.clear();
    }
    auto& window = windows_[from];
    if (window.count == 0 || is_over(window)) window = {now, 0};
    return ++window.count <= most_;
}

}  // namespace entente::accounts
