#pragma once

#include <string>
#include <vector>

#include "domain/declaration.h"
#include "ledger/find_query.h"
#include "ledger/text_query.h"
#include "store/sqlite/index_record_views.h"

namespace entente::store::sqlite {

/// From where the records of a query are taken.
struct RecordSource {
    const domain::RecordType* type = nullptr;  ///< when the query names just one
    std::string view;                          ///< `v_record`, or that of the type when a field is asked for
};
/// `by_field`: the view of the type in any case.
RecordSource source_of(const domain::Schema& schema, const ledger::RecordQuery& query, bool by_field = false);

/// The types whose views by field a query reads: what the guard must have learned before.
std::vector<std::string> types_asked(const domain::Schema& schema, const ledger::RecordQuery& query);

/// The condition that current records as of a size fit a query.
/// Errors  invalid_argument, naming the field
Result<Sql> condition_of(
    const domain::Schema& schema, std::uint64_t as_of, const ledger::RecordQuery& query, bool by_field = false
);

/// One expression by which records are ordered; those without a value stand last.
struct SortKey {
    std::string expression;
    bool descending = false;
};
Result<std::vector<SortKey>> sort_keys(const domain::Schema& schema, const ledger::RecordQuery& query);
std::string order_by(const std::vector<SortKey>& keys);

}  // namespace entente::store::sqlite
