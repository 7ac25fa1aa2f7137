#include "store/sqlite/index_memory.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace entente::store::sqlite {
namespace {

// A key with its place; small things are counted with it.
constexpr std::size_t kBytesOfAPlace = 512;

}  // namespace

std::size_t IndexMemory::bytes() const {
    const std::lock_guard lock(lock_);
    return bytes_;
}

std::shared_ptr<IndexMemory::Place> IndexMemory::place_of(const std::string& key) {
    const std::lock_guard lock(lock_);
    auto& place = places_[key];
    if (!place) place = std::make_shared<Place>();
    place->used = ++clock_;
    return place;
}

void IndexMemory::keep(
    const std::string& key,
    const std::shared_ptr<Place>& place,
    std::shared_ptr<const void> thing,
    std::size_t bytes
) {
    const std::lock_guard lock(lock_);
    bytes += key.size() + kBytesOfAPlace;
    const auto found = places_.find(key);
    if (found == places_.end() || found->second != place) return;  // forgotten while it was made
    if (bytes > most_bytes_ / 4) {
        places_.erase(found);
        return;
    }
    place->thing = std::move(thing), place->bytes = bytes;
    bytes_ += bytes;
    if (bytes_ > most_bytes_) make_room(*place);
}

// More than is needed goes at once, so that it need not be looked for each time.
void IndexMemory::make_room(const Place& but) {
    std::vector<std::pair<std::uint64_t, decltype(places_)::iterator>> oldest;
    for (auto at = places_.begin(); at != places_.end(); ++at)
        if (at->second.get() != &but && at->second->bytes > 0) oldest.emplace_back(at->second->used, at);
    std::ranges::sort(oldest, {}, &decltype(oldest)::value_type::first);
    for (const auto& [used, at] : oldest) {
        if (bytes_ <= most_bytes_ - most_bytes_ / 8) return;
        bytes_ -= at->second->bytes;
        places_.erase(at);
    }
}

void IndexMemory::forget(const std::string& key, const std::shared_ptr<Place>& place) {
    const std::lock_guard lock(lock_);
    const auto found = places_.find(key);
    if (found != places_.end() && found->second == place) places_.erase(found);
}

}  // namespace entente::store::sqlite
