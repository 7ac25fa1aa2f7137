#pragma once

#include <cstdint>
#include <vector>

#include "ledger/find_query.h"
#include "store/sqlite/index_guard.h"
#include "store/sqlite/index_sets.h"

namespace entente::store::sqlite {

/// Lists, totals and facets out of sets and orders that a guarded connection remembers: a total is a count of bits, a
/// page a walk along an order, a facet one count of bits a value. What is added up is still read, record by record.
///
/// Cost  a page of 300,000 records some 30 us where few fit, at most 600 us; the rows themselves are not read here
class IndexLists {
public:
    /// Requires  as IndexSets
    IndexLists(GuardedConnection& connection, const domain::Schema& schema, std::uint64_t as_of)
        : connection_(connection), schema_(schema), as_of_(as_of), sets_(connection, schema, as_of) {}

    Result<std::size_t> count(const ledger::RecordQuery& query);
    /// The numbers of the revisions of one page, in order; `limit` at most.
    /// Errors  as `RecordView::list`
    Result<std::vector<std::uint32_t>> page(const ledger::RecordQuery& query);
    /// Errors  as `RecordView::facets`
    Result<ledger::FacetPage> facets(const ledger::FacetQuery& query);

private:
    Result<std::size_t> place_behind(
        const std::string& rec, const RevisionBits& fitting, const RevisionOrder& order
    );

    GuardedConnection& connection_;
    const domain::Schema& schema_;
    std::uint64_t as_of_;
    IndexSets sets_;
};

}  // namespace entente::store::sqlite
