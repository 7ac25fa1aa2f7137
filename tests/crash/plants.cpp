#include "plants.h"

#include <chrono>
#include <thread>

#include <fmt/format.h>

#include "base/codec.h"
#include "ledger/entry.h"

namespace entente::crash {
namespace {

using namespace ledger;

// Passes everything on but what a plant spoils.
class PlantedTransaction final : public LedgerTransaction {
public:
    PlantedTransaction(std::unique_ptr<LedgerTransaction> inner, const Plants& plants, const Say& say)
        : inner_(std::move(inner)), plants_(plants), say_(say) {}

    Result<Head> head() override { return inner_->head(); }
    Result<std::string> entry_bytes(std::uint64_t index) override { return inner_->entry_bytes(index); }
    Result<std::string> row_bytes(std::uint64_t index, std::uint64_t row) override {
        return inner_->row_bytes(index, row);
    }
    Result<void> each_entry(std::uint64_t first, const LeafVisitor& visit) override {
        return inner_->each_entry(first, visit);
    }
    Result<void> each_row(std::uint64_t index, const LeafVisitor& visit) override {
        return inner_->each_row(index, visit);
    }
    Result<std::string> entry_hashes(std::uint64_t index) override { return inner_->entry_hashes(index); }
    Result<std::string> row_hashes(std::uint64_t index, std::uint64_t row) override {
        return inner_->row_hashes(index, row);
    }
    Result<std::vector<StoredBox>> boxes(std::uint64_t index, std::int64_t row) override {
        return inner_->boxes(index, row);
    }
    Result<std::optional<StoredBox>> chunk(std::uint64_t index, std::uint64_t number) override {
        return inner_->chunk(index, number);
    }
    Result<std::vector<ChunkPlace>> chunk_places() override { return inner_->chunk_places(); }
    Result<std::unique_ptr<BoxCursor>> all_boxes() override { return inner_->all_boxes(); }
    Result<std::vector<std::uint64_t>> batches() override { return inner_->batches(); }
    Result<std::string> label(std::string_view digest) override { return inner_->label(digest); }
    Result<std::vector<std::pair<std::string, std::string>>> labels() override { return inner_->labels(); }
    Result<std::optional<StoredCheckpoint>> latest_checkpoint() override {
        return inner_->latest_checkpoint();
    }
    Result<std::vector<StoredCheckpoint>> checkpoints() override { return inner_->checkpoints(); }
    Result<std::optional<StoredReceipt>> receipt(std::string_view key) override {
        return inner_->receipt(key);
    }
    Result<std::vector<std::pair<std::string, StoredReceipt>>> receipts() override {
        return inner_->receipts();
    }
    Result<std::string> layout_damage() override { return inner_->layout_damage(); }

    Result<void> put_entry(std::uint64_t index, std::string_view bytes, std::string_view hashes) override {
        if (plants_.ack_before_commit) acknowledge(index, bytes);
        return inner_->put_entry(index, bytes, hashes);
    }
    Result<void> put_row(
        std::uint64_t index, std::uint64_t row, std::string_view bytes, std::string_view hashes
    ) override {
        return inner_->put_row(index, row, bytes, hashes);
    }
    Result<void> put_box(const StoredBox& box) override { return inner_->put_box(box); }
    Result<void> put_label(std::string_view digest, std::string_view bytes) override {
        return inner_->put_label(digest, bytes);
    }
    Result<void> put_checkpoint(const StoredCheckpoint& checkpoint) override {
        return inner_->put_checkpoint(checkpoint);
    }
    Result<void> put_receipt(std::string_view key, const StoredReceipt& receipt) override {
        return inner_->put_receipt(key, receipt);
    }
    Result<void> put_head(const Head& head) override { return inner_->put_head(head); }
    Result<void> commit() override {
        if (plants_.slow_commit) std::this_thread::sleep_for(std::chrono::milliseconds(2));
        auto outcome = inner_->commit();
        return plants_.ignore_failed_commit ? Result<void>{} : outcome;
    }

private:
    void acknowledge(std::uint64_t index, std::string_view bytes) const {
        const auto entry = decode(bytes);
        const auto* number = entry && entry->f ? entry->f->if_contains("number") : nullptr;
        if (number)
            say_(fmt::format(
                "ack {} {} {}",
                key_of(static_cast<int>(number->as_int64())),
                index,
                hex(leaf_hash(bytes).view())
            ));
    }

    std::unique_ptr<LedgerTransaction> inner_;
    const Plants& plants_;
    const Say& say_;
};

class PlantedStore final : public LedgerStore {
public:
    PlantedStore(std::unique_ptr<LedgerStore> inner, Plants plants, Say say)
        : inner_(std::move(inner)), plants_(plants), say_(std::move(say)) {}
    Result<std::unique_ptr<LedgerReader>> read() override { return inner_->read(); }
    Result<std::unique_ptr<LedgerTransaction>> write() override {
        ENTENTE_ASSIGN_OR_RETURN(auto transaction, inner_->write());
        return std::make_unique<PlantedTransaction>(std::move(transaction), plants_, say_);
    }

private:
    std::unique_ptr<LedgerStore> inner_;
    Plants plants_;
    Say say_;
};

}  // namespace

std::unique_ptr<LedgerStore> planted(
    std::unique_ptr<LedgerStore> store, const Plants& plants, const Say& say
) {
    if (!plants.ack_before_commit && !plants.ignore_failed_commit && !plants.slow_commit) return store;
    return std::make_unique<PlantedStore>(std::move(store), plants, say);
}

}  // namespace entente::crash
