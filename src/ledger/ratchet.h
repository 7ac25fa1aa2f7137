#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "ledger/note.h"

namespace entente::ledger {

/// Remembers, outside the database, the highest head that was ever signed: origin, size and root, a line each
/// signing. With it a node that was restored from a backup, or cloned, refuses to sign a second history.
class Ratchet {
public:
    explicit Ratchet(std::filesystem::path file) : file_(std::move(file)) {}

    /// The last head on file; nothing when none was signed yet. A last line that was cut short by a crash is
    /// passed over: what it said was never signed.
    /// Errors  corrupt: a whole line that cannot be read, heads
    /// that fall or that give one size two roots
    Result<std::optional<Checkpoint>> head() const;
    /// All heads on file, oldest first.
    /// Errors  as of head
    Result<std::vector<Checkpoint>> heads() const;

    /// Notes a head before it is signed, and flushes it.
    /// Errors  conflict: smaller than the head on file, or the same size with another root, or another origin
    Result<void> advance(const Checkpoint& next) const;

private:
    std::filesystem::path file_;
};

}  // namespace entente::ledger
