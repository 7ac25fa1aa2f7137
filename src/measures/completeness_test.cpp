#include "measures/completeness.h"

#include <gtest/gtest.h>

#include <random>

namespace entente::measures {
namespace {

// MEASURES.md 18.7.
TEST(Completeness, IsThatCountedByHand) {
    const auto found = completeness_by_overlap(40, 30, 20);
    EXPECT_NEAR(found.whole, 59.5238, 5e-5);
    EXPECT_NEAR(found.variance, 26.2008, 5e-5);
    EXPECT_EQ(found.seen, 50);
    EXPECT_NEAR(found.interval.low, 53.55, 5e-3);
    EXPECT_NEAR(found.interval.high, 75.56, 5e-3);
    EXPECT_NEAR(found.share, 0.84, 5e-3);
}

TEST(Completeness, SaysWhyThereIsNoNumber) {
    EXPECT_NE(completeness_by_overlap(5, 5, 0).reason, "");
    EXPECT_NE(completeness_by_overlap(5, 5, 5).reason, "");
    EXPECT_NE(completeness_by_overlap(9, 5, 5).reason, "");
    EXPECT_EQ(completeness_by_overlap(9, 5, 4).reason, "");
}

// Two lists that each hold a known share of a known whole.
TEST(Completeness, CoversAWholeThatIsKnown) {
    std::mt19937_64 random(41);
    int within = 0, tried = 0;
    double mean = 0;
    for (int round = 0; round < 2000; ++round) {
        int first = 0, second = 0, both = 0;
        for (int i = 0; i < 200; ++i) {
            const bool a = std::bernoulli_distribution(0.4)(random),
                       b = std::bernoulli_distribution(0.5)(random);
            first += a, second += b, both += a && b;
        }
        const auto found = completeness_by_overlap(first, second, both);
        if (!found.reason.empty()) continue;
        ++tried;
        mean += found.whole;
        within += found.interval.low <= 200 && 200 <= found.interval.high;
    }
    EXPECT_NEAR(mean / tried, 200, 2);
    EXPECT_NEAR(static_cast<double>(within) / tried, 0.95, 0.025);
}

}  // namespace
}  // namespace entente::measures
