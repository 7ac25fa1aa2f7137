// What the pages of relationships show, as objects: all ties of one actor, and one tie.
#pragma once

#include "base/json.h"
#include "measures/attention/rules.h"
#include "measures/tie/parameters.h"
#include "service/brief.h"
#include "service/partner_records.h"

namespace entente::service {

/// Every tie of an actor on a day: how it stands, how strong it is, what was last and what is next, and what needs
/// attention. Ranks nothing; partners stand by name.
///
/// Missing  a figure that cannot be given is an object that says why
/// Errors   as `home_overview`
/// Cost     one reading of all ties, three strengths a partner
Result<json::object> relationships_json(
    ledger::RecordView& view,
    const PartnersRequest& request,
    const measures::AttentionRules& rules,
    const measures::Parameters& parameters
);

/// One tie: what its brief says, its line of time, its strength, who was there, and every record that is named, in a
/// line each.
///
/// Errors  as `make_brief`
/// \param  request       need not ask for the picture
/// \param  most_records  behind one figure; more than so many are left out, and `records_total` says how many there
///                       are. 0: all
Result<json::object> relationship_json(
    ledger::RecordView& view,
    const domain::Schema& schema,
    BriefRequest request,
    const measures::Parameters& parameters,
    std::size_t most_records = 0
);

}  // namespace entente::service
