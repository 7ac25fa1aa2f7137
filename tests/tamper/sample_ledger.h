#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "ledger/note.h"
#include "ledger/vault.h"
#include "ledger/verify.h"

namespace entente::tamper {

/// A stopped node with a bit of everything: records, corrections, retractions, a batch, two labels,
/// idempotency keys, checkpoints. What an outsider would hold of it (a kept checkpoint, the ratchet) lies
/// beside it.
struct Sample {
    std::filesystem::path ledger;  ///< the database, closed
    std::filesystem::path keys;
    ledger::Signer signer;
    ledger::Checkpoint kept;                       ///< of about two thirds of the record
    std::vector<ledger::Checkpoint> signed_heads;  ///< the ratchet; the last one is the end of the record
    std::uint64_t batch = 0;                       ///< index of the import entry
    std::uint64_t batch_rows = 0;
    std::uint64_t size = 0;
};

/// Builds it in an empty directory.
Sample build_sample(const std::filesystem::path& directory);

}  // namespace entente::tamper
