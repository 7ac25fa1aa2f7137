#pragma once

#include <optional>
#include <string>

#include "ledger/verify.h"
#include "service/node.h"

namespace entente::service {

struct VerifyNodeRequest {
    std::optional<std::string> kept_note;  ///< a checkpoint that somebody else kept
    bool deep = false;                     ///< compare the index with one made afresh
};

struct VerifyNodeOutcome {
    ledger::VerifyReport report;
    bool kept_given = false;
    bool deep = false;
    std::string index_difference;  ///< with `deep`: the first row that differs; empty when equal
};

/// Checks the ledger of a node, and with `deep` its index.
/// Errors  corrupt: the kept note is not a checkpoint of this log · unavailable
Result<VerifyNodeOutcome> verify_node(Node& node, const VerifyNodeRequest& request);

}  // namespace entente::service
