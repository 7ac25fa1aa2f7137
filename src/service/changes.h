#pragma once

#include <string>
#include <vector>

#include "service/node.h"

namespace entente::service {

/// An entry of the log in words: who did what to which record, and when.
struct ChangeInWords {
    ledger::Change change;
    std::string act;    ///< recorded, superseded, retracted, imported, undone, declared, keyed, configured
    std::string title;  ///< of the record; of an import, its source; of a declaration, the type; may be empty
    std::string handle;
    std::string reason;
};

/// The entries that came, the latest first.
Result<std::vector<ChangeInWords>> list_changes(
    ledger::RecordView& view, const domain::Schema& schema, const ledger::ChangesQuery& query
);

/// `{"entry", "recorded", "account", "act", "record"?: {"id","type","handle","title","revision"}, "about"?, "rows"?,
/// "reason"?}`
json::array changes_json(const std::vector<ChangeInWords>& changes);

}  // namespace entente::service
