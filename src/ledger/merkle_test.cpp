#include "ledger/merkle.h"

#include <gtest/gtest.h>

namespace entente::ledger {
namespace {

// RFC 6962 section 2.1 as it is written down there, slowly.
Hash naive_root(const std::vector<Hash>& leaves, std::size_t begin, std::size_t end) {
    if (begin == end) return empty_root();
    if (end - begin == 1) return leaves[begin];
    std::size_t k = 1;
    while (k * 2 < end - begin) k *= 2;
    return node_hash(naive_root(leaves, begin, begin + k), naive_root(leaves, begin + k, end));
}

struct Tree {
    std::vector<Hash> leaves;
    std::vector<std::vector<Hash>> stored;
    Frontier frontier;

    explicit Tree(std::size_t size) {
        for (std::size_t i = 0; i < size; ++i) {
            leaves.push_back(leaf_hash(std::to_string(i)));
            stored.push_back(frontier.append(leaves.back()));
        }
    }
    HashReader reader() const {
        return [this](unsigned level, std::uint64_t position) -> Result<Hash> {
            return stored.at(((position + 1) << level) - 1).at(level);
        };
    }
};

TEST(Merkle, RootsAndProofsOfAllSizesTo130AgreeWithTheNaiveTree) {
    const Tree tree(130);
    const auto read = tree.reader();
    Frontier grown;
    for (std::size_t size = 1; size <= 130; ++size) {
        grown.append(tree.leaves[size - 1]);
        const Hash root = naive_root(tree.leaves, 0, size);
        ASSERT_EQ(grown.root(), root) << size;
        ASSERT_EQ(read_frontier(size, read)->root(), root) << size;
        for (std::size_t index = 0; index < size; ++index) {
            const auto path = inclusion_proof(index, size, read);
            ASSERT_TRUE(path);
            ASSERT_TRUE(verify_inclusion(tree.leaves[index], index, size, *path, root))
                << index << " of " << size;
            ASSERT_FALSE(
                verify_inclusion(tree.leaves[index], (index + 1) % (size + 1), size, *path, root) && size > 1
            );
        }
        for (std::size_t from = 1; from <= size; ++from) {
            const auto path = consistency_proof(from, size, read);
            ASSERT_TRUE(path);
            ASSERT_TRUE(verify_consistency(from, size, naive_root(tree.leaves, 0, from), root, *path))
                << from << " to " << size;
        }
    }
}

TEST(Merkle, EveryFlippedBitOfAProofIsRefused) {
    const Tree tree(100);
    const auto read = tree.reader();
    const Hash root = tree.frontier.root(), old = read_frontier(37, read)->root();
    for (const bool inclusion : {true, false}) {
        const auto path = *(inclusion ? inclusion_proof(70, 100, read) : consistency_proof(37, 100, read));
        for (std::size_t bit = 0; bit < path.size() * 256; ++bit) {
            auto bad = path;
            bad[bit / 256].bytes[bit % 256 / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
            EXPECT_FALSE(
                inclusion ? verify_inclusion(tree.leaves[70], 70, 100, bad, root)
                          : verify_consistency(37, 100, old, root, bad)
            ) << bit;
        }
    }
}

TEST(Merkle, ProofsAreShort) {
    const Tree tree(100'000);
    for (const std::uint64_t index : {0ULL, 1ULL, 65'535ULL, 65'536ULL, 99'999ULL}) {
        EXPECT_LE(inclusion_proof(index, 100'000, tree.reader())->size(), 17U);
        EXPECT_LE(consistency_proof(index + 1, 100'000, tree.reader())->size(), 18U);
    }
}

TEST(Merkle, EmptyTree) {
    EXPECT_EQ(Frontier().root(), sha256({}));
    EXPECT_FALSE(verify_inclusion(leaf_hash("x"), 0, 0, {}, empty_root()));
    EXPECT_FALSE(verify_consistency(0, 5, empty_root(), empty_root(), {}));
}

}  // namespace
}  // namespace entente::ledger
