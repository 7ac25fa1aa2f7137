#include "service/verify_node.h"

namespace entente::service {

Result<VerifyNodeOutcome> verify_node(Node& node, const VerifyNodeRequest& request) {
    VerifyNodeOutcome outcome;
    ENTENTE_ASSIGN_OR_RETURN(const auto verifier, node.verifier());
    ledger::VerifyRequest verify_request;
    verify_request.verifier = &verifier;
    verify_request.vault = &node.vault();
    ENTENTE_ASSIGN_OR_RETURN(verify_request.signed_heads, node.ratchet().heads());
    if (!verify_request.signed_heads.empty()) verify_request.ratchet = verify_request.signed_heads.back();
    if (request.kept_note) {
        ENTENTE_ASSIGN_OR_RETURN(verify_request.kept, ledger::open_checkpoint(*request.kept_note, verifier));
        outcome.kept_given = true;
    }
    {
        ENTENTE_ASSIGN_OR_RETURN(const auto reader, node.store().read());
        ENTENTE_ASSIGN_OR_RETURN(outcome.report, ledger::verify(*reader, verify_request));
    }
    outcome.deep = request.deep;
    // An index over a damaged ledger proves nothing.
    if (request.deep && outcome.report.findings.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(outcome.index_difference, node.compare_index());
    }
    return outcome;
}

}  // namespace entente::service
