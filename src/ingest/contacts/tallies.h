#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "ingest/contacts/rows.h"

namespace entente::ingest::contacts {

/// Reads rows that stand for one record: neighbours in the file whose cells in the key columns are equal.
/// Errors  invalid_argument: field, what was found, what was expected
using GroupReader = Result<std::vector<RowRecord>> (*)(const SourceFile& file, std::span<const CsvRow> rows);

/// A file of tallies: its columns, how many of the first ones tell one record from the next, and its reader.
struct TallyForm {
    const char* file;
    std::vector<std::string_view> columns;
    std::size_t key_columns;
    GroupReader read;
};

/// training.csv, exercises.csv, agreements_in_force.csv, alliances_in_force.csv; in the order of reading.
const std::vector<TallyForm>& tally_forms();

/// The rows of a file as groups, each one record.
std::vector<std::span<const CsvRow>> group_rows(const SourceFile& file, std::size_t key_columns);

/// A political visit: row of political_visits.csv. The office says level and sub-category (office_map.csv).
Result<std::vector<RowRecord>>
read_political_visit(const SourceFile&, const CsvRow&, const std::map<std::string, std::string>&);

}  // namespace entente::ingest::contacts
