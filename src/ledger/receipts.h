#pragma once

#include <string_view>

#include "ledger/ledger.h"
#include "ledger/store.h"
#include "ledger/vault.h"

namespace entente::ledger {

/// Digest of all that a caller asked for: two requests under one idempotency key must agree in it.
Hash body_digest(const Draft& draft);
/// The receipt kept for a key, bound by an HMAC so that a changed one is found.
StoredReceipt make_receipt(const Vault& vault, std::string_view key, std::uint64_t index, const Hash& body);
bool receipt_is_genuine(const Vault& vault, std::string_view key, const StoredReceipt& receipt);

}  // namespace entente::ledger
