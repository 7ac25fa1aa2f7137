#include "ledger/ledger.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/check.h"
#include "base/codec.h"
#include "base/random.h"
#include "ledger/disclosure.h"
#include "ledger/document.h"
#include "ledger/receipts.h"
#include "policy/label.h"

namespace entente::ledger {
namespace {

constexpr std::size_t kMostInGroup = 64;

}  // namespace

struct Ledger::Pending {
    const Draft* draft;
    const std::string* idempotency_key;
    std::optional<Result<Receipt>> outcome;  // belongs to the thread that commits, and may still turn
    std::optional<Result<Receipt>> result;   // final; read and written under the mutex
};

// State of one transaction; becomes the ledger's state only after the commit.
struct Ledger::Session {
    std::unique_ptr<LedgerTransaction> transaction;
    Frontier frontier;
    Head head;
    Instant last_t;
    std::set<std::string> new_labels = {};
};

Result<std::unique_ptr<Ledger>> Ledger::open(
    LedgerStore& store, Vault& vault, AccountId by, const Clock& clock
) {
    std::unique_ptr<Ledger> ledger(new Ledger(store, vault, std::move(by), clock));
    ENTENTE_ASSIGN_OR_RETURN(const auto reader, store.read());
    ENTENTE_ASSIGN_OR_RETURN(ledger->head_, reader->head());
    ENTENTE_ASSIGN_OR_RETURN(ledger->frontier_, read_frontier(ledger->head_.size, stored_hashes(*reader)));
    ENTENTE_RETURN_IF_ERROR(vault.ensure(ledger->head_.next_key, ledger->head_.next_key));
    if (ledger->head_.size > 0) {
        ENTENTE_ASSIGN_OR_RETURN(const auto bytes, reader->entry_bytes(ledger->head_.size - 1));
        ENTENTE_ASSIGN_OR_RETURN(const auto last, decode(bytes));
        if (last.t) ledger->last_t_ = *last.t;
    }
    return ledger;
}

Result<Receipt> Ledger::append(const Draft& draft, const std::string& idempotency_key) {
    Pending mine{&draft, &idempotency_key, {}, {}};
    std::unique_lock lock(mutex_);
    waiting_.push_back(&mine);
    // Whoever finds the store free commits for all that wait; the others wait for their result.
    changed_.wait(lock, [&] { return mine.result || !busy_; });
    while (!mine.result) {
        busy_ = true;
        std::vector<Pending*> group(
            waiting_.begin(),
            waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(waiting_.size(), kMostInGroup))
        );
        waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(group.size()));
        lock.unlock();
        commit_group(group);
        lock.lock();
        // Not before: a waiting thread that sees a result returns, and its entry must be durable by then.
        for (auto* pending : group) pending->result = std::move(pending->outcome);
        busy_ = false;
        changed_.notify_all();
    }
    return *std::move(mine.result);
}

Error Ledger::stopped(Error cause) {
    stopped_ = true;
    cause.code = ErrorCode::unavailable;
    cause.message += "; this node takes no more writes until it is opened again";
    // After a flush that failed nobody knows what the disk holds: only opening again tells.
    if (cause.advice.empty())
        cause.advice =
            "open the node again and look; a retry with the same idempotency key adds nothing twice";
    return cause;
}

void Ledger::commit_group(const std::vector<Pending*>& group) {
    const auto all = [&](const Error& error) {
        for (auto* pending : group)
            if (!pending->outcome || pending->outcome->has_value()) pending->outcome = std::unexpected(error);
    };
    if (stopped_)
        return all(
            {ErrorCode::unavailable, {}, "this node takes no more writes after a failed one", "open it again"}
        );
    try {
        auto transaction = store_.write();
        if (!transaction) return all(transaction.error());
        Session session{*std::move(transaction), frontier_, head_, last_t_};
        for (auto* pending : group) {
            pending->outcome = put_one(session, *pending->draft, *pending->idempotency_key);
            const auto& outcome = *pending->outcome;
            if (!outcome && outcome.error().code != ErrorCode::invalid_argument &&
                outcome.error().code != ErrorCode::conflict)
                return all(stopped(outcome.error()));
        }
        if (session.head.size == head_.size)
            return;  // nothing new: repeated keys, or every draft was refused
        if (auto done = finish(session); !done) return all(stopped(done.error()));
    } catch (const std::exception& bug) {
        return all(stopped({ErrorCode::unavailable, {}, bug.what(), {}}));
    }
}

// Nearly all entries carry one of a few labels: each is digested once, and put once.
const std::string& Ledger::digest_of(const std::string& label) {
    auto& digest = label_digests_[label];
    if (digest.empty()) digest = policy::label_digest(label);
    return digest;
}

Result<void> Ledger::put_label(Session& session, const std::string& label) {
    if (label.empty() || stored_labels_.contains(label) || session.new_labels.contains(label)) return {};
    ENTENTE_RETURN_IF_ERROR(session.transaction->put_label(digest_of(label), label));
    session.new_labels.insert(label);
    return {};
}

Result<void> Ledger::finish(Session& session) {
    ENTENTE_RETURN_IF_ERROR(session.transaction->put_head(session.head));
    ENTENTE_RETURN_IF_ERROR(session.transaction->commit());
    frontier_ = std::move(session.frontier);
    head_ = session.head;
    last_t_ = session.last_t;
    stored_labels_.merge(session.new_labels);
    return {};
}

EntryFields Ledger::fields_of(Session& session, Draft& draft, bool row) {
    EntryFields fields;
    fields.kind = std::move(draft.kind);
    fields.rec = std::move(draft.rec);
    fields.type = std::move(draft.type);
    fields.f = std::move(draft.clear);
    fields.prev = draft.prev;
    fields.reason = std::move(draft.reason);
    fields.at = std::move(draft.at);
    if (!draft.label.empty()) fields.lbl = digest_of(draft.label);
    if (row) return fields;
    fields.by = by_.text();
    session.last_t = std::max(session.last_t, clock_.now());
    fields.t = session.last_t;
    return fields;
}

Result<std::string> Ledger::seal_and_encode(
    Session& session,
    EntryFields& fields,
    const std::vector<domain::SealedValue>& sealed,
    std::uint64_t index,
    std::int64_t row,
    std::vector<StoredBox>& boxes
) {
    const std::uint64_t first_key = session.head.next_key;
    std::vector<Disclosure> disclosures;
    for (const auto& value : sealed) {
        ENTENTE_ASSIGN_OR_RETURN(
            auto disclosure, Disclosure::make(random_bytes(32), value.name, value.value)
        );
        fields.sd.push_back(disclosure.digest());
        disclosures.push_back(std::move(disclosure));
    }
    ENTENTE_ASSIGN_OR_RETURN(auto bytes, encode(fields));
    ENTENTE_RETURN_IF_ERROR(vault_.ensure(first_key, first_key + disclosures.size()));
    for (std::uint32_t slot = 0; slot < disclosures.size(); ++slot) {
        const SlotAddress address{index, row, slot, first_key + slot};
        ENTENTE_ASSIGN_OR_RETURN(auto box, vault_.lock(address, disclosures[slot].text));
        boxes.push_back({address, std::move(box)});
    }
    session.head.next_key = first_key + disclosures.size();
    return bytes;
}

// In the transaction of their entry: there is no entry without its bytes and no bytes without their entry.
Result<void> Ledger::put_chunks(Session& session, const Draft& draft, const std::vector<StoredBox>& boxes) {
    std::size_t slot = 0;
    while (slot < draft.sealed.size() && draft.sealed[slot].name != kDigestField) ++slot;
    check(slot < boxes.size(), "the bytes of a document are locked with the key of its digest");
    const auto& [index, row, number, key] = boxes[slot].address;
    const std::string_view bytes = *draft.file;
    const auto count = chunk_count(bytes.size());
    for (std::uint64_t at = 0; at < count; ++at) {
        const auto piece = bytes.substr(at * kChunkBytes, kChunkBytes);
        ENTENTE_ASSIGN_OR_RETURN(auto box, vault_.lock_chunk({index, at, count, key}, piece));
        ENTENTE_RETURN_IF_ERROR(session.transaction->put_box(
            {{index, kChunkRow, static_cast<std::uint32_t>(at), key}, std::move(box)}
        ));
    }
    return {};
}

Result<Receipt> Ledger::put_one(Session& session, const Draft& draft, const std::string& idempotency_key) {
    Hash body;
    if (!idempotency_key.empty()) {
        body = body_digest(draft);
        ENTENTE_ASSIGN_OR_RETURN(const auto earlier, session.transaction->receipt(idempotency_key));
        if (earlier) {
            if (earlier->body != body)
                return fail(
                    ErrorCode::conflict, "idempotency_key", "found the key used before for another body"
                );
            ENTENTE_ASSIGN_OR_RETURN(const auto bytes, session.transaction->entry_bytes(earlier->index));
            return Receipt{earlier->index, leaf_hash(bytes), true};
        }
    }
    const std::uint64_t index = session.head.size;
    std::vector<StoredBox> boxes;
    auto copy = draft;
    auto fields = fields_of(session, copy, false);
    ENTENTE_ASSIGN_OR_RETURN(
        const auto bytes, seal_and_encode(session, fields, draft.sealed, index, -1, boxes)
    );
    const Hash leaf = leaf_hash(bytes);
    const auto hashes = session.frontier.append(leaf);
    auto& transaction = *session.transaction;
    ENTENTE_RETURN_IF_ERROR(transaction.put_entry(index, bytes, joined(hashes)));
    for (const auto& box : boxes) ENTENTE_RETURN_IF_ERROR(transaction.put_box(box));
    if (draft.file) ENTENTE_RETURN_IF_ERROR(put_chunks(session, draft, boxes));
    ENTENTE_RETURN_IF_ERROR(put_label(session, draft.label));
    if (!idempotency_key.empty())
        ENTENTE_RETURN_IF_ERROR(
            transaction.put_receipt(idempotency_key, make_receipt(vault_, idempotency_key, index, body))
        );
    session.head.size = index + 1;
    return Receipt{index, leaf, false};
}

Result<std::uint64_t> Ledger::put_rows(
    Session& session, std::uint64_t index, const RowProducer& next, const RowTaker& written, Hash& root
) {
    Frontier tree;
    Draft row;
    std::vector<StoredBox> boxes;
    // What the producer refuses is the caller's affair; what the store refuses stops the ledger.
    const auto refused = [this](Error error) {
        return std::unexpected(error.code == ErrorCode::invalid_argument ? error : stopped(std::move(error)));
    };
    for (;;) {
        row = {};
        ENTENTE_ASSIGN_OR_RETURN(const bool more, next(row));
        if (!more) break;
        boxes.clear();
        const auto number = tree.size();
        auto fields = fields_of(session, row, true);
        const auto bytes =
            seal_and_encode(session, fields, row.sealed, index, static_cast<std::int64_t>(number), boxes);
        if (!bytes) return refused(bytes.error());
        const auto leaf = leaf_hash(*bytes);
        auto done = session.transaction->put_row(index, number, *bytes, joined(tree.append(leaf)));
        for (const auto& box : boxes)
            if (done) done = session.transaction->put_box(box);
        if (done) done = put_label(session, row.label);
        if (!done) return refused(done.error());
        if (written) written({std::move(fields), std::move(row.sealed), index, number, leaf});
    }
    root = tree.root();
    return tree.size();
}

Result<Receipt> Ledger::append_batch(Draft& batch, const RowProducer& next, const RowTaker& written) {
    check(batch.kind == "import" && batch.clear.has_value(), "a batch is an import entry with fields");
    std::lock_guard lock(mutex_);
    if (stopped_)
        return fail(
            ErrorCode::unavailable, {}, "this node takes no more writes after a failed one", "open it again"
        );
    check(!busy_, "a batch is not written beside single appends");
    try {
        ENTENTE_ASSIGN_OR_RETURN(auto transaction, store_.write());
        Session session{std::move(transaction), frontier_, head_, last_t_};
        Hash root;
        ENTENTE_ASSIGN_OR_RETURN(const auto rows, put_rows(session, session.head.size, next, written, root));
        (*batch.clear)["rows"] = static_cast<std::int64_t>(rows);
        (*batch.clear)["root"] = base64(root.view());
        auto receipt = put_one(session, batch, {});
        if (!receipt && receipt.error().code == ErrorCode::invalid_argument) return receipt;
        if (!receipt) return std::unexpected(stopped(receipt.error()));
        if (auto done = finish(session); !done) return std::unexpected(stopped(done.error()));
        return receipt;
    } catch (const BugError&) {
        stopped_ = true;
        throw;
    } catch (const std::exception& bug) {
        return std::unexpected(stopped({ErrorCode::unavailable, {}, bug.what(), {}}));
    }
}

Result<Receipt> Ledger::append_batch(Draft batch, const std::vector<Draft>& rows) {
    auto at = rows.begin();
    return append_batch(batch, [&](Draft& row) -> Result<bool> {
        if (at == rows.end()) return false;
        row = *at++;
        return true;
    });
}

}  // namespace entente::ledger
