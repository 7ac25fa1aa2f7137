#pragma once

#include <string>
#include <vector>

#include "ledger/revision.h"
#include "service/node.h"

namespace entente::service {

/// All that somebody else needs to check, without us, that one revision of a record is in the log.
struct RecordProof {
    ledger::Revision revision;
    std::string entry;           ///< leaf bytes of the entry (for a row: of its import entry)
    std::string tlog_proof;      ///< c2sp.org/tlog-proof@v1 of the entry, with the checkpoint
    std::string row;             ///< leaf bytes of the row; empty when the record is an entry itself
    std::vector<Hash> row_path;  ///< audit path of the row in its batch, nearest first
    std::uint64_t rows = 0;
    std::vector<std::string>
        disclosures;  ///< what opens the sealed values; hand over only what the other may see
    std::string vkey;
};

/// Proof of the current revision of a record, or of revision `number` of it.
/// Errors  not_found · conflict: the entry lies beyond the last checkpoint
Result<RecordProof> prove_record(Node& node, const std::string& id, std::uint32_t number = 0);

/// Proof that the present checkpoint continues an older one of this log: RFC 6962 hashes.
/// Errors  corrupt: the old checkpoint is not one of this log · conflict: it is ahead of it
struct ConsistencyProof {
    ledger::Checkpoint from;
    ledger::Checkpoint to;
    std::string note;
    std::vector<Hash> path;
};
Result<ConsistencyProof> prove_consistency(Node& node, const std::string& old_note);

}  // namespace entente::service
