#include "ledger/store.h"

#include <fmt/format.h>

namespace entente::ledger {

std::string joined(const std::vector<Hash>& hashes) {
    std::string out;
    for (const auto& hash : hashes) out += hash.view();
    return out;
}

Result<Hash> hash_at(std::string_view joined_hashes, std::size_t number) {
    if (joined_hashes.size() < (number + 1) * 32)
        return fail(
            ErrorCode::corrupt,
            {},
            fmt::format(
                "found {} bytes of stored hashes, expected {} hashes", joined_hashes.size(), number + 1
            )
        );
    return *Hash::from_bytes(joined_hashes.substr(number * 32, 32));
}

HashReader stored_hashes(LedgerReader& reader) {
    return [&reader](unsigned level, std::uint64_t position) -> Result<Hash> {
        ENTENTE_ASSIGN_OR_RETURN(const auto hashes, reader.entry_hashes(((position + 1) << level) - 1));
        return hash_at(hashes, level);
    };
}

HashReader stored_batch_hashes(LedgerReader& reader, std::uint64_t batch) {
    return [&reader, batch](unsigned level, std::uint64_t position) -> Result<Hash> {
        ENTENTE_ASSIGN_OR_RETURN(const auto hashes, reader.row_hashes(batch, ((position + 1) << level) - 1));
        return hash_at(hashes, level);
    };
}

}  // namespace entente::ledger
