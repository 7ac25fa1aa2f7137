#include "ledger/merkle.h"

#include <bit>

#include "base/check.h"

namespace entente::ledger {
namespace {

constexpr std::string_view kLeafPrefix{"\x00", 1};
constexpr std::string_view kNodePrefix{"\x01", 1};

// Largest power of two below n, for n >= 2.
std::uint64_t split_point(std::uint64_t n) {
    return std::bit_floor(n - 1);
}

Result<void> collect_inclusion(
    std::uint64_t index,
    std::uint64_t begin,
    std::uint64_t end,
    const HashReader& read,
    std::vector<Hash>& path
) {
    if (end - begin == 1) return {};
    const std::uint64_t middle = begin + split_point(end - begin);
    const bool left = index < middle;
    ENTENTE_RETURN_IF_ERROR(
        left ? collect_inclusion(index, begin, middle, read, path)
             : collect_inclusion(index, middle, end, read, path)
    );
    ENTENTE_ASSIGN_OR_RETURN(
        const auto sibling, left ? subtree_root(middle, end, read) : subtree_root(begin, middle, read)
    );
    path.push_back(sibling);
    return {};
}

// `whole`: the old tree's root is known to the verifier as it is (RFC 6962's b = true).
Result<void> collect_consistency(
    std::uint64_t from,
    std::uint64_t begin,
    std::uint64_t end,
    bool whole,
    const HashReader& read,
    std::vector<Hash>& path
) {
    if (from == end) {
        if (whole) return {};
        ENTENTE_ASSIGN_OR_RETURN(const auto root, subtree_root(begin, end, read));
        path.push_back(root);
        return {};
    }
    const std::uint64_t middle = begin + split_point(end - begin);
    if (from <= middle) {
        ENTENTE_RETURN_IF_ERROR(collect_consistency(from, begin, middle, whole, read, path));
        ENTENTE_ASSIGN_OR_RETURN(const auto right, subtree_root(middle, end, read));
        path.push_back(right);
        return {};
    }
    ENTENTE_RETURN_IF_ERROR(collect_consistency(from, middle, end, false, read, path));
    ENTENTE_ASSIGN_OR_RETURN(const auto left, subtree_root(begin, middle, read));
    path.push_back(left);
    return {};
}

}  // namespace

Hash leaf_hash(std::string_view bytes) {
    return sha256(kLeafPrefix, bytes);
}
Hash node_hash(const Hash& left, const Hash& right) {
    return sha256(kNodePrefix, left.view(), right.view());
}
Hash empty_root() {
    return sha256({});
}

Frontier::Frontier(std::uint64_t size, std::vector<Hash> roots) : size_(size), roots_(std::move(roots)) {
    check(
        roots_.size() == static_cast<std::size_t>(std::popcount(size_)),
        "a frontier holds one root a set bit of its size"
    );
}

std::vector<Hash> Frontier::append(const Hash& leaf) {
    std::vector<Hash> fresh{leaf};
    for (std::uint64_t rest = size_; rest & 1; rest >>= 1) {
        fresh.push_back(node_hash(roots_.back(), fresh.back()));
        roots_.pop_back();
    }
    roots_.push_back(fresh.back());
    ++size_;
    return fresh;
}

Hash Frontier::root() const {
    if (roots_.empty()) return empty_root();
    Hash root = roots_.back();
    for (std::size_t i = roots_.size() - 1; i-- > 0;) root = node_hash(roots_[i], root);
    return root;
}

Result<Frontier> read_frontier(std::uint64_t size, const HashReader& read) {
    std::vector<Hash> roots;
    std::uint64_t begin = 0;
    for (int level = 63; level >= 0; --level) {
        if (!(size >> level & 1)) continue;
        ENTENTE_ASSIGN_OR_RETURN(const auto root, read(static_cast<unsigned>(level), begin >> level));
        roots.push_back(root);
        begin += std::uint64_t{1} << level;
    }
    return Frontier(size, std::move(roots));
}

Result<Hash> subtree_root(std::uint64_t begin, std::uint64_t end, const HashReader& read) {
    const std::uint64_t count = end - begin;
    if (std::has_single_bit(count)) {
        const auto level = static_cast<unsigned>(std::countr_zero(count));
        return read(level, begin >> level);
    }
    const std::uint64_t middle = begin + split_point(count);
    ENTENTE_ASSIGN_OR_RETURN(const auto left, subtree_root(begin, middle, read));
    ENTENTE_ASSIGN_OR_RETURN(const auto right, subtree_root(middle, end, read));
    return node_hash(left, right);
}

Result<std::vector<Hash>> inclusion_proof(std::uint64_t index, std::uint64_t size, const HashReader& read) {
    check(index < size, "a proof is asked for a leaf inside the tree");
    std::vector<Hash> path;
    ENTENTE_RETURN_IF_ERROR(collect_inclusion(index, 0, size, read, path));
    return path;
}

Result<std::vector<Hash>> consistency_proof(std::uint64_t from, std::uint64_t to, const HashReader& read) {
    check(from > 0 && from <= to, "a consistency proof goes from a smaller tree to a larger one");
    std::vector<Hash> path;
    ENTENTE_RETURN_IF_ERROR(collect_consistency(from, 0, to, true, read, path));
    return path;
}

bool verify_inclusion(
    const Hash& leaf, std::uint64_t index, std::uint64_t size, std::span<const Hash> path, const Hash& root
) {
    if (index >= size) return false;
    std::uint64_t position = index, last = size - 1;
    Hash hash = leaf;
    for (const Hash& sibling : path) {
        if (last == 0) return false;
        if ((position & 1) || position == last) {
            hash = node_hash(sibling, hash);
            while (!(position & 1) && position != 0) position >>= 1, last >>= 1;
        } else {
            hash = node_hash(hash, sibling);
        }
        position >>= 1, last >>= 1;
    }
    return last == 0 && hash == root;
}

bool verify_consistency(
    std::uint64_t from,
    std::uint64_t to,
    const Hash& old_root,
    const Hash& new_root,
    std::span<const Hash> path
) {
    if (from == 0 || from > to) return false;
    if (from == to) return path.empty() && old_root == new_root;
    std::vector<Hash> proof;
    if (std::has_single_bit(from)) proof.push_back(old_root);
    proof.insert(proof.end(), path.begin(), path.end());
    if (proof.empty()) return false;
    std::uint64_t position = from - 1, last = to - 1;
    while (position & 1) position >>= 1, last >>= 1;
    Hash before = proof[0], after = proof[0];
    for (std::size_t i = 1; i < proof.size(); ++i) {
        if (last == 0) return false;
        if ((position & 1) || position == last) {
            before = node_hash(proof[i], before);
            after = node_hash(proof[i], after);
            while (!(position & 1) && position != 0) position >>= 1, last >>= 1;
        } else {
            after = node_hash(after, proof[i]);
        }
        position >>= 1, last >>= 1;
    }
    return last == 0 && before == old_root && after == new_root;
}

}  // namespace entente::ledger
