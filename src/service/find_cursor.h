#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ledger/find_query.h"

namespace entente::service {

/// Where a list goes on: the state of the record that it was begun on, and the last record shown. The place
/// in the order follows from both, so that no sorted value stands in the cursor.
struct Cursor {
    std::uint64_t as_of = 0;
    std::string rec;
    std::string query;  ///< digest of what was asked
};

/// Digest of a question: types, conditions and order, not how many or from where.
std::string query_digest(const ledger::RecordQuery& query);

/// The cursor as one word.
std::string to_text(const Cursor& cursor);
/// Nothing: the text is no cursor (it may be an id).
std::optional<Cursor> parse_cursor(std::string_view text);

}  // namespace entente::service
