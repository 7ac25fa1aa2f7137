#pragma once

#include <deque>

#include "measures/attention/overview.h"
#include "service/partner_records.h"

namespace entente::service {

/// Every tie of one actor, and the facts that it points to.
struct HomeOverview {
    std::vector<Partner> partners;
    OutagesElsewhere outages;
    std::deque<measures::PairFacts> facts;
    measures::Overview overview;
};

/// Looks at every tie of one actor, as it stands on a day, by the rules of attention.
///
/// Errors  not_found: no such actor · what the view says
/// Cost    one reading of all ties, and two strengths a partner
Result<HomeOverview> home_overview(
    ledger::RecordView& view,
    const PartnersRequest& request,
    const measures::AttentionRules& rules,
    const measures::Parameters& parameters
);

}  // namespace entente::service
