#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/store.h"
#include "ledger/vault.h"

namespace entente::ledger {

/// The part of verify() that reads the bytes of all documents and holds them against their digests. Internal
/// to verify.
class DocumentCheck {
public:
    using Report = std::function<void(std::optional<std::uint64_t> index, std::string what)>;
    struct Read {
        std::uint64_t documents = 0;
        std::uint64_t bytes = 0;
    };

    /// Told of every entry that is no import; keeps those that have bytes.
    void entry(const StoredLeaf& entry, std::string_view kind);
    /// Reads all bytes; `vault` null: counts chunks only.
    /// Requires  nobody else uses the vault meanwhile
    Result<Read> judge(LedgerReader& reader, Vault* vault, const Report& report) const;

private:
    std::map<std::uint64_t, std::uint64_t> sizes_;  // by entry
};

}  // namespace entente::ledger
