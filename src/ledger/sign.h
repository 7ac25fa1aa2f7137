#pragma once

#include <optional>
#include <string>

#include "ledger/note.h"
#include "ledger/ratchet.h"
#include "ledger/store.h"

namespace entente::ledger {

/// Signs the head of the log: in a fresh read it re-reads the bytes of every entry (and batch row) since the
/// last signed size, recomputes leaf hashes and tree, compares them with what is stored, notes the head in
/// the ratchet, signs, and stores the checkpoint. Gives the note.
/// Errors  corrupt: stored bytes and hashes
/// disagree, naming the entry; the log below the ratchet has changed
///         conflict: the ratchet refuses · not_found: the log is empty
/// Cost    hashes what came since the last signature
Result<std::string> sign_head(LedgerStore& store, const Signer& signer, const Ratchet& ratchet);

/// Recomputes the tree of the batch at entry `index` from its rows, given one after the other, and compares
/// it with the stored hashes and with what its entry says.
class BatchCheck {
public:
    explicit BatchCheck(std::uint64_t index) : index_(index) {}
    /// Errors  corrupt: a row is missing or does not match its hash
    Result<void> add(const StoredLeaf& row);
    /// Number of rows.
    /// Errors  corrupt: the entry says something else
    Result<std::uint64_t> finish(std::string_view entry_bytes) const;

private:
    std::unexpected<Error> wrong(std::string_view what) const;
    std::uint64_t index_;
    Frontier tree_;
};

/// Recomputes the tree of the batch at entry `index` from its rows and compares it with what its entry and
/// the stored hashes say. Gives the number of rows.
Result<std::uint64_t> check_batch(LedgerReader& reader, std::uint64_t index, std::string_view entry_bytes);

}  // namespace entente::ledger
