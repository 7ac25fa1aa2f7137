#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "domain/content.h"
#include "ledger/entry.h"
#include "ledger/store.h"
#include "ledger/vault.h"

namespace entente::ledger {

/// One entry, or one row of a batch, that somebody wants on the record.
struct Draft {
    std::string kind;
    std::string rec;
    std::string type;
    std::optional<json::object> clear;  ///< goes under `f`
    std::vector<domain::SealedValue> sealed;
    std::string label;  ///< label bytes; empty in a row that has its batch's label
    std::optional<Hash> prev;
    std::string reason;
    std::string at;                           ///< rows only
    std::shared_ptr<const std::string> file;  ///< bytes of a document, whose sealed `digest` has their key
    std::string request;  ///< what was asked: what an idempotency key stands for; empty: the entry itself
};

/// Gives the next row of a batch; false at the end. An error ends the batch: nothing of it is kept.
using RowProducer = std::function<Result<bool>(Draft& row)>;

/// A row that stands in the transaction of its batch; durable only once the batch is.
struct WrittenRow {
    EntryFields fields;
    std::vector<domain::SealedValue> sealed;
    std::uint64_t index = 0;   ///< entry of the batch
    std::uint64_t number = 0;  ///< row in the batch
    Hash leaf;
};
/// Told of each row in order, from the thread that writes.
using RowTaker = std::function<void(WrittenRow row)>;

/// What was acknowledged.
struct Receipt {
    std::uint64_t index = 0;
    Hash leaf;
    bool repeated = false;  ///< the same idempotency key had this effect before; nothing was added
};

/// The one writer of a log: makes entry bytes, seals values, keeps the tree, commits.
///
/// Invariant      an entry is durable before it is acknowledged; recorded time never falls; bytes are never
/// touched again Thread-safety  `append` may be called from any number of threads; whatever waits when the
/// store becomes free is
///                committed together, at most 64; a lone writer never waits for company
/// After an error of the disk the object takes no more writes (`unavailable`) until the node is opened again.
class Ledger {
public:
    /// Requires  store and vault outlive the ledger; the caller holds the node's writer lock
    static Result<std::unique_ptr<Ledger>> open(
        LedgerStore& store, Vault& vault, AccountId by, const Clock& clock
    );

    /// In whose name the entries that follow are written; until it is called, in that of `open`.
    /// Requires  nobody is appending
    void write_as(AccountId by) { by_ = std::move(by); }

    /// Puts one entry on the record.
    /// Errors  invalid_argument: the entry cannot be written · conflict: the idempotency key was used for
    /// another body
    ///         unavailable: not acknowledged, not kept
    Result<Receipt> append(const Draft& draft, const std::string& idempotency_key = {});

    /// Puts an `import` entry and its rows on the record, all or nothing. `rows` and `root` are added to the
    /// entry's fields here. The entry is written behind its rows: `next` may still change `batch` while it
    /// gives them.
    /// Errors  whatever `next` says; else as `append`
    Result<Receipt> append_batch(Draft& batch, const RowProducer& next, const RowTaker& written = {});
    Result<Receipt> append_batch(Draft batch, const std::vector<Draft>& rows);

private:
    struct Pending;
    struct Session;
    Ledger(LedgerStore& store, Vault& vault, AccountId by, const Clock& clock)
        : store_(store), vault_(vault), by_(std::move(by)), clock_(clock) {}

    void commit_group(const std::vector<Pending*>& group);
    Result<Receipt> put_one(Session& session, const Draft& draft, const std::string& idempotency_key);
    Result<std::uint64_t> put_rows(
        Session& session, std::uint64_t index, const RowProducer& next, const RowTaker& written, Hash& root
    );
    /// What the entry says; its values are still to be sealed.
    EntryFields fields_of(Session& session, Draft& draft, bool row);
    Result<std::string> seal_and_encode(
        Session& session,
        EntryFields& fields,
        const std::vector<domain::SealedValue>& sealed,
        std::uint64_t index,
        std::int64_t row,
        std::vector<StoredBox>& boxes
    );
    Result<void> put_chunks(Session& session, const Draft& draft, const std::vector<StoredBox>& boxes);
    const std::string& digest_of(const std::string& label);
    Result<void> put_label(Session& session, const std::string& label);
    Result<void> finish(Session& session);
    Error stopped(Error cause);

    LedgerStore& store_;
    Vault& vault_;
    AccountId by_;
    const Clock& clock_;
    Frontier frontier_;
    Head head_;
    Instant last_t_;
    std::map<std::string, std::string> label_digests_;
    std::set<std::string> stored_labels_;  ///< known to be in the store

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Pending*> waiting_;
    bool busy_ = false;
    bool stopped_ = false;
};

}  // namespace entente::ledger
