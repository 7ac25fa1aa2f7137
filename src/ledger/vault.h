#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace entente::ledger {

/// Where a sealed value stands: the entry, the row of its batch (-1 for the entry itself), the slot in the
/// order of the declaration, and the data key that locks it. All four are bound into the lock, so none can be
/// changed unnoticed.
struct SlotAddress {
    std::uint64_t index = 0;
    std::int64_t row = -1;
    std::uint32_t slot = 0;
    std::uint64_t key = 0;
};

/// Where a chunk of a document's bytes stands: the entry, its number from 0, how many there are, and the data
/// key. All four are bound into the lock: a chunk cannot be moved, swapped, left out or cut off unnoticed.
struct ChunkAddress {
    std::uint64_t index = 0;
    std::uint64_t number = 0;
    std::uint64_t count = 0;
    std::uint64_t key = 0;
};

/// The data keys: one for each sealed value, random, kept in a key file apart from the ledger so that
/// destroying a key makes every copy of the value unreadable, old backups included. Keys are made in blocks
/// ahead of need, each block wrapped by the wrap key, so that an append waits for no second flush. Not
/// thread-safe; one writer.
class Vault {
public:
    /// Opens a directory that holds `wrap.key` and `data.keys`.
    /// Errors  not_found, unavailable, corrupt (a block does not open under the wrap key)
    static Result<Vault> open(const std::filesystem::path& directory);
    /// Makes both files in a directory that has neither.
    /// Errors  conflict: one is there already
    static Result<void> create(const std::filesystem::path& directory);

    /// Makes sure that keys [0, count) exist on disk before any of them is used. `used` of them are in use
    /// already: a last block that does not open was left by a crash and is made again, but only if none of
    /// its keys is.
    /// Errors  unavailable: the key file cannot be written · corrupt: a block in use does not
    /// open
    Result<void> ensure(std::uint64_t used, std::uint64_t count);
    /// Locks a value (XChaCha20-Poly1305).
    /// Requires  ensure(…, address.key + 1) succeeded
    Result<std::string> lock(const SlotAddress& address, std::string_view value);
    /// Opens a locked value.
    /// Errors  corrupt: not what was locked at this address
    Result<std::string> open_box(const SlotAddress& address, std::string_view box);
    /// The same for a chunk of a document's bytes.
    /// Requires  the key is on disk
    Result<std::string> lock_chunk(const ChunkAddress& address, std::string_view bytes);
    /// Errors  corrupt: not what was locked at this address
    Result<std::string> open_chunk(const ChunkAddress& address, std::string_view box);
    /// A key for the given purpose, derived from the wrap key.
    std::string derived_key(std::string_view purpose) const;

private:
    Vault(std::filesystem::path directory, std::string wrap_key)
        : directory_(std::move(directory)), wrap_key_(std::move(wrap_key)) {}
    Result<std::string_view> key(std::uint64_t number);
    Result<const std::string*> block(std::uint64_t number);
    Result<void> add_block();
    Result<void> see_growth();

    std::filesystem::path directory_;
    std::string wrap_key_;
    std::uint64_t blocks_ = 0;                     // that open, or lie before the last
    bool damaged_end_ = false;                     // a whole block follows that does not open
    std::map<std::uint64_t, std::string> opened_;  // block number -> keys in the clear
};

}  // namespace entente::ledger
