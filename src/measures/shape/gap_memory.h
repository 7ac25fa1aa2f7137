#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "measures/answer.h"
#include "measures/shape/gaps.h"

namespace entente::measures {

/// Lengths of gaps, in days.
std::vector<std::int64_t> whole_days(std::span<const Gap> gaps);

/// The correlation of each gap with the next one.
///
/// Definition  Σ (g_i − m₁)(g_{i+1} − m₂) / (k · σ₁σ₂) over the k pairs of neighbours, m₁ and σ₁ of the first of each
///             pair, m₂ and σ₂ of the second; from whole sums of whole days, so that nothing is lost
/// Units       −1 to 1; 0 without memory
/// Missing     gaps that are all alike have none
/// Source      Goh and Barabási 2008
std::optional<double> memory(
    std::span<const std::int64_t> gaps, std::span<const std::size_t> pairs  ///< places of the first of each
);

/// The memories of the same gaps in any order.
class ShuffledMemory {
public:
    ShuffledMemory(std::vector<std::int64_t> gaps, std::vector<std::size_t> pairs);

    std::size_t size() const { return order_.size(); }
    /// Shuffles them once more, from the order that they have: the last place changes with place `with[last]`, and so on
    /// down to the second.
    void shuffle(const std::uint32_t* with, std::size_t stride);
    /// 5 and 95 % of what was shuffled; −1 and 1 where no order has a memory.
    Interval middle_part();

private:
    std::vector<std::int64_t> order_;
    std::vector<std::size_t> pairs_, parted_;  ///< places followed by a neighbour, and by none
    std::int64_t sum_ = 0, squares_ = 0;
    std::vector<double> memories_;
};

/// Shuffles all of them 2,000 times, by the same declared draws.
/// Cost  O(draws · (longest + all gaps))
void shuffle_all(std::span<ShuffledMemory> all);

}  // namespace entente::measures
