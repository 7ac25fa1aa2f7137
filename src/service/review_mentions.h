#pragma once

#include <map>
#include <string>
#include <vector>

#include "identity/mention_graph.h"
#include "identity/review.h"
#include "ledger/record_index.h"

namespace entente::service {

/// All that records call organisations, persons and places, the judgements about it, and what follows.
struct IdentityPicture {
    identity::MentionGraph graph;
    std::map<std::string, std::string> actor_names;  ///< of actors that judgements name, by id
};

/// Reads mentions and current judgements that the view may see. `nation`: a code; empty reads all nations.
/// Judgements whose values were erased are left out.
///
/// Cost  one pass over the records of each type that has mentions, then some 10 µs a distinct text
Result<IdentityPicture> load_identity(
    ledger::RecordView& view, const std::string& nation, const identity::RuleTables& tables
);

/// The tables built into the program, or those of a directory in their place: words.csv, nations.csv,
/// organisations.csv; a file that is not there is taken from the program.
/// Errors  invalid_argument, naming file and line · not_found: no such directory
Result<identity::RuleTables> load_rules(const std::string& directory);

/// `unit`, `ministry`, `school`, `organisation`, `person`, `place`.
Result<identity::Kind> parse_mention_kind(const std::string& typed);

/// How a table of organisations fares with the mentions on record.
struct OrganisationTally {
    std::string organisation;
    std::size_t nations = 0;    ///< with a mention that is joined
    std::size_t spellings = 0;  ///< distinct mentions (text and nation) in which it is named
    std::map<identity::Named, std::size_t> by_finding;
    std::size_t clusters = 0;  ///< of the mentions counted as `whole`
};

struct IdentitySummary {
    std::size_t mentions = 0;
    std::size_t names = 0;  ///< texts with the same letters counted once
    std::size_t clusters = 0;
    std::size_t conflicts = 0;
    std::map<identity::Open, std::size_t> open;
    std::size_t items = 0;
    std::vector<OrganisationTally> organisations;
};

IdentitySummary summarise(
    const identity::MentionGraph& graph,
    const std::vector<identity::ReviewItem>& items,
    const identity::ReviewRequest& request
);

}  // namespace entente::service
