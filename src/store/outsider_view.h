#pragma once

#include <memory>

#include "domain/declaration.h"
#include "ledger/record_index.h"

namespace entente::store {

/// The record as another nation sees it, made of a view that shows only what its labels release to it (TRUST.md P10).
///
/// What would still tell of the rest is taken away: the places of its revisions in the log and who wrote them;
/// references to records that it may not see; numbers of revisions, which count what it sees. A record whose latest
/// revision it may not see any more is withdrawn to it, and says no more than that.
/// Requires  `shown` was opened on behalf of that nation
std::unique_ptr<ledger::RecordView> make_outsider_view(
    std::unique_ptr<ledger::RecordView> shown, const domain::Schema& schema
);

}  // namespace entente::store
