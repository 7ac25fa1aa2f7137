// bench_proof DIRECTORY [SIZE]: the inclusion proof of one record, from a fresh read of the ledger to the
// checked path.
#include <iostream>
#include <random>

#include <fmt/format.h>

#include "support.h"

namespace entente::bench {
namespace {

using namespace ledger;

constexpr int kProofs = 1'000;

void run(const std::filesystem::path& directory, std::uint64_t size) {
    const auto node = filled_node(directory, size);
    const auto root = require(read_frontier(size, stored_hashes(*require(node->store->read())))).root();
    std::mt19937_64 random(1);
    std::vector<double> times;
    std::size_t longest = 0;
    for (int i = 0; i < kProofs; ++i) {
        const auto index = random() % size;
        times.push_back(1e3 * seconds([&] {
                            const auto reader = require(node->store->read());
                            const auto path = require(inclusion_proof(index, size, stored_hashes(*reader)));
                            const auto leaf = leaf_hash(require(reader->entry_bytes(index)));
                            require(verify_inclusion(leaf, index, size, path, root), "the proof holds");
                            longest = std::max(longest, path.size());
                        }));
    }
    const auto s = spread(times);
    std::cout << fmt::format(
        "proof of one record among {}: {} random, longest {} hashes: {:.2f} ms median, {:.2f} ms at most\n",
        size,
        kProofs,
        longest,
        s.middle,
        s.most
    );
}

}  // namespace
}  // namespace entente::bench

int main(int count, char** words) {
    entente::bench::require(count >= 2, "bench_proof DIRECTORY [SIZE]");
    entente::bench::run(words[1], count > 2 ? std::stoull(words[2]) : 200'000);
}
