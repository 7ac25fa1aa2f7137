#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/declaration.h"
#include "ledger/record_index.h"

namespace entente::service {

/// A question as a person types it; every text may be empty.
struct FindRequest {
    std::vector<std::string> types;   ///< names, plurals or codes of record types; none: all
    std::vector<std::string> actors;  ///< codes or names; each must take part
    std::vector<std::string> where;   ///< conditions, see find_filter.h
    std::string since, until;         ///< dates
    std::string text;                 ///< see ledger/text_query.h
    std::string sort;                 ///< FIELD, or FIELD:desc; empty: by day
    bool oldest_first = false;        ///< without `sort`
    std::string after;                ///< a cursor or an id
};

/// The question in the ledger's form. `view` finds the records that are named; a cursor's as-of size must be
/// its own.
/// Errors  invalid_argument, naming field or option · not_found: an actor that nobody has ·
///         conflict: a cursor that belongs to another question, or to another state of the record
Result<ledger::RecordQuery> make_query(
    ledger::RecordView& view, const domain::Schema& schema, const FindRequest& request
);

/// The size of the log whose state is asked for: that of the cursor when there is one.
/// Errors  conflict: the cursor is of another size than the one that was asked for
Result<std::optional<std::uint64_t>> as_of_for(const std::string& after, std::optional<std::uint64_t> asked);

/// The cursor behind the last record of a page.
std::string cursor_after(
    const ledger::RecordView& view, const ledger::RecordQuery& query, const std::string& rec
);

/// The record type that a person means.
/// Errors  invalid_argument, with near names
Result<const domain::RecordType*> find_type(const domain::Schema& schema, const std::string& typed);

}  // namespace entente::service
