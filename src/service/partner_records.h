#pragma once

#include <memory>
#include <string>
#include <vector>

#include "measures/tie/strength.h"
#include "service/ask_measure.h"

namespace entente::service {

/// What is on record between an actor and each of the others, every kind of record read once for all ties.
///
/// Definition  a partner is who takes part in an engagement, channel, agreement or tally together with the actor, is on
///             the other side of a stop, or is named by a shock that names the actor. Of each the facts are those that
///             `load_brief_facts` reads of the pair, but for records that name one of the two beside the matter, such
///             as a host who takes no part, and statements of coverage that cannot speak of the pair
/// Missing     an actor with nothing on record but statements of coverage is no partner
/// Errors      not_found: no such actor · what the view says
/// Cost        a query for each kind of record; what several partners share is copied to each
/// \param  home  id of an actor: `a` of each
/// \return  by name
Result<std::vector<BriefFacts>> load_partner_facts(ledger::RecordView& view, const std::string& home);

/// All ties of one actor, on a day.
struct PartnersRequest {
    std::string home;  ///< id of an actor
    Day at;
    bool general_knowledge = false;  ///< also count what nobody checked against a cited text
};

/// One tie; `record->facts()` is what every measure reads of it.
struct Partner {
    BriefName actor;
    std::unique_ptr<const PairRecord> record;
};

/// The same, ready to be asked.
Result<std::vector<Partner>> load_partner_records(ledger::RecordView& view, const PartnersRequest& request);

/// The strength of every tie on a day, each as `measures::strength` gives it, without the records that it opens to: in
/// the order of `partners`, by the same draws. Work is parted among the processors; the digits do not depend on them.
std::vector<measures::Strength> strengths_of(
    const std::vector<Partner>& partners, const measures::Parameters& parameters, Day at
);

}  // namespace entente::service
