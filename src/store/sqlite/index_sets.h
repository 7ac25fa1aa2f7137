#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "ledger/find_query.h"
#include "store/sqlite/index_conditions.h"
#include "store/sqlite/index_guard.h"
#include "store/sqlite/revision_bits.h"

namespace entente::store::sqlite {

/// Revisions in an order, and the place of each in it.
struct RevisionOrder {
    std::vector<std::uint32_t> revisions;
    std::vector<std::uint32_t> places;  ///< by revision
    std::size_t bytes() const { return (revisions.capacity() + places.capacity()) * sizeof(std::uint32_t); }
};

/// First and last days of one date of each record of a type, by revision.
struct RevisionDays {
    struct Span {
        std::int32_t from = std::numeric_limits<std::int32_t>::max();
        std::int32_t to = std::numeric_limits<std::int32_t>::min();
        bool known() const { return from <= to; }  ///< an open end lies as far as a number goes
    };
    std::vector<Span> spans;
    std::size_t bytes() const { return spans.capacity() * sizeof(Span); }
};

/// Which records fit a question, as sets that a guarded connection remembers. A question is taken apart into its
/// conditions; the set of each is learned once, by the same SQL that answers where nothing is remembered, and what fits
/// all is what their sets share. Dates are compared by us, so that each new period costs no pass of SQL.
///
/// Cost  a pass of SQL over the type for a condition that is new, some 0.2 to 1 us a record; else some 20 us for 300,000
///       records and each condition
class IndexSets {
public:
    /// Requires  the connection remembers, and outlives this
    IndexSets(GuardedConnection& connection, const domain::Schema& schema, std::uint64_t as_of)
        : connection_(connection), schema_(schema), as_of_(as_of) {}

    /// Errors  as `condition_of`
    Result<std::shared_ptr<const RevisionBits>> matching(const ledger::RecordQuery& query);
    /// All records of the types of a query, in the order that it asks for.
    /// Errors  as `sort_keys`
    Result<std::shared_ptr<const RevisionOrder>> order(const ledger::RecordQuery& query);
    /// Days by which records of a type are sorted, or those of a single date field.
    Result<std::shared_ptr<const RevisionDays>> days(
        const domain::RecordType& type, const std::string& field
    );

    /// Records of all types that refer to this one.
    Result<std::shared_ptr<const RevisionSet>> naming(const std::string& rec);

private:
    Result<std::shared_ptr<const RevisionBits>> current(const ledger::RecordQuery& query);
    Result<std::shared_ptr<const RevisionSet>> set_of(
        const ledger::RecordQuery& condition, const std::string& name
    );
    Result<std::shared_ptr<const RevisionSet>> words(const ledger::RecordQuery& query);
    Result<void> narrow_by_filter(
        const ledger::RecordQuery& query, const ledger::FieldFilter& filter, RevisionBits& out
    );
    Result<bool> narrow_by_values(
        const ledger::RecordQuery& query, const ledger::FieldFilter& filter, RevisionBits& out
    );
    Result<bool> narrow_by_dates(
        const ledger::RecordQuery& query, const ledger::FieldFilter& filter, RevisionBits& out
    );
    Result<void> narrow_by_period(const ledger::RecordQuery& query, RevisionBits& out);
    Result<std::vector<std::uint32_t>> numbers(const std::string& sql, const std::vector<SqlValue>& values);
    std::vector<std::string> types_of(const ledger::RecordQuery& query) const;

    GuardedConnection& connection_;
    const domain::Schema& schema_;
    std::uint64_t as_of_;
};

}  // namespace entente::store::sqlite
