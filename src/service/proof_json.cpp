#include "service/proof_json.h"

#include "base/codec.h"

namespace entente::service {

json::array hashes_json(const std::vector<Hash>& hashes) {
    json::array out;
    for (const auto& hash : hashes) out.push_back(json::string(base64(hash.view())));
    return out;
}

json::object proof_json(const RecordProof& proof) {
    json::array disclosures;
    for (const auto& disclosure : proof.disclosures) disclosures.push_back(json::string(disclosure));
    json::object out{
        {"record", proof.revision.rec},
        {"revision", proof.revision.number},
        {"index", proof.revision.index},
        {"entry", proof.entry},
        {"tlog_proof", proof.tlog_proof},
        {"vkey", proof.vkey},
        {"disclosures", disclosures}};
    if (!proof.row.empty()) {
        out["row"] = proof.row;
        out["row_number"] = proof.revision.row;
        out["rows"] = proof.rows;
        out["row_path"] = hashes_json(proof.row_path);
    }
    return out;
}

}  // namespace entente::service
