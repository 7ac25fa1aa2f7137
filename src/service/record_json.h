// Records as objects: in the ledger's form for programs, and in words for who reads them.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "domain/declaration.h"
#include "ledger/record_index.h"

namespace entente::service {

class Describer;
class KnownNames;

/// A record with its place in the log; values in the ledger's form, full precision.
json::object record_json(const ledger::Revision& record);

/// A record as a page shows it: each field with its label, its words and its value, what other sources say of it, who
/// is cited, where it stands in the log, how many records speak of it.
///
/// Missing  a field without a value says which kind of empty it is; one that was not asked is not there
/// Errors   what the view says
Result<json::object> record_page_json(
    ledger::RecordView& view, const domain::Schema& schema, const ledger::Revision& record, KnownNames& names
);

/// Its revisions, oldest first, each with what changed from the one before.
json::object history_json(
    ledger::RecordView& view, const domain::Schema& schema, const std::vector<ledger::Revision>& history
);

/// A record in a line of a list: what it is called, when it was, and the fields that are asked for in words.
json::object record_line_json(
    Describer& describe,
    const domain::Schema& schema,
    const ledger::Revision& record,
    const std::vector<std::string>& fields
);

}  // namespace entente::service
