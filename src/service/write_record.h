#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ledger/revision.h"
#include "service/node.h"

namespace entente::service {

/// Fields as typed: field name -> texts.
using TypedFields = std::map<std::string, std::vector<std::string>>;

struct WriteOptions {
    std::vector<std::string>
        releasable_to;  ///< nations besides the originator; none: as it was, at first originator only
    bool originator_only = false;  ///< what was released is taken back; `releasable_to` is empty
    std::string idempotency_key;
    bool preview = false;  ///< check and show, keep nothing
};

struct Written {
    ledger::Revision revision;
    bool repeated = false;   ///< the same key had this effect before
    std::string checkpoint;  ///< note signed after it; empty in a preview or when it could not be signed
    std::string not_signed;  ///< why not; the entry is on record all the same
};

/// Puts a new record on the record.
/// Errors  invalid_argument, naming the field, what was found and what was expected · not_found: a name
/// nobody has
Result<Written> record(
    Node& node, const std::string& type, const TypedFields& fields, const WriteOptions& options
);

/// A file that comes with its record, and what was found from its bytes.
struct RecordFile {
    std::shared_ptr<const std::string> bytes;
    domain::Content found;  ///< fields of a document that nobody types
};

/// Puts a document on the record, its bytes in the same commit.
/// Errors  as record
Result<Written> record_document(
    Node& node, const TypedFields& fields, const RecordFile& file, const WriteOptions& options
);

/// Follows the current revision of a record by a better one. Fields that are not named stay as they were; a
/// field typed as `-` is left out.
/// Errors  as record · invalid_argument: nothing would change · not_found ·
/// conflict: it was retracted
Result<Written> supersede(
    Node& node,
    const std::string& id,
    const TypedFields& changes,
    const std::string& reason,
    const std::string& remark,
    const WriteOptions& options
);

/// Withdraws a record with a reason. Its revisions stay readable.
Result<Written> retract(
    Node& node,
    const std::string& id,
    const std::string& reason,
    const std::string& remark,
    const WriteOptions& options
);

}  // namespace entente::service
