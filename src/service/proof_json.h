#pragma once

#include <vector>

#include "base/hash.h"
#include "base/json.h"
#include "service/proofs.h"

namespace entente::service {

/// Hashes in base64, in their order.
json::array hashes_json(const std::vector<Hash>& hashes);

/// A proof as an object: the leaf bytes as they were hashed, the proof of the entry as a text of c2sp.org/tlog-proof,
/// and for a row its path inside the batch.
json::object proof_json(const RecordProof& proof);

}  // namespace entente::service
