#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/note.h"
#include "ledger/store.h"
#include "ledger/vault.h"

namespace entente::ledger {

/// One thing that is wrong. `index` is the entry that it concerns; none where it concerns the whole file.
struct Finding {
    std::optional<std::uint64_t> index;
    std::string what;
};

struct VerifyReport {
    std::uint64_t entries = 0;
    std::uint64_t rows = 0;
    std::uint64_t sealed_values = 0;
    std::uint64_t erased_values = 0;
    std::uint64_t documents = 0;       ///< whose bytes were read and checked
    std::uint64_t document_bytes = 0;  ///< of these
    std::uint64_t labels = 0;
    std::uint64_t checkpoints = 0;
    Hash root;
    bool sealed_values_opened = false;  ///< false: no keys were at hand, only their number was checked
    std::optional<Checkpoint> kept;     ///< the outside checkpoint that held
    std::optional<Checkpoint> ratchet;  ///< the signed head that held
    std::vector<Finding> findings;      ///< by index; empty: all is well

    /// The first entry that is wrong; nothing when no finding names one.
    std::optional<std::uint64_t> first_bad() const;
};

struct VerifyRequest {
    const Verifier* verifier = nullptr;  ///< checks stored and kept checkpoints
    std::optional<Checkpoint> kept;      ///< checkpoint that somebody else kept, signature already checked
    std::optional<Checkpoint> ratchet;   ///< highest signed head
    std::vector<Checkpoint>
        signed_heads;        ///< all heads in the ratchet: each must hold, and have its stored checkpoint
    Vault* vault = nullptr;  ///< opens sealed values; null: only counts them
    std::size_t most_findings = 20;
};

/// Checks every stored byte of the ledger against the hashes, the tree, the checkpoints and the keys.
/// Errors  unavailable: cannot read (what is wrong with the content is a finding, never an error)
/// Cost    one pass over entries, rows and sealed values
Result<VerifyReport> verify(LedgerReader& reader, const VerifyRequest& request);

}  // namespace entente::ledger
