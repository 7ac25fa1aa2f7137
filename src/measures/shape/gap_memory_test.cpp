#include "measures/shape/gap_memory.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "numerics/distributions.h"
#include "numerics/philox.h"

namespace entente::measures {
namespace {

/// As it is written down, mean by mean.
double naive_memory(const std::vector<double>& gaps, const std::vector<std::size_t>& pairs) {
    const auto k = static_cast<double>(pairs.size());
    double first = 0, second = 0, together = 0, spread = 0, next_spread = 0;
    for (const auto i : pairs) first += gaps[i] / k, second += gaps[i + 1] / k;
    for (const auto i : pairs) {
        together += (gaps[i] - first) * (gaps[i + 1] - second);
        spread += (gaps[i] - first) * (gaps[i] - first);
        next_spread += (gaps[i + 1] - second) * (gaps[i + 1] - second);
    }
    return spread < 1e-9 || next_spread < 1e-9 ? NAN : together / std::sqrt(spread * next_spread);
}

/// Fisher and Yates, one draw after the other, each from the order that the one before left.
Interval naive_chance(const std::vector<double>& gaps, const std::vector<std::size_t>& pairs) {
    const numerics::Draws random("memory 1");
    std::vector<double> values, order = gaps;
    for (std::size_t draw = 0; draw < 2000; ++draw) {
        for (std::size_t i = order.size(); i-- > 1;)
            std::swap(
                order[i],
                order[static_cast<std::size_t>(random.uniform(draw, i) * static_cast<double>(i + 1))]
            );
        if (const double value = naive_memory(order, pairs); !std::isnan(value)) values.push_back(value);
    }
    return values.empty() ? Interval{-1, 1} : numerics::middle_part(values, 0.9);
}

TEST(GapMemory, OfAllKindsAtOnceIsThatOfEachAlone) {
    std::mt19937 random(14);
    std::vector<ShuffledMemory> all;
    std::vector<Interval> expected;
    for (int kind = 0; kind < 8; ++kind) {
        std::vector<std::int64_t> gaps(7 + random() % 60);
        // Some of few lengths: orders without a memory come up.
        for (auto& gap : gaps) gap = 1 + static_cast<std::int64_t>(random() % (kind % 2 ? 90 : 2));
        std::vector<std::size_t> pairs;
        for (std::size_t i = 0; i + 1 < gaps.size(); ++i)
            if (kind < 3 || random() % 5 != 0) pairs.push_back(i);
        const std::vector<double> days(gaps.begin(), gaps.end());
        const double naive = naive_memory(days, pairs);
        const auto found = memory(gaps, pairs);
        ASSERT_EQ(found.has_value(), !std::isnan(naive));
        if (found) {
            EXPECT_NEAR(*found, naive, 1e-12);
        }
        expected.push_back(naive_chance(days, pairs));
        all.emplace_back(gaps, pairs);
    }
    shuffle_all(all);
    for (std::size_t kind = 0; kind < all.size(); ++kind) {
        const auto found = all[kind].middle_part();
        EXPECT_NEAR(found.low, expected[kind].low, 1e-12) << kind;
        EXPECT_NEAR(found.high, expected[kind].high, 1e-12) << kind;
    }
}

}  // namespace
}  // namespace entente::measures
