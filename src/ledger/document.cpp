#include "ledger/document.h"

#include <optional>

#include <fmt/format.h>

#include "base/codec.h"
#include "base/hash.h"
#include "ledger/disclosure.h"
#include "ledger/entry.h"

namespace entente::ledger {
namespace {

constexpr std::size_t kSaltBytes = 32;

struct Digest {
    std::string salt;
    Hash hash;
};

std::optional<Digest> read_digest(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto salt = from_hex(text.substr(0, colon)), raw = from_hex(text.substr(colon + 1));
    const auto hash = raw ? Hash::from_bytes(*raw) : std::nullopt;
    if (!salt || salt->size() != kSaltBytes || !hash) return std::nullopt;
    return Digest{*salt, *hash};
}

struct Stored {
    std::uint64_t size = 0;
    std::uint64_t key = 0;
    Digest digest;
};

std::unexpected<Error> damaged(std::uint64_t index, std::string what) {
    return fail(
        ErrorCode::corrupt,
        "document",
        fmt::format("found the document of entry {} damaged: {}; nothing of it is given out", index, what),
        "entente verify; bring the ledger back from a copy"
    );
}

// What the entry says of its file. The digest may have been erased, and with it the key of the bytes.
Result<Stored> look_up(LedgerReader& reader, Vault& vault, std::uint64_t index) {
    ENTENTE_ASSIGN_OR_RETURN(const auto bytes, reader.entry_bytes(index));
    ENTENTE_ASSIGN_OR_RETURN(const auto entry, decode(bytes));
    const auto* size = entry.f ? entry.f->if_contains("size") : nullptr;
    if (entry.type != kDocumentType || entry.kind != "record" || !size || !size->is_int64())
        return fail(ErrorCode::not_found, "document", fmt::format("found no document at entry {}", index));
    ENTENTE_ASSIGN_OR_RETURN(const auto boxes, reader.boxes(index, -1));
    for (const auto& [address, box] : boxes) {
        const auto text = vault.open_box(address, box);
        if (!text) continue;
        const auto value = Disclosure{*text}.open();
        if (!value || value->name != kDigestField) continue;
        const auto digest = read_digest(value->value);
        if (!digest) return damaged(index, "its digest cannot be read");
        return Stored{static_cast<std::uint64_t>(size->get_int64()), address.key, *digest};
    }
    return fail(
        ErrorCode::not_found, "document", fmt::format("the bytes of the document of entry {} are gone", index)
    );
}

}  // namespace

std::uint64_t chunk_count(std::uint64_t size) {
    return (size + kChunkBytes - 1) / kChunkBytes;
}

std::string document_digest(std::string_view salt, std::string_view bytes) {
    return hex(salt) + ":" + hex(sha256(salt, bytes).view());
}

bool is_digest_of(std::string_view text, std::string_view bytes) {
    const auto digest = read_digest(text);
    return digest && sha256(digest->salt, bytes) == digest->hash;
}

Result<void> each_chunk(
    LedgerReader& reader,
    Vault& vault,
    std::uint64_t index,
    const std::function<void(std::string_view bytes)>& take
) {
    ENTENTE_ASSIGN_OR_RETURN(const auto stored, look_up(reader, vault, index));
    const auto count = chunk_count(stored.size);
    Sha256Stream hash;
    hash.update(stored.digest.salt);
    std::uint64_t size = 0;
    for (std::uint64_t number = 0; number < count; ++number) {
        ENTENTE_ASSIGN_OR_RETURN(const auto chunk, reader.chunk(index, number));
        const auto which = fmt::format("chunk {} of {}", number + 1, count);
        if (!chunk) return damaged(index, which + " is missing");
        if (chunk->address.key != stored.key) return damaged(index, which + " names another data key");
        const auto bytes = vault.open_chunk({index, number, count, stored.key}, chunk->box);
        if (!bytes && bytes.error().code != ErrorCode::corrupt) return std::unexpected(bytes.error());
        if (!bytes) return damaged(index, which + " does not open");
        size += bytes->size();
        if (size > stored.size || (number + 1 < count && bytes->size() != kChunkBytes))
            return damaged(index, which + " has another length");
        hash.update(*bytes);
        take(*bytes);
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto surplus, reader.chunk(index, count));
    if (surplus) return damaged(index, "a chunk follows the last one");
    if (size != stored.size) return damaged(index, "its size is another");
    if (hash.finish() != stored.digest.hash) return damaged(index, "its bytes do not have its digest");
    return {};
}

Result<std::string> read_document(LedgerReader& reader, Vault& vault, std::uint64_t index) {
    std::string out;
    ENTENTE_RETURN_IF_ERROR(each_chunk(reader, vault, index, [&](std::string_view bytes) { out += bytes; }));
    return out;
}

}  // namespace entente::ledger
