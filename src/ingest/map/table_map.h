#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "domain/content.h"
#include "ingest/table/open_table.h"

namespace entente::ingest::map {

/// A condition on a row.
struct Condition {
    std::string column;
    std::vector<std::string> is;      ///< the cell is one of these
    std::vector<std::string> is_not;  ///< the cell is none of these
    std::vector<std::string> begins;  ///< the cell begins with one of these
    std::vector<std::string> contains;
    std::optional<bool> empty;  ///< the cell has no text, or has some
};

/// One date: from a column in one of the forms, or from columns for its parts.
struct DateSpec {
    std::string column;
    std::vector<std::string> forms;
    std::string year, month, day;
    int pivot = 1950;  ///< two digits of a year are 1950 to 2049
};

/// How the value of a field comes out of a row.
struct ValueSpec {
    struct Case {
        std::vector<Condition> when;  ///< all of them; none: always
        std::string value;
    };
    std::optional<std::string> constant;
    std::vector<std::string> columns;  ///< the first that has text; with `join` or `each`, all of them
    std::optional<std::string> join;   ///< put between the texts of all columns
    bool each = false;                 ///< every column gives items of its own (repeated fields)
    std::string text;                  ///< a sentence with `{column}` in it
    std::vector<Case> cases;           ///< the first that holds; none: the field is left out
    std::vector<std::string> split;    ///< what stands between several items in one cell
    std::map<std::string, std::string> codes;  ///< cell -> value
    std::optional<std::string> otherwise;      ///< for cells that `codes` does not list; none: set aside
    std::map<std::string, std::string>
        missing;                       ///< cell -> `unknown`, `not applicable` …, or empty: left out
    std::string scheme;                ///< of actors
    bool leave_out = false;            ///< what cannot be read is left out, with a remark
    std::optional<DateSpec> from, to;  ///< of a date
};

/// One entry of a list of actors, with what stands beside it.
struct PartySpec {
    ValueSpec actor;
    ValueSpec role, people;
    std::vector<Condition> when;
};

struct RecordSpec {
    std::string type;
    std::vector<std::pair<std::string, ValueSpec>> fields;  ///< in the order of the map
    std::vector<PartySpec> parties;                         ///< of the field `participations`, or `parties`
};

struct SkipSpec {
    std::vector<Condition> when;
    std::string reason;
};

/// What a mapping file declares: how the rows of one source become records.
struct TableMap {
    std::string key;              ///< of the source record
    domain::Content description;  ///< of the source record
    std::string citation;         ///< how to cite it
    table::TableForm form = table::TableForm::detect;
    char delimiter = 0;
    std::vector<std::string> sheets;  ///< none: the first with rows; `*`: all with its columns
    std::uint64_t header_row = 0;
    std::string edition;  ///< what every file is an edition of; empty: of the name it has without its ending
    std::vector<std::string> id_columns;    ///< none: the place in the file
    std::vector<std::string> else_columns;  ///< for rows in which those have no text
    std::string id_prefix;
    bool number_repeats = false;  ///< a repeated id gets an ordinal; else the row is set aside
    std::string locator;          ///< a sentence with `{column}`, `{row}`, `{sheet}`
    std::vector<SkipSpec> skip;
    std::vector<RecordSpec> records;
};

/// Reads a mapping file (docs/reference/map.md). Types, fields, codes, schemes, forms and roles are checked
/// against the declarations, so that a mistake is found before a row is read.
/// Errors  invalid_argument; `field` is the path of the member: `records.0.fields.held.from.forms`
Result<TableMap> parse_map(std::string_view text);

/// Columns that a map names, with the path of the member that names each.
std::vector<std::pair<std::string, std::string>> columns_of(const TableMap& map);

}  // namespace entente::ingest::map
