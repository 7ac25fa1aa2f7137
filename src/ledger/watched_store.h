#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "ledger/store.h"

namespace entente::ledger {

/// Who looks on while a log is read from end to end.
struct Watch {
    /// How far it is: how many walks over the whole log there were before, the share of the entries that this one has
    /// read, and how many entries and rows.
    std::function<void(std::size_t walks, double share, std::uint64_t leaves)> progress = {};
    std::function<bool()> stopped = {};  ///< asked now and then; true: reading ends with an error

    bool is_stopped() const { return stopped && stopped(); }
    /// The error of what was stopped.
    static Error stop_error();
};

/// A store whose walks over entries and rows can be watched and stopped; all else goes through to the store behind it.
/// Errors  of `each_entry` and `each_row` also unavailable: it was stopped
class WatchedStore final : public LedgerStore {
public:
    WatchedStore(std::unique_ptr<LedgerStore> store, Watch watch)
        : store_(std::move(store)), watch_(std::move(watch)) {}

    Result<std::unique_ptr<LedgerReader>> read() override;
    Result<std::unique_ptr<LedgerTransaction>> write() override { return store_->write(); }

private:
    std::unique_ptr<LedgerStore> store_;
    const Watch watch_;
    std::atomic<std::size_t> walks_ = 0;  ///< begun
};

}  // namespace entente::ledger
