#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "ledger/merkle.h"
#include "ledger/vault.h"

namespace entente::ledger {

/// A leaf as stored: the exact bytes, and the hashes that became final with it (its own first). See
/// Frontier::append.
struct StoredLeaf {
    std::uint64_t position = 0;  ///< index in the log, or row in its batch
    std::string_view bytes;
    std::string_view hashes;
};

/// A sealed value as stored.
struct StoredBox {
    SlotAddress address;
    std::string box;
};

/// A sealed value as its row stands, whatever the row says. The view lives until the cursor moves on.
struct BoxRow {
    std::int64_t index = 0;
    std::int64_t row = -1;
    std::int64_t slot = 0;
    std::uint64_t key = 0;
    std::string_view box;
};

/// Walks all sealed values in the order of their addresses: an entry's own, then those of its rows, by slot.
class BoxCursor {
public:
    virtual ~BoxCursor() = default;
    /// The row that the cursor stands on; null behind the last.
    virtual const BoxRow* current() const = 0;
    virtual Result<void> advance() = 0;
};

/// Chunks that stand under one address of a file.
struct ChunkPlace {
    std::int64_t index = 0;
    std::int64_t row = 0;
    std::uint64_t count = 0;
};

struct StoredCheckpoint {
    std::uint64_t size = 0;
    std::string note;
};

/// The outcome of an earlier append under the same idempotency key.
struct StoredReceipt {
    std::uint64_t index = 0;
    Hash body;  ///< digest of what was asked
    Hash mac;   ///< over key, index and body
};

/// The single row that says how far the log reaches.
struct Head {
    std::uint64_t size = 0;      ///< entries
    std::uint64_t next_key = 0;  ///< data keys used so far
};

using LeafVisitor = std::function<Result<void>(const StoredLeaf&)>;

/// One consistent view of the ledger tables. Views handed to visitors live for that call only.
class LedgerReader {
public:
    virtual ~LedgerReader() = default;

    virtual Result<Head> head() = 0;
    /// Errors  not_found
    virtual Result<std::string> entry_bytes(std::uint64_t index) = 0;
    virtual Result<std::string> row_bytes(std::uint64_t index, std::uint64_t row) = 0;
    /// All entries from `first` on, in order of index; visits what is there, holes and all.
    virtual Result<void> each_entry(std::uint64_t first, const LeafVisitor& visit) = 0;
    /// All rows of the batch at entry `index`, in order.
    virtual Result<void> each_row(std::uint64_t index, const LeafVisitor& visit) = 0;
    /// Stored hashes beside a leaf.
    virtual Result<std::string> entry_hashes(std::uint64_t index) = 0;
    virtual Result<std::string> row_hashes(std::uint64_t index, std::uint64_t row) = 0;
    /// Sealed values of one leaf, by slot. `row` -1 for the entry itself.
    virtual Result<std::vector<StoredBox>> boxes(std::uint64_t index, std::int64_t row) = 0;
    /// Chunk `number` of the bytes of the document at entry `index`; nothing when there is none.
    virtual Result<std::optional<StoredBox>> chunk(std::uint64_t index, std::uint64_t number) = 0;
    /// Where chunks are stored: entry, row of the address and how many. All are of documents, or strays.
    virtual Result<std::vector<ChunkPlace>> chunk_places() = 0;
    /// Stands on the first of all sealed values; chunks are none. Lives no longer than the reader.
    virtual Result<std::unique_ptr<BoxCursor>> all_boxes() = 0;
    /// Indexes of entries that have batch rows.
    virtual Result<std::vector<std::uint64_t>> batches() = 0;
    /// Label bytes by digest.
    /// Errors  not_found
    virtual Result<std::string> label(std::string_view digest) = 0;
    virtual Result<std::vector<std::pair<std::string, std::string>>> labels() = 0;
    virtual Result<std::optional<StoredCheckpoint>> latest_checkpoint() = 0;
    virtual Result<std::vector<StoredCheckpoint>> checkpoints() = 0;
    virtual Result<std::optional<StoredReceipt>> receipt(std::string_view key) = 0;
    virtual Result<std::vector<std::pair<std::string, StoredReceipt>>> receipts() = 0;
    /// What the store says of its own layout that does not match what this program makes; empty when all is
    /// well.
    virtual Result<std::string> layout_damage() = 0;
};

/// A transaction: everything or nothing, durable once `commit` has returned. Without commit it rolls back.
class LedgerTransaction : public LedgerReader {
public:
    virtual Result<void> put_entry(std::uint64_t index, std::string_view bytes, std::string_view hashes) = 0;
    virtual Result<void> put_row(
        std::uint64_t index, std::uint64_t row, std::string_view bytes, std::string_view hashes
    ) = 0;
    /// A sealed value, or with the row `kChunkRow` a chunk of a document's bytes.
    virtual Result<void> put_box(const StoredBox& box) = 0;
    virtual Result<void> put_label(std::string_view digest, std::string_view bytes) = 0;
    virtual Result<void> put_checkpoint(const StoredCheckpoint& checkpoint) = 0;
    virtual Result<void> put_receipt(std::string_view key, const StoredReceipt& receipt) = 0;
    virtual Result<void> put_head(const Head& head) = 0;
    /// Errors  unavailable: the disk refused; nothing was kept, and the store takes no more writes until
    /// reopened
    virtual Result<void> commit() = 0;
};

/// Where the ledger lies. One writer at a time. Implementations pass `src/store/ledger_store_test.cpp`.
class LedgerStore {
public:
    virtual ~LedgerStore() = default;
    virtual Result<std::unique_ptr<LedgerReader>> read() = 0;
    virtual Result<std::unique_ptr<LedgerTransaction>> write() = 0;
};

/// Hashes of the master log, or of the batch at entry `batch`, from what is stored beside the leaves.
HashReader stored_hashes(LedgerReader& reader);
HashReader stored_batch_hashes(LedgerReader& reader, std::uint64_t batch);

/// Hashes laid end to end, as stored beside a leaf.
std::string joined(const std::vector<Hash>& hashes);
/// One of them.
/// Errors  corrupt: not there
Result<Hash> hash_at(std::string_view joined_hashes, std::size_t number);

}  // namespace entente::ledger
