#pragma once

#include <string>
#include <vector>

#include "base/day.h"
#include "base/json.h"
#include "domain/declaration.h"
#include "ledger/record_index.h"

namespace entente::service {

struct SearchRequest {
    std::string words;                ///< as typed
    std::string home;                 ///< id of the actor whose ties are meant where one name is typed
    std::vector<std::string> actors;  ///< codes that the words mean in the language of whoever types
    std::string day;                  ///< the day that they mean there, as 2026-05-31; empty: none
    Day today{};
    std::size_t limit = 10;  ///< of each group
};

/// What somebody may mean by a few words, in groups: `tie` (places to go: a name is a tie of home, two are a tie, a year
/// behind them its period), `record` (called so, or holding the words), `date`. Nothing that the view may not show is
/// found or counted.
///
/// Definition  `@name` are people of engagements, `#…` and `"…"` records alone; a word that is the last is a beginning
/// Missing     words that cannot be read as a question find no record, and the answer says why in `not_understood`
/// Cost        one question for words, some 0.3 µs an actor
Result<json::object> search(
    ledger::RecordView& view, const domain::Schema& schema, const SearchRequest& request
);

}  // namespace entente::service
