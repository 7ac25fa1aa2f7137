#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

#include "measures/relational/evaluate.h"
#include "numerics/neumaier.h"

namespace entente::measures::relational {

inline constexpr std::size_t kBlock = 256;  ///< times

inline std::size_t count_blocks(std::size_t times) {
    return (times + kBlock - 1) / kBlock;
}

/// The sums of one block.
struct BlockSums {
    explicit BlockSums(std::size_t parameters = 0) {
        evaluation.likelihood.gradient.resize(parameters);
        evaluation.likelihood.information.resize(parameters * parameters);
    }
    Evaluation evaluation;
    numerics::NeumaierSum value;
};

/// Calls `walk(blocks, out)` in each thread with the blocks that are its own, in their order.
inline void share_blocks(
    std::size_t blocks,
    std::size_t stride,
    unsigned threads,
    const std::function<void(const std::vector<std::size_t>& mine)>& walk
) {
    const std::size_t used = (blocks + stride - 1) / stride;
    const std::size_t workers = std::clamp<std::size_t>(threads, 1, std::max<std::size_t>(used, 1));
    std::vector<std::vector<std::size_t>> shares(workers);
    for (std::size_t i = 0; i < used; ++i) shares[i % workers].push_back(i * stride);
    if (workers == 1) return walk(shares[0]);
    std::vector<std::jthread> running;
    for (const auto& share : shares) running.emplace_back([&walk, &share] { walk(share); });
}

/// All blocks added in their order.
inline Evaluation add_blocks(const std::vector<BlockSums>& blocks, std::size_t parameters) {
    BlockSums total(parameters);
    Evaluation& out = total.evaluation;
    const auto add = [](std::vector<double>& to, const std::vector<double>& what) {
        if (to.empty()) to.resize(what.size());
        for (std::size_t i = 0; i < what.size(); ++i) to[i] += what[i];
    };
    for (const BlockSums& block : blocks) {
        const Evaluation& of = block.evaluation;
        total.value.add(block.value.value());
        out.events += of.events;
        out.events_left_out += of.events_left_out;
        out.risk_sets += of.risk_sets;
        out.pairs += of.pairs;
        out.pairs_left_out += of.pairs_left_out;
        add(out.likelihood.gradient, of.likelihood.gradient);
        add(out.likelihood.information, of.likelihood.information);
        add(out.sums, of.sums);
        add(out.squares, of.squares);
    }
    out.likelihood.value = total.value.value();
    return out;
}

}  // namespace entente::measures::relational
