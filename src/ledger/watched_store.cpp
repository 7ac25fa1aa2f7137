#include "ledger/watched_store.h"

#include <algorithm>

namespace entente::ledger {
namespace {

// Often enough to end within moments, seldom enough not to be the work.
constexpr std::uint64_t kBetweenLooks = 256;

class WatchedReader final : public LedgerReader {
public:
    WatchedReader(
        std::unique_ptr<LedgerReader> reader,
        const Watch& watch,
        std::uint64_t entries,
        std::atomic<std::size_t>& walks
    )
        : reader_(std::move(reader)), watch_(watch), entries_(entries), walks_(walks) {}

    Result<void> each_entry(std::uint64_t first, const LeafVisitor& visit) override {
        leaves_ = 0;
        if (first == 0) before_ = walks_++;
        return reader_->each_entry(first, [&](const StoredLeaf& entry) -> Result<void> {
            at_ = entry.position;
            ENTENTE_RETURN_IF_ERROR(look());
            return visit(entry);
        });
    }
    Result<void> each_row(std::uint64_t index, const LeafVisitor& visit) override {
        return reader_->each_row(index, [&](const StoredLeaf& row) -> Result<void> {
            ENTENTE_RETURN_IF_ERROR(look());
            return visit(row);
        });
    }

    Result<Head> head() override { return reader_->head(); }
    Result<std::string> entry_bytes(std::uint64_t index) override { return reader_->entry_bytes(index); }
    Result<std::string> row_bytes(std::uint64_t index, std::uint64_t row) override {
        return reader_->row_bytes(index, row);
    }
    Result<std::string> entry_hashes(std::uint64_t index) override { return reader_->entry_hashes(index); }
    Result<std::string> row_hashes(std::uint64_t index, std::uint64_t row) override {
        return reader_->row_hashes(index, row);
    }
    Result<std::vector<StoredBox>> boxes(std::uint64_t index, std::int64_t row) override {
        return reader_->boxes(index, row);
    }
    Result<std::optional<StoredBox>> chunk(std::uint64_t index, std::uint64_t number) override {
        return reader_->chunk(index, number);
    }
    Result<std::vector<ChunkPlace>> chunk_places() override { return reader_->chunk_places(); }
    Result<std::unique_ptr<BoxCursor>> all_boxes() override { return reader_->all_boxes(); }
    Result<std::vector<std::uint64_t>> batches() override { return reader_->batches(); }
    Result<std::string> label(std::string_view digest) override { return reader_->label(digest); }
    Result<std::vector<std::pair<std::string, std::string>>> labels() override { return reader_->labels(); }
    Result<std::optional<StoredCheckpoint>> latest_checkpoint() override {
        return reader_->latest_checkpoint();
    }
    Result<std::vector<StoredCheckpoint>> checkpoints() override { return reader_->checkpoints(); }
    Result<std::optional<StoredReceipt>> receipt(std::string_view key) override {
        return reader_->receipt(key);
    }
    Result<std::vector<std::pair<std::string, StoredReceipt>>> receipts() override {
        return reader_->receipts();
    }
    Result<std::string> layout_damage() override { return reader_->layout_damage(); }

private:
    Result<void> look() {
        if (leaves_++ % kBetweenLooks != 0) return {};
        if (watch_.is_stopped()) return std::unexpected(Watch::stop_error());
        if (watch_.progress && entries_ > 0)
            watch_.progress(
                before_, std::min(1.0, static_cast<double>(at_) / static_cast<double>(entries_)), leaves_ - 1
            );
        return {};
    }

    std::unique_ptr<LedgerReader> reader_;
    const Watch& watch_;
    const std::uint64_t entries_;
    std::atomic<std::size_t>& walks_;
    std::size_t before_ = 0;
    std::uint64_t at_ = 0, leaves_ = 0;
};

}  // namespace

Error Watch::stop_error() {
    return {ErrorCode::unavailable, "", "it was stopped", ""};
}

Result<std::unique_ptr<LedgerReader>> WatchedStore::read() {
    ENTENTE_ASSIGN_OR_RETURN(auto reader, store_->read());
    // A store whose head cannot be read is walked all the same: who reads it says what is wrong.
    const auto head = reader->head();
    return std::make_unique<WatchedReader>(std::move(reader), watch_, head ? head->size : 0, walks_);
}

}  // namespace entente::ledger
