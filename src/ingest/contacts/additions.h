#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/declaration.h"
#include "ingest/contacts/folder.h"
#include "ingest/contacts/rows.h"

namespace entente::ingest::contacts {

/// One line of additions.csv: a value that the row lacks, added by hand, and why.
struct Addition {
    std::size_t line = 0;
    std::string field;
    std::string value;
    std::string reason;
    std::string source_key;
};

/// Additions by the id of the row that they belong to.
using AdditionTable = std::map<std::string, std::vector<Addition>>;
AdditionTable read_additions(const Folder& folder);

/// `field -> value` of the additions of one row; the last of several.
std::map<std::string, std::string> as_fields(const std::vector<Addition>& additions);

/// Puts one addition into the records of its row: the value, the reason as a coding note, the citation.
/// Errors  invalid_argument: no record of the row has such a field, or the value does not fit it
Result<void> apply_addition(
    const domain::Schema& schema, const Addition& addition, std::vector<RowRecord>& records
);

}  // namespace entente::ingest::contacts
