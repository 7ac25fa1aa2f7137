#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/record_index.h"
#include "measures/facts.h"

namespace entente::service {

/// Outages of all pairs and what tells of their ends: a measure may learn from them for one pair.
struct OutagesElsewhere {
    std::vector<measures::Disruption> disruptions;
    std::vector<measures::Channel> channels;
    std::vector<measures::Shock> shocks;
    std::vector<measures::Engagement> contacts;  ///< between the two sides of any of them, each once
    std::map<std::string, std::string> names;    ///< of all who took part or stopped, short, by id
};

/// Errors  what the view says
/// Cost    a pass over disruptions, channels and shocks, and a query for each pair that had an outage
Result<OutagesElsewhere> load_outages_elsewhere(ledger::RecordView& view);

}  // namespace entente::service
