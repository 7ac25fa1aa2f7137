#include "measures/validity/concordance.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace entente::measures::validity {
namespace {

constexpr double kLasting = std::numeric_limits<double>::infinity();

ScoredLifetime ended(double days, double score, std::size_t group = 0, double entry = 0) {
    return {{days, days, entry}, score, group};
}
ScoredLifetime lasting(double days, double score, std::size_t group = 0, double entry = 0) {
    return {{days, kLasting, entry}, score, group};
}

// By hand: 5 days (score 3), 7 (1), 7 (2), 10 and lasting (1). Pairs whose order is certain: 5 before each of the three,
// each with the higher score: 3. 7 and 7 ended at one time: none. 7 (1) before 10 with score 1: half. 7 (2) before 10: 1.
// 4.5 of 5.
TEST(Concordance, ByHand) {
    const std::vector<ScoredLifetime> outages{ended(5, 3), ended(7, 1), ended(7, 2), lasting(10, 1)};
    const auto found = concordance(outages).value();
    EXPECT_EQ(found.comparable, 5);
    EXPECT_DOUBLE_EQ(found.share.value, 0.9);
}

// R survival 3.5: concordance(Surv(t, s) ~ x, reverse = TRUE), plain, clustered and with delayed entry.
TEST(Concordance, IsWhatRFinds) {
    std::vector<ScoredLifetime> outages{
        ended(5, 3, 1),
        ended(7, 1, 1),
        ended(7, 2, 2),
        lasting(10, 1, 2),
        ended(9, 2, 3),
        lasting(9, 2.5, 3),
        ended(12, 3, 4),
        ended(3, 2.5, 4)};
    const auto clustered = concordance(outages).value();
    EXPECT_EQ(clustered.comparable, 24);
    EXPECT_NEAR(clustered.share.value, 0.541666666666667, 1e-14);
    EXPECT_NEAR(clustered.share.standard_error, 0.129010695855273, 1e-14);
    for (std::size_t i = 0; i < outages.size(); ++i) outages[i].group = i;
    EXPECT_NEAR(concordance(outages)->share.standard_error, 0.154093920524441, 1e-14);
    outages[2].lasted.entry = 6, outages[3].lasted.entry = 8, outages[6].lasted.entry = 2;
    const auto late = concordance(outages).value();
    EXPECT_EQ(late.comparable, 18);
    EXPECT_NEAR(late.share.value, 0.416666666666667, 1e-14);
    EXPECT_NEAR(late.share.standard_error, 0.139197188688638, 1e-14);
}

TEST(Concordance, LeavesOutWhatTheDatesLeaveOpen) {
    // (39, 69] against exactly 40: either may be longer. Against 39 the order is certain, and against (69, 100].
    const ScoredLifetime roughly{{39, 69, 0}, 1, 0};
    EXPECT_FALSE(concordance(std::vector{roughly, ended(40, 2)}));
    EXPECT_EQ(concordance(std::vector{roughly, ended(39, 2)})->comparable, 1);
    EXPECT_EQ(concordance(std::vector{roughly, ScoredLifetime{{69, 100, 0}, 0, 0}})->share.value, 1);
    // Lost sight of on the day on which the other ended: it lasted longer.
    EXPECT_EQ(concordance(std::vector{ended(40, 2), lasting(40, 1)})->comparable, 1);
    EXPECT_FALSE(concordance(std::vector{ended(40, 2), lasting(39, 1)}));
    EXPECT_FALSE(concordance(std::vector{lasting(10, 2), lasting(40, 1)}));
}

}  // namespace
}  // namespace entente::measures::validity
