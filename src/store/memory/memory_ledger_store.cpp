#include "store/memory/memory_ledger_store.h"

#include <map>
#include <mutex>
#include <tuple>

#include <fmt/format.h>

#include "base/check.h"
#include "ledger/document.h"

namespace entente::store {
namespace {

using namespace ledger;

struct Leaf {
    std::string bytes;
    std::string hashes;
};

using Boxes = std::map<std::tuple<std::uint64_t, std::int64_t, std::uint32_t>, StoredBox>;

class MemoryBoxCursor final : public BoxCursor {
public:
    explicit MemoryBoxCursor(const Boxes& boxes) : at_(boxes.begin()), end_(boxes.end()) { look(); }
    const BoxRow* current() const override { return at_ == end_ ? nullptr : &row_; }
    Result<void> advance() override {
        ++at_;
        look();
        return {};
    }

private:
    void look() {
        while (at_ != end_ && std::get<1>(at_->first) < -1) ++at_;  // chunks are no sealed values
        if (at_ == end_) return;
        const auto& [address, box] = at_->second;
        row_ = {
            static_cast<std::int64_t>(address.index),
            address.row,
            std::int64_t{address.slot},
            address.key,
            box};
    }
    Boxes::const_iterator at_, end_;
    BoxRow row_;
};

struct Tables {
    std::map<std::uint64_t, Leaf> entries;
    std::map<std::pair<std::uint64_t, std::uint64_t>, Leaf> rows;
    Boxes boxes;
    std::map<std::string, std::string, std::less<>> labels;
    std::map<std::uint64_t, std::string> checkpoints;
    std::map<std::string, StoredReceipt, std::less<>> receipts;
    Head head;
};

std::unexpected<Error> absent(std::string_view what) {
    return fail(ErrorCode::not_found, {}, fmt::format("found no {}", what));
}

class Transaction final : public LedgerTransaction {
public:
    Transaction(Tables tables, Tables* target, std::unique_lock<std::mutex> writer)
        : tables_(std::move(tables)), target_(target), writer_(std::move(writer)) {}

    Result<Head> head() override { return tables_.head; }
    Result<std::string> entry_bytes(std::uint64_t index) override {
        const auto found = tables_.entries.find(index);
        if (found == tables_.entries.end()) return absent("entry");
        return found->second.bytes;
    }
    Result<std::string> entry_hashes(std::uint64_t index) override {
        const auto found = tables_.entries.find(index);
        if (found == tables_.entries.end()) return absent("entry");
        return found->second.hashes;
    }
    Result<std::string> row_bytes(std::uint64_t index, std::uint64_t row) override {
        const auto found = tables_.rows.find({index, row});
        if (found == tables_.rows.end()) return absent("row");
        return found->second.bytes;
    }
    Result<std::string> row_hashes(std::uint64_t index, std::uint64_t row) override {
        const auto found = tables_.rows.find({index, row});
        if (found == tables_.rows.end()) return absent("row");
        return found->second.hashes;
    }
    Result<void> each_entry(std::uint64_t first, const LeafVisitor& visit) override {
        for (auto at = tables_.entries.lower_bound(first); at != tables_.entries.end(); ++at)
            ENTENTE_RETURN_IF_ERROR(visit({at->first, at->second.bytes, at->second.hashes}));
        return {};
    }
    Result<void> each_row(std::uint64_t index, const LeafVisitor& visit) override {
        for (auto at = tables_.rows.lower_bound({index, 0});
             at != tables_.rows.end() && at->first.first == index;
             ++at)
            ENTENTE_RETURN_IF_ERROR(visit({at->first.second, at->second.bytes, at->second.hashes}));
        return {};
    }
    Result<std::vector<StoredBox>> boxes(std::uint64_t index, std::int64_t row) override {
        std::vector<StoredBox> out;
        for (auto at = tables_.boxes.lower_bound({index, row, 0}); at != tables_.boxes.end(); ++at) {
            if (std::get<0>(at->first) != index || std::get<1>(at->first) != row) break;
            out.push_back(at->second);
        }
        return out;
    }
    Result<std::optional<StoredBox>> chunk(std::uint64_t index, std::uint64_t number) override {
        const auto found = tables_.boxes.find({index, kChunkRow, static_cast<std::uint32_t>(number)});
        return found == tables_.boxes.end() ? std::optional<StoredBox>{} : found->second;
    }
    Result<std::vector<ChunkPlace>> chunk_places() override {
        std::vector<ChunkPlace> out;
        for (const auto& [at, box] : tables_.boxes) {
            const auto index = static_cast<std::int64_t>(std::get<0>(at));
            const auto row = std::get<1>(at);
            if (row >= -1) continue;
            if (out.empty() || out.back().index != index || out.back().row != row)
                out.push_back({index, row, 0});
            ++out.back().count;
        }
        return out;
    }
    Result<std::unique_ptr<BoxCursor>> all_boxes() override {
        return std::make_unique<MemoryBoxCursor>(tables_.boxes);
    }
    Result<std::vector<std::uint64_t>> batches() override {
        std::vector<std::uint64_t> out;
        for (const auto& [at, leaf] : tables_.rows)
            if (out.empty() || out.back() != at.first) out.push_back(at.first);
        return out;
    }
    Result<std::string> label(std::string_view digest) override {
        const auto found = tables_.labels.find(digest);
        if (found == tables_.labels.end()) return absent("label");
        return found->second;
    }
    Result<std::vector<std::pair<std::string, std::string>>> labels() override {
        return std::vector<std::pair<std::string, std::string>>(tables_.labels.begin(), tables_.labels.end());
    }
    Result<std::optional<StoredCheckpoint>> latest_checkpoint() override {
        if (tables_.checkpoints.empty()) return std::optional<StoredCheckpoint>{};
        return StoredCheckpoint{tables_.checkpoints.rbegin()->first, tables_.checkpoints.rbegin()->second};
    }
    Result<std::vector<StoredCheckpoint>> checkpoints() override {
        std::vector<StoredCheckpoint> out;
        for (const auto& [size, note] : tables_.checkpoints) out.push_back({size, note});
        return out;
    }
    Result<std::optional<StoredReceipt>> receipt(std::string_view key) override {
        const auto found = tables_.receipts.find(key);
        return found == tables_.receipts.end() ? std::optional<StoredReceipt>{} : found->second;
    }
    Result<std::vector<std::pair<std::string, StoredReceipt>>> receipts() override {
        return std::vector<std::pair<std::string, StoredReceipt>>(
            tables_.receipts.begin(), tables_.receipts.end()
        );
    }
    Result<std::string> layout_damage() override { return std::string(); }

    Result<void> put_entry(std::uint64_t index, std::string_view bytes, std::string_view hashes) override {
        if (!tables_.entries.emplace(index, Leaf{std::string(bytes), std::string(hashes)}).second)
            return taken();
        return {};
    }
    Result<void> put_row(
        std::uint64_t index, std::uint64_t row, std::string_view bytes, std::string_view hashes
    ) override {
        if (!tables_.rows.emplace(std::pair(index, row), Leaf{std::string(bytes), std::string(hashes)})
                 .second)
            return taken();
        return {};
    }
    Result<void> put_box(const StoredBox& box) override {
        if (!tables_.boxes.emplace(std::tuple(box.address.index, box.address.row, box.address.slot), box)
                 .second)
            return taken();
        return {};
    }
    Result<void> put_label(std::string_view digest, std::string_view bytes) override {
        tables_.labels.emplace(digest, bytes);
        return {};
    }
    Result<void> put_checkpoint(const StoredCheckpoint& checkpoint) override {
        tables_.checkpoints.emplace(checkpoint.size, checkpoint.note);
        return {};
    }
    Result<void> put_receipt(std::string_view key, const StoredReceipt& receipt) override {
        if (!tables_.receipts.emplace(key, receipt).second) return taken();
        return {};
    }
    Result<void> put_head(const Head& head) override {
        tables_.head = head;
        return {};
    }
    Result<void> commit() override {
        check(target_ != nullptr, "a transaction is committed once");
        *target_ = std::move(tables_);
        target_ = nullptr;
        return {};
    }

private:
    static std::unexpected<Error> taken() {
        return fail(ErrorCode::unavailable, {}, "found the place taken: nothing is ever overwritten");
    }

    Tables tables_;
    Tables* target_;
    std::unique_lock<std::mutex> writer_;
};

class MemoryLedgerStore final : public LedgerStore {
public:
    Result<std::unique_ptr<LedgerReader>> read() override {
        return std::make_unique<Transaction>(tables_, nullptr, std::unique_lock<std::mutex>());
    }
    Result<std::unique_ptr<LedgerTransaction>> write() override {
        std::unique_lock writer(mutex_);
        return std::make_unique<Transaction>(tables_, &tables_, std::move(writer));
    }

private:
    std::mutex mutex_;
    Tables tables_;
};

}  // namespace

std::unique_ptr<LedgerStore> make_memory_ledger_store() {
    return std::make_unique<MemoryLedgerStore>();
}

}  // namespace entente::store
