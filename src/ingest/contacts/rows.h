#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/content.h"
#include "domain/date_span.h"
#include "ingest/contacts/contacts.h"

namespace entente::ingest::contacts {

/// A record that a row stands for, before references are put in: `{"actor:USA"}` stands for the id of that
/// actor.
struct RowRecord {
    std::string type;
    std::string handle;  ///< code, key or id in the source
    domain::Content content;
};

/// What one row says. A row may stand for two records: an agreement and its signing, an agreement and the
/// channel under which people meet.
/// Errors  invalid_argument: field, what was found, what was expected
using RowReader = Result<std::vector<RowRecord>> (*)(
    const SourceFile& file, const CsvRow& row, const std::map<std::string, std::string>& additions
);

Result<std::vector<RowRecord>>
read_source(const SourceFile&, const CsvRow&, const std::map<std::string, std::string>&);
Result<std::vector<RowRecord>>
read_channel(const SourceFile&, const CsvRow&, const std::map<std::string, std::string>&);
Result<std::vector<RowRecord>>
read_shock(const SourceFile&, const CsvRow&, const std::map<std::string, std::string>&);
Result<std::vector<RowRecord>>
read_disruption(const SourceFile&, const CsvRow&, const std::map<std::string, std::string>&);
Result<std::vector<RowRecord>>
read_contact(const SourceFile&, const CsvRow&, const std::map<std::string, std::string>&);
Result<std::vector<RowRecord>>
read_coverage(const SourceFile&, const CsvRow&, const std::map<std::string, std::string>&);

/// A reference to be put in later.
json::string reference(std::string_view type, std::string_view handle);

/// A date as the form writes it: start, optional end, and the precision that the row states. A date finer
/// than the stated precision is made coarser, never the other way.
Result<domain::DateSpan> read_date(
    const std::string& start, const std::string& end, const std::string& precision
);

/// Pieces of a `;` list, blanks trimmed, empty ones left out.
std::vector<std::string> split_list(std::string_view text);

}  // namespace entente::ingest::contacts
