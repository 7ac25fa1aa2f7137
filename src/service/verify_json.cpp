#include "service/verify_json.h"

#include "base/codec.h"

namespace entente::service {

json::object verify_json(const VerifyNodeOutcome& outcome) {
    const auto& r = outcome.report;
    json::array findings;
    for (const auto& finding : r.findings)
        findings.push_back(json::object{
            {"entry", finding.index ? json::value(*finding.index) : json::value(nullptr)},
            {"what", finding.what}});
    json::object out{
        {"holds", r.findings.empty() && outcome.index_difference.empty()},
        {"entries", r.entries},
        {"rows", r.rows},
        {"sealed_values", r.sealed_values},
        {"erased_values", r.erased_values},
        {"documents", r.documents},
        {"document_bytes", r.document_bytes},
        {"checkpoints", r.checkpoints},
        {"root", base64(r.root.view())}};
    out["kept_checkpoint"] = outcome.kept_given ? json::value(r.kept.has_value()) : json::value(nullptr);
    out["index_equal"] = outcome.deep ? json::value(outcome.index_difference.empty()) : json::value(nullptr);
    const auto first = r.first_bad();
    out["first_bad_entry"] = first ? json::value(*first) : json::value(nullptr);
    out["findings"] = std::move(findings);
    return out;
}

}  // namespace entente::service
