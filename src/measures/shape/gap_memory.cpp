#include "measures/shape/gap_memory.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "numerics/philox.h"

namespace entente::measures {
namespace {

constexpr std::size_t kDraws = 2000;
constexpr std::size_t kTogether = 16;
static_assert(kDraws % kTogether == 0);
constexpr double kLevel = 0.9;

/// Sums over pairs of neighbours: of the first, of the second.
struct PairSums {
    std::int64_t pairs = 0;
    std::int64_t first = 0, second = 0, first_squares = 0, second_squares = 0, together = 0;

    std::optional<double> correlation() const {
        const auto spread = pairs * first_squares - first * first;
        const auto next_spread = pairs * second_squares - second * second;
        if (spread == 0 || next_spread == 0) return std::nullopt;
        return static_cast<double>(pairs * together - first * second) /
               std::sqrt(static_cast<double>(spread) * static_cast<double>(next_spread));
    }
};

}  // namespace

std::vector<std::int64_t> whole_days(std::span<const Gap> gaps) {
    std::vector<std::int64_t> out;
    for (const auto& gap : gaps) out.push_back(gap.days());
    return out;
}

std::optional<double> memory(std::span<const std::int64_t> gaps, std::span<const std::size_t> pairs) {
    PairSums sums;
    for (const auto i : pairs) {
        ++sums.pairs;
        sums.first += gaps[i];
        sums.second += gaps[i + 1];
        sums.first_squares += gaps[i] * gaps[i];
        sums.second_squares += gaps[i + 1] * gaps[i + 1];
        sums.together += gaps[i] * gaps[i + 1];
    }
    return sums.correlation();
}

ShuffledMemory::ShuffledMemory(std::vector<std::int64_t> gaps, std::vector<std::size_t> pairs)
    : order_(std::move(gaps)), pairs_(std::move(pairs)) {
    for (std::size_t i = 0; i + 1 < order_.size(); ++i)
        if (!std::ranges::binary_search(pairs_, i)) parted_.push_back(i);
    for (const auto gap : order_) sum_ += gap, squares_ += gap * gap;
    memories_.reserve(kDraws);
}

void ShuffledMemory::shuffle(const std::uint32_t* with, std::size_t stride) {
    auto* const order = order_.data();
    const std::size_t last = order_.size() - 1;
    // All neighbours first; what is no pair is taken off again.
    PairSums sums{static_cast<std::int64_t>(pairs_.size()), sum_, sum_, squares_, squares_, 0};
    std::int64_t after = 0;
    for (std::size_t i = last; i > 0; --i) {
        const auto other = with[i * stride];
        const auto taken = order[other];
        order[other] = order[i];
        order[i] = taken;
        sums.together += taken * after;
        after = taken;
    }
    sums.together += order[0] * after;
    const auto take_off = [](std::int64_t gap, std::int64_t& sum, std::int64_t& squares) {
        sum -= gap;
        squares -= gap * gap;
    };
    take_off(order[last], sums.first, sums.first_squares);
    take_off(order[0], sums.second, sums.second_squares);
    for (const auto i : parted_) {
        take_off(order[i], sums.first, sums.first_squares);
        take_off(order[i + 1], sums.second, sums.second_squares);
        sums.together -= order[i] * order[i + 1];
    }
    if (const auto value = sums.correlation()) memories_.push_back(*value);
}

Interval ShuffledMemory::middle_part() {
    return memories_.empty() ? Interval{-1, 1} : numerics::middle_part(std::move(memories_), kLevel);
}

void shuffle_all(std::span<ShuffledMemory> all) {
    static const numerics::Draws kRandom("memory 1");
    std::size_t longest = 0;
    for (const auto& one : all) longest = std::max(longest, one.size());
    // By place, one beside the other for each draw of a few: with which place it changes.
    std::vector<std::uint32_t> with(longest * kTogether);
    std::array<double, kTogether> uniform;
    for (std::size_t first = 0; first < kDraws; first += kTogether) {
        for (std::size_t i = 1; i < longest; ++i) {
            kRandom.uniforms(first, i, uniform);
            for (std::size_t draw = 0; draw < kTogether; ++draw)
                with[i * kTogether + draw] =
                    static_cast<std::uint32_t>(uniform[draw] * static_cast<double>(i + 1));
        }
        for (auto& one : all)
            for (std::size_t draw = 0; draw < kTogether; ++draw) one.shuffle(with.data() + draw, kTogether);
    }
}

}  // namespace entente::measures
