#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "domain/content.h"
#include "ledger/ledger.h"
#include "ledger/store.h"
#include "ledger/vault.h"

namespace entente::ledger {

/// One revision of one record, opened: an entry, or a row of a batch, with its sealed values.
struct Revision {
    std::string rec;
    std::string type;
    std::string kind;         ///< record, supersede, retract, row
    std::uint64_t index = 0;  ///< entry (for a row: the batch's)
    std::int64_t row = -1;    ///< row in the batch; -1 for an entry
    Hash leaf;
    std::string t;  ///< recorded time
    std::string by;
    std::string reason;
    std::string label;        ///< digest of its label
    std::string at;           ///< place in the file it was imported from
    domain::Content content;  ///< what the record says; for a retraction, its note only
    std::vector<std::string>
        pages;  ///< text of a document's file; only while an index is made, see RecordView::pages
    std::uint32_t erased = 0;  ///< sealed values that are gone or cannot be opened

    std::uint32_t number = 0;  ///< 1 for the first revision; given by the index
    std::optional<std::uint64_t>
        until;  ///< size of the log from which it was no longer current; nothing: still is
};

/// Everything that is not a record but tells about the log: schema, key, config and import entries, and the
/// retraction of a batch, which bears the batch's `rec`.
struct SystemEntry {
    std::uint64_t index = 0;
    std::string kind;
    std::string rec;
    std::string type;
    std::string t;
    std::string by;     ///< only while an index is made
    std::string label;  ///< digest of its label
    json::object f;
};

/// A row as reading it back from the log would give it, but for what its batch says: recorded time, and
/// account and label where the row has none of its own.
Revision revision_of(WrittenRow row, const domain::Schema& schema);

/// The entry at `index`, which is no revision of a record.
/// Errors  corrupt, not_found
Result<SystemEntry> read_system_entry(LedgerReader& reader, std::uint64_t index);

struct RevisionVisitor {
    std::function<Result<void>(Revision)> revision;
    std::function<Result<void>(SystemEntry)> system;
    std::function<Result<void>(const std::string& digest, const std::string& bytes)>
        label;  ///< before its first use
};

/// Reads the log from entry `first` and opens every revision, in ledger order.
/// Errors  corrupt: an entry that cannot be read; a sealed value that does not open
Result<void> each_revision(
    LedgerReader& reader,
    Vault& vault,
    const domain::Schema& schema,
    std::uint64_t first,
    const RevisionVisitor& visitor
);

}  // namespace entente::ledger
