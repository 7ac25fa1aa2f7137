#include "measures/recovery.h"

#include <gtest/gtest.h>

#include <random>

#include "measures/test_facts.h"

namespace entente::measures {
namespace {

using test::day;
using test::engagement;

TimeOut out_for(std::int32_t days, bool ended = true) {
    return {{days, days}, ended};
}

// The durations of MEASURES.md 18.5: the curve is 1 to day 37, then 8/9, 7/9, 6/9 from 120, 0.4 from 319, 4/15 from
// 503, 2/15 from 607 to 700. Area 37 + 4·8/9 + 79·7/9 + 199·6/9 + 184·0.4 + 104·4/15 + 93·2/15 = 348.4, as R's survfit
// prints with rmean = 700. The seven that ended take 1,946 days, 278 each.
TEST(Recovery, IsThatCountedByHand) {
    const std::vector<TimeOut> outages{
        out_for(37),
        out_for(41),
        out_for(120),
        out_for(200, false),
        out_for(319),
        out_for(319),
        out_for(503),
        out_for(607),
        out_for(700, false)};
    const auto found = recovery_of(outages);
    EXPECT_EQ(found.ended, 7U);
    EXPECT_EQ(found.lasting, 2U);
    EXPECT_NEAR(found.mean->low, 278, 1e-12);
    EXPECT_EQ(found.mean->low, found.mean->high);
    EXPECT_EQ(found.up_to, 700);
    EXPECT_NEAR(found.restricted->low, 348.4, 1e-9);
}

// With nothing that lasts the restricted mean up to the longest is the plain mean.
TEST(Recovery, OfWhatEndedIsTheMeanBothWays) {
    std::mt19937 random(3);
    for (int round = 0; round < 50; ++round) {
        std::vector<TimeOut> outages;
        double sum = 0;
        for (unsigned i = 0; i <= random() % 12; ++i) {
            outages.push_back(out_for(1 + static_cast<std::int32_t>(random() % 900)));
            sum += outages.back().days.low;
        }
        const auto found = recovery_of(outages);
        EXPECT_NEAR(found.mean->low, sum / static_cast<double>(outages.size()), 1e-9);
        EXPECT_NEAR(found.restricted->low, found.mean->low, 1e-9);
    }
}

// From nothing that ended no mean follows, and what lasts never makes the mean shorter.
TEST(Recovery, NeverTellsTheMeanOfWhatLasts) {
    EXPECT_FALSE(recovery_of({}).mean);
    const std::vector<TimeOut> lasting{out_for(40, false)};
    EXPECT_FALSE(recovery_of(lasting).mean);
    EXPECT_FALSE(recovery_of(lasting).restricted);
    EXPECT_EQ(recovery_of(lasting).lasting, 1U);
    const std::vector<TimeOut> both{out_for(10), out_for(30), {{100, 120}, false}};
    EXPECT_NEAR(recovery_of(both).mean->low, 20, 1e-12);
    // 1 to day 10, 2/3 to 30, 1/3 to 100: 10 + 40/3 + 70/3.
    EXPECT_NEAR(recovery_of(both).restricted->low, 10 + 40.0 / 3 + 70.0 / 3, 1e-9);
}

// Dates known to the month: 40 to 69 days, and 100 to 100.
TEST(Recovery, KeepsTheEndsOfImpreciseDates) {
    const std::vector<TimeOut> outages{{{40, 69}, true}, out_for(100)};
    const auto found = recovery_of(outages);
    EXPECT_NEAR(found.mean->low, 70, 1e-12);
    EXPECT_NEAR(found.mean->high, 84.5, 1e-12);
    EXPECT_NEAR(found.restricted->low, 70, 1e-12);
    EXPECT_NEAR(found.restricted->high, 84.5, 1e-12);
}

// Stopped 5 Aug 2022; the chiefs spoke on 21 Dec 2023, after 503 days; all was back on 9 Sep 2024, after 766: 263 between.
TEST(FirstToFull, IsThatCountedByHand) {
    const std::vector<Disruption> stops{
        test::outage("d1", "2022-08-05", "2023-12-21", "a visit"),
        test::outage("d2", "2022-08-05", "2024-09-09", "a visit")};
    const std::vector<Engagement> contacts{
        engagement("c1", "2023-12-21", "CAL", "chief_of_defence"),
        engagement("c2", "2024-09-09", "CAL", "general_officer")};
    const auto found =
        find_interruptions(stops, {}, contacts, {test::kPair, {day("2022-01-01"), day("2026-01-01")}});
    ASSERT_EQ(found.episodes.size(), 1U);
    const auto steps = first_to_full(found.episodes.front());
    ASSERT_TRUE(steps);
    EXPECT_EQ(steps->first, (domain::LengthRange{503, 503}));
    EXPECT_EQ(steps->full, (domain::LengthRange{766, 766}));
    EXPECT_EQ(steps->between, (domain::LengthRange{263, 263}));
    EXPECT_EQ(steps->contact->evidence.id, "c1");
    EXPECT_EQ(times_out(found.episodes).front().days.low, 766);
}

TEST(FirstToFull, OfAStopWithoutAnEndIsNotTold) {
    auto stop = test::outage("d1", "2022-08-05", "", "a visit");
    stop.last_known = test::stated("2022-09-04");
    const std::vector<Disruption> stops{stop};
    const auto found =
        find_interruptions(stops, {}, {}, {test::kPair, {day("2022-01-01"), day("2026-01-01")}});
    ASSERT_EQ(found.episodes.size(), 1U);
    EXPECT_FALSE(first_to_full(found.episodes.front()));
    // Followed to the last day on which a source says so, not to today.
    const auto times = times_out(found.episodes);
    EXPECT_FALSE(times.front().ended);
    EXPECT_EQ(times.front().days, (domain::LengthRange{30, 30}));
}

}  // namespace
}  // namespace entente::measures
