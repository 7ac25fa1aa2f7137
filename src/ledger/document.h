#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ledger/store.h"
#include "ledger/vault.h"

namespace entente::ledger {

/// Record type whose records have bytes of their own beside the entry.
inline constexpr std::string_view kDocumentType = "document";
/// The field, and sealed value, whose data key locks the bytes: erasing it erases them.
inline constexpr std::string_view kDigestField = "digest";
inline constexpr std::uint64_t kChunkBytes = 1U << 20;
inline constexpr std::uint64_t kMaxDocumentBytes = 64U << 20;
/// Stands for the row in the address of a chunk, whose slot is its number.
inline constexpr std::int64_t kChunkRow = -2;

/// How many chunks a file of that size has.
std::uint64_t chunk_count(std::uint64_t size);

/// What is said of a file's bytes: salt and SHA-256 of salt and bytes in hexadecimal, a colon between. Who
/// holds the file and not the salt cannot test whether we hold it.
/// Requires  salt is 32 bytes
std::string document_digest(std::string_view salt, std::string_view bytes);
/// Whether `digest` was made of these bytes; false for a text that is no digest.
bool is_digest_of(std::string_view digest, std::string_view bytes);

/// Hands on the bytes of the document at entry `index`, chunk by chunk, as each opens. What was handed on is
/// checked only when this returns without an error: the number of chunks, their order, their key, the size
/// and the digest.
/// Errors  corrupt, naming entry and chunk · not_found: no document, or its bytes were erased · unavailable
Result<void> each_chunk(
    LedgerReader& reader,
    Vault& vault,
    std::uint64_t index,
    const std::function<void(std::string_view bytes)>& take
);

/// The whole file, given out only when all of it was opened and its digest compared.
/// Errors  as each_chunk
Result<std::string> read_document(LedgerReader& reader, Vault& vault, std::uint64_t index);

}  // namespace entente::ledger
