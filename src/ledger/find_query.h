#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/day.h"
#include "base/search_text.h"
#include "ledger/revision.h"

namespace entente::ledger {

/// One of the values that a filter lets pass, in the ledger's form.
struct FilterValue {
    enum class Kind : std::uint8_t {
        text,      ///< exactly `text`: a code, an id, a name
        interval,  ///< a number, or an identifier by its letters: from `low` to `high`
        overlaps,  ///< a date that shares a day with `from` to `to`
        within,    ///< a date that lies wholly inside `from` to `to`
        words,     ///< a text in which `terms` follow each other, folded as in full text
        empty,     ///< left empty for the reason `text`: unknown, not_released …
        left_out,  ///< not asked: neither a value nor an empty
        none,      ///< no value, for whatever reason
        any        ///< some value
    };
    Kind kind = Kind::text;
    std::string text;
    /// Bounds of an interval as decimal numbers (identifiers: as texts); an absent one is open.
    std::optional<std::string> low, high;
    bool low_excluded = false, high_excluded = false;
    std::optional<std::int64_t> from, to;  ///< days; an absent one is open
    std::string currency;                  ///< of an interval of money; empty: any
    std::vector<SoughtTerm> terms;
};

/// One condition on a declared field; of a group, `group.field`. A repeated field fits when one item does.
struct FieldFilter {
    std::string field;
    bool negated = false;  ///< has a value, and none that fits; of empties: is not so
    std::vector<FilterValue> any_of;
};

/// What a list asks for. Conditions are joined by "and".
struct RecordQuery {
    std::vector<std::string> types;   ///< none: all
    std::vector<std::string> actors;  ///< ids; each must be named by the record (any reference field)
    std::vector<std::pair<std::string, std::string>>
        equals;                ///< field = value, in the ledger's form (a code, an id, a text)
    std::optional<Day> since;  ///< last day of the record not before
    std::optional<Day> until;  ///< first day not after
    std::string text;          ///< a question in the language of `text_query.h`
    bool newest_first = true;
    std::size_t limit = SIZE_MAX;
    std::string after;  ///< id of the record after which to go on
    std::vector<FieldFilter> filters{};
    std::string sort{};       ///< a single-valued field; empty: by day. Records without a value stand last
    bool descending = false;  ///< with `sort`
};

struct RecordPage {
    std::vector<Revision> records;
    std::size_t total = 0;  ///< matching records, whatever the limit
    bool more = false;      ///< others follow the last one
};

/// Counts of the records of one type by the values of one field.
struct FacetQuery {
    RecordQuery where;     ///< of exactly one type; sort, limit and after are not read
    std::string field;     ///< of a group, `group.field`
    std::string sum;       ///< a count, decimal or money field that is added up; empty: none
    bool by_year = false;  ///< apart by the year of the record's first day
};

/// Exact sums: currency (empty for counts and decimals) to a decimal number.
using Sums = std::map<std::string, std::string>;

struct FacetRow {
    std::string value;        ///< in the ledger's form; a date: its year
    std::optional<int> year;  ///< with `by_year`; absent when the record has no day
    std::size_t records = 0;
    std::size_t with_sum = 0;  ///< those of them that have a value of the summed field
    Sums sums;
};

struct FacetPage {
    std::vector<FacetRow> rows;  ///< most records first; a record with several values stands under each
    std::vector<FacetRow> empty;  ///< records without a value: `value` is unknown, not_released … or left_out
    std::size_t records = 0;      ///< that fit, each once
    std::size_t with_value = 0;  ///< that have a value of the field, each once
    std::size_t with_sum = 0;
    Sums sums;  ///< over all records that fit, each once
};

}  // namespace entente::ledger
