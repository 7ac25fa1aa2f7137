#include "ledger/document_check.h"

#include <fmt/format.h>

#include "ledger/document.h"
#include "ledger/entry.h"

namespace entente::ledger {

void DocumentCheck::entry(const StoredLeaf& entry, std::string_view kind) {
    // Looked for first: few entries are documents, and reading the whole of each would cost more than hashing
    // it.
    if (kind != "record" || entry.bytes.find("\"type\":\"document\"") == std::string_view::npos) return;
    const auto fields = decode(entry.bytes);
    if (!fields || fields->type != kDocumentType) return;
    const auto* size = fields->f ? fields->f->if_contains("size") : nullptr;
    if (size && size->is_int64() && size->get_int64() >= 0)
        sizes_[entry.position] = static_cast<std::uint64_t>(size->get_int64());
}

Result<DocumentCheck::Read> DocumentCheck::judge(LedgerReader& reader, Vault* vault, const Report& report)
    const {
    ENTENTE_ASSIGN_OR_RETURN(const auto places, reader.chunk_places());
    std::map<std::uint64_t, std::uint64_t> counts;
    for (const auto& place : places) {
        const auto index = static_cast<std::uint64_t>(place.index);
        if (place.index < 0 || place.row != kChunkRow || !sizes_.contains(index))
            report(
                place.index < 0 ? std::nullopt : std::optional(index),
                "bytes of a file are stored that belong to no document"
            );
        else
            counts[index] = place.count;
    }
    Read read;
    for (const auto& [index, size] : sizes_) {
        const auto found = counts.contains(index) ? counts.at(index) : 0;
        if (!vault) {
            if (found != 0 && found != chunk_count(size))
                report(
                    index, fmt::format("found {} chunks of its file, expected {}", found, chunk_count(size))
                );
            continue;
        }
        const auto whole = each_chunk(reader, *vault, index, [](std::string_view) {});
        if (whole) {
            ++read.documents;
            read.bytes += size;
        } else if (whole.error().code == ErrorCode::not_found) {
            // Erased, or its digest is missing, which is a finding of its own.
            if (found != 0) report(index, "the bytes of its file are still stored, and its digest is gone");
        } else if (whole.error().code == ErrorCode::corrupt) {
            report(index, whole.error().message);
        } else {
            return std::unexpected(whole.error());
        }
    }
    return read;
}

}  // namespace entente::ledger
