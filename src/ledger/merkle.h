#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"

namespace entente::ledger {

/// RFC 6962 tree hashes with SHA-256.
Hash leaf_hash(std::string_view bytes);
Hash node_hash(const Hash& left, const Hash& right);
/// Root of a tree of no leaves.
Hash empty_root();

/// The roots of the complete subtrees that cover a prefix of the log, largest first: all that is needed to go
/// on. At n leaves it holds popcount(n) hashes. Value type; not thread-safe.
class Frontier {
public:
    Frontier() = default;
    Frontier(std::uint64_t size, std::vector<Hash> roots);

    /// Adds the next leaf. Gives the hashes that become final with it: the leaf, then the subtrees that it
    /// completes, lowest first. They are what the store keeps beside the leaf.
    std::vector<Hash> append(const Hash& leaf);
    std::uint64_t size() const { return size_; }
    Hash root() const;

private:
    std::uint64_t size_ = 0;
    std::vector<Hash> roots_;
};

/// Reads the hash of the complete subtree of 2^level leaves that begins at leaf `position << level`. It
/// became final with leaf `((position + 1) << level) - 1` and lies `level` hashes after that leaf's own.
using HashReader = std::function<Result<Hash>(unsigned level, std::uint64_t position)>;

/// The frontier of the first `size` leaves, from stored hashes.
/// Cost  popcount(size) reads
Result<Frontier> read_frontier(std::uint64_t size, const HashReader& read);

/// The root over leaves [begin, end) with begin a multiple of a power of two >= end - begin. Used by the
/// proofs.
Result<Hash> subtree_root(std::uint64_t begin, std::uint64_t end, const HashReader& read);

/// Audit path of leaf `index` in the tree of `size` leaves, nearest hash first (RFC 6962, 2.1.1).
/// Requires  index < size.
/// Cost  O(log size) reads, at most 2·log2(size)
Result<std::vector<Hash>> inclusion_proof(std::uint64_t index, std::uint64_t size, const HashReader& read);

/// Proof that the tree of `to` leaves begins with the tree of `from` leaves (RFC 6962, 2.1.2).
/// Requires  0 < from <= to
Result<std::vector<Hash>> consistency_proof(std::uint64_t from, std::uint64_t to, const HashReader& read);

/// Whether `path` leads from `leaf` at `index` to `root` of a tree of `size`.
bool verify_inclusion(
    const Hash& leaf, std::uint64_t index, std::uint64_t size, std::span<const Hash> path, const Hash& root
);
/// Whether `path` shows that `old_root` at `from` is a prefix of `new_root` at `to`.
bool verify_consistency(
    std::uint64_t from,
    std::uint64_t to,
    const Hash& old_root,
    const Hash& new_root,
    std::span<const Hash> path
);

}  // namespace entente::ledger
