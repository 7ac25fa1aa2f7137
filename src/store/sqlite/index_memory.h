#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"

namespace entente::store::sqlite {

/// What readers learned of an index, for all readers of a process: which records are current and visible, in what
/// order, under which values. Nothing in it is ever changed; what was not used for longest goes first.
///
/// Bounds         `most_bytes` together, a quarter of it each: what is larger is learned anew each time
/// Thread-safety  all of it; of two that want the same at once one waits for the other
class IndexMemory {
public:
    explicit IndexMemory(std::size_t most_bytes) : most_bytes_(most_bytes) {}

    /// What is kept under a key, or is made now. `T` says how many `bytes()` it takes.
    /// \param  key  names the kind of thing, the state of the log, and on whose behalf it was read
    template <class T>
    Result<std::shared_ptr<const T>> get(const std::string& key, const std::function<Result<T>()>& make) {
        const auto place = place_of(key);
        const std::lock_guard one(place->making);
        if (place->thing) return std::static_pointer_cast<const T>(place->thing);
        auto made = make();
        if (!made) {  // the next one tries again
            forget(key, place);
            return std::unexpected(std::move(made).error());
        }
        auto thing = std::make_shared<const T>(*std::move(made));
        keep(key, place, thing, thing->bytes());
        return thing;
    }
    std::size_t bytes() const;

private:
    struct Place {
        std::mutex making;
        std::shared_ptr<const void> thing;
        std::size_t bytes = 0;
        std::uint64_t used = 0;
    };
    std::shared_ptr<Place> place_of(const std::string& key);
    void keep(
        const std::string& key,
        const std::shared_ptr<Place>& place,
        std::shared_ptr<const void> thing,
        std::size_t bytes
    );

    void forget(const std::string& key, const std::shared_ptr<Place>& place);
    void make_room(const Place& but);

    const std::size_t most_bytes_;
    mutable std::mutex lock_;
    std::map<std::string, std::shared_ptr<Place>> places_;
    std::size_t bytes_ = 0;
    std::uint64_t clock_ = 0;
};

}  // namespace entente::store::sqlite
