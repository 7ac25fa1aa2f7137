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
    return memories_.empty() ? Interval{-1, 1} : numerics::middle_part(memories_, kLevel);
}

namespace {

/// By draw, with which place each place changes when gaps are shuffled: whole numbers below place + 1.
class Changes {
public:
    Changes() : kept_(kDraws * kKept) {
        std::array<double, kTogether> uniform;
        for (std::size_t first = 0; first < kDraws; first += kTogether)
            for (std::size_t place = 1; place < kKept; ++place) {
                draw(first, place, uniform);
                for (std::size_t i = 0; i < kTogether; ++i)
                    kept_[first * kKept + place * kTogether + i] = static_cast<std::uint8_t>(uniform[i]);
            }
    }

    /// For some draws, one beside the other for each place.
    void tell(std::size_t first, std::span<std::uint32_t> out) const {
        const std::size_t places = out.size() / kTogether, kept = std::min(places, kKept);
        std::copy_n(&kept_[first * kKept], kept * kTogether, out.begin());
        std::array<double, kTogether> uniform;
        for (std::size_t place = kept; place < places; ++place) {
            draw(first, place, uniform);
            for (std::size_t i = 0; i < kTogether; ++i)
                out[place * kTogether + i] = static_cast<std::uint32_t>(uniform[i]);
        }
    }

private:
    static constexpr std::size_t kKept = 256;  ///< places of which the draws are kept, a byte each

    void draw(std::size_t first, std::size_t place, std::span<double> out) const {
        random_.uniforms(first, place, out);
        for (double& one : out) one *= static_cast<double>(place + 1);
    }

    numerics::Draws random_{"memory 1"};
    std::vector<std::uint8_t> kept_;
};

}  // namespace

void shuffle_all(std::span<ShuffledMemory> all) {
    static const Changes kChanges;
    std::size_t longest = 0;
    for (const auto& one : all) longest = std::max(longest, one.size());
    std::vector<std::uint32_t> with(longest * kTogether);
    for (std::size_t first = 0; first < kDraws; first += kTogether) {
        kChanges.tell(first, with);
        for (auto& one : all)
            for (std::size_t draw = 0; draw < kTogether; ++draw) one.shuffle(with.data() + draw, kTogether);
    }
}

}  // namespace entente::measures
