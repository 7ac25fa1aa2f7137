#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/find_query.h"
#include "store/sqlite/index_guard.h"
#include "store/sqlite/index_record_views.h"
#include "store/sqlite/index_sets.h"

namespace entente::store::sqlite {

/// The values of one field, each with the records that have it: the current ones of a type that a context may see.
struct FieldValues {
    struct Value {
        std::string text;  ///< in the ledger's form; of a date its year
        RevisionSet records;
    };
    std::vector<Value> values;
    std::vector<Value> empty;  ///< records without a value, by why: unknown, not_released … or left_out
    std::unordered_map<std::string, std::size_t> places;  ///< in `values`, by text
    std::size_t bytes() const;

    const RevisionSet* find(const std::string& text) const {
        const auto found = places.find(text);
        return found == places.end() ? nullptr : &values[found->second].records;
    }
};

/// Learns them by one pass of SQL, or remembers them.
/// Requires  the connection remembers; a field whose values can be counted one by one
/// Cost      0.3 us a record, or an item of a repeated field; some 40 KB a frequent value of 300,000 records
Result<std::shared_ptr<const FieldValues>> field_values(
    GuardedConnection& connection, const domain::RecordType& type, const FieldPath& path, std::uint64_t as_of
);

/// Counts by value without reading a record: each count is that of the bits which the records of a value share with
/// those that fit. The same as `count_facets`, which says what is asked and refused.
/// \param  years  by which to tell apart; null: not at all
/// Requires  nothing is added up
ledger::FacetPage count_values(
    const FieldValues& field, const RevisionBits& fitting, const RevisionDays* years
);

}  // namespace entente::store::sqlite
