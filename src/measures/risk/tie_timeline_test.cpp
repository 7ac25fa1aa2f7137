#include "measures/risk/tie_timeline.h"

#include <gtest/gtest.h>

#include "measures/risk/test_risk.h"

namespace entente::measures::risk {
namespace {

using namespace test;

std::int32_t days_at_risk(const TieTimeline& tie) {
    std::int32_t out = 0;
    for (const auto& stretch : tie.at_risk) out += stretch.last - stretch.first + 1;
    return out;
}

TEST(TieTimeline, ATieIsAtRiskBetweenItsStops) {
    // By hand: a refusal on 1 January is the first that anybody saw; at risk from 2 January to the stop of 10 March, down
    // to 20 March, the day on which it is back; at risk again from the 21st.
    const auto tie = timeline(
        {refusal("r", "2020-01-01"), outage("d", "2020-03-10", "2020-03-20", "")},
        {},
        watched("2019..2020"),
        "2020-04-30"
    );
    ASSERT_EQ(tie.at_risk.size(), 2U);
    EXPECT_EQ(tie.at_risk[0].first, day("2020-01-02"));
    EXPECT_EQ(tie.at_risk[0].last, day("2020-03-10"));
    EXPECT_EQ(tie.at_risk[1].first, day("2020-03-21"));
    EXPECT_EQ(tie.at_risk[1].last, day("2020-04-30"));
    ASSERT_EQ(tie.stops.size(), 1U);
    EXPECT_TRUE(tie.stops[0].counts());
    EXPECT_EQ(tie.standing_on(day("2020-03-15")), Standing::stopped);
    EXPECT_EQ(tie.standing_after(day("2020-03-10")), Standing::stopped);
    EXPECT_EQ(tie.standing_after(day("2020-03-20")), Standing::at_risk);
}

TEST(TieTimeline, TheFirstStopOfAPairThatNobodyWatchedTeachesNothing) {
    const auto tie =
        timeline({outage("d", "2020-03-10", "2020-03-20", "")}, {}, watched("2019..2020"), "2020-04-30");
    ASSERT_EQ(tie.stops.size(), 1U);
    EXPECT_EQ(tie.stops[0].before, Standing::not_watched);
    EXPECT_EQ(tie.standing_on(day("2020-02-01")), Standing::not_watched);
    EXPECT_EQ(days_at_risk(tie), 41);
}

TEST(TieTimeline, ACensusOfStopsWatchesFromTheFirstContactOn) {
    const auto tie = timeline(
        {outage("d", "2020-03-10", "2020-03-20", "")},
        {engagement("c", "2020-02-01")},
        watched("2019..2020", "census"),
        "2020-04-30"
    );
    ASSERT_EQ(tie.stops.size(), 1U);
    EXPECT_TRUE(tie.stops[0].counts());
    EXPECT_EQ(tie.at_risk.front().first, day("2020-02-02"));
    // Without a sign that there is a tie at all, a census makes none.
    EXPECT_TRUE(timeline({}, {}, watched("2019..2020", "census"), "2020-04-30").at_risk.empty());
}

TEST(TieTimeline, DaysAfterTheLastWordOfAnOutageAreNotFreeOfStops) {
    auto open = outage("d", "2020-03-10", "", "");
    open.last_known = stated("2020-03-15");
    const auto alone = timeline({open}, {}, watched("2019..2020"), "2020-04-30");
    EXPECT_EQ(alone.standing_on(day("2020-03-15")), Standing::stopped);
    EXPECT_EQ(alone.standing_on(day("2020-03-16")), Standing::unknown);
    EXPECT_EQ(days_at_risk(alone), 0);
    // A contact after it says that the tie is in use again.
    const auto used = timeline({open}, {engagement("c", "2020-04-10")}, watched("2019..2020"), "2020-04-30");
    EXPECT_EQ(used.standing_on(day("2020-04-10")), Standing::unknown);
    EXPECT_EQ(days_at_risk(used), 20);
    // One while it lasted does not.
    const auto meanwhile =
        timeline({open}, {engagement("c", "2020-03-14")}, watched("2019..2020"), "2020-04-30");
    EXPECT_EQ(days_at_risk(meanwhile), 0);
}

TEST(TieTimeline, PoliticalContactsSayNothing) {
    const auto tie = timeline(
        {outage("d", "2020-03-10", "", "")},
        {engagement("c", "2020-04-10", "POL")},
        watched("2019..2020"),
        "2020-04-30"
    );
    EXPECT_EQ(days_at_risk(tie), 0);
}

TEST(TieTimeline, WhatBeginsWithinThirtyDaysIsOneStop) {
    const auto tie = timeline(
        {refusal("r", "2020-01-01"),
         outage("d1", "2020-03-10", "2020-06-20", ""),
         outage("d2", "2020-04-09", "2020-05-20", ""),
         outage("d3", "2020-05-30", "2020-06-01", "")},
        {},
        watched("2019..2020"),
        "2020-12-31"
    );
    ASSERT_EQ(tie.stops.size(), 2U);
    EXPECT_EQ(tie.stops[0].outages.size(), 2U);
    // What is down is not at risk of going down.
    EXPECT_EQ(tie.stops[1].before, Standing::stopped);
    EXPECT_EQ(tie.standing_on(day("2020-06-10")), Standing::stopped);
    EXPECT_EQ(tie.next_stop(day("2020-04-01")), nullptr);
}

TEST(TieTimeline, AMonthStandsInItsMiddleAndAYearIsNoDay) {
    const auto tie = timeline(
        {refusal("r", "2018-01-01"),
         outage("d1", "2019", "2019-12-31", ""),
         outage("d2", "2020-03", "2020-04-20", "")},
        {},
        watched("2018..2020"),
        "2020-12-31"
    );
    ASSERT_EQ(tie.stops.size(), 1U);
    EXPECT_EQ(tie.stops[0].on, day("2020-03-16"));
    EXPECT_EQ(tie.undated, 1U);
    EXPECT_EQ(tie.onsets.size(), 2U);
    EXPECT_EQ(tie.standing_on(day("2019-06-01")), Standing::unknown);
    EXPECT_EQ(tie.standing_on(day("2018-12-31")), Standing::at_risk);
}

TEST(TieTimeline, WhereNoStatementSpeaksNothingIsKnown) {
    const auto tie = timeline({refusal("r", "2018-01-01")}, {}, watched("2019..2020"), "2022-12-31");
    EXPECT_EQ(tie.standing_on(day("2018-06-01")), Standing::not_covered);
    EXPECT_EQ(tie.standing_on(day("2021-06-01")), Standing::not_covered);
    EXPECT_EQ(days_at_risk(tie), 731);
    // Of stops alone is not enough: shocks that nobody looked for are not absent.
    const auto stops_alone = watched("2019..2020");
    EXPECT_TRUE(timeline({refusal("r", "2018-01-01")}, {}, {stops_alone[0]}, "2022-12-31").at_risk.empty());
}

TEST(TieTimeline, ShiftingAllDaysShiftsAllStretches) {
    const auto made = made_history(3, 1);
    const Day until = day("2019-12-31");
    constexpr std::int32_t kShift = 1234;
    auto later = made.disruptions;
    for (auto& one : later) {
        one.began.from = *one.began.from + kShift, one.began.to = *one.began.to + kShift;
        if (one.ended)
            one.ended.value->from = *one.ended->from + kShift, one.ended.value->to = *one.ended->to + kShift;
    }
    auto coverage = made.coverage;
    for (auto& one : coverage)
        one.covers.from = *one.covers.from + kShift, one.covers.to = *one.covers.to + kShift;
    const auto here = timeline_of(made.pairs[0], {made.disruptions, {}, {}, made.coverage}, until);
    const auto there = timeline_of(made.pairs[0], {later, {}, {}, coverage}, until + kShift);
    ASSERT_EQ(here.at_risk.size(), there.at_risk.size());
    ASSERT_GT(here.at_risk.size(), 5U);
    for (std::size_t i = 0; i < here.at_risk.size(); ++i) {
        EXPECT_EQ(here.at_risk[i].first + kShift, there.at_risk[i].first);
        EXPECT_EQ(here.at_risk[i].last + kShift, there.at_risk[i].last);
    }
}

}  // namespace
}  // namespace entente::measures::risk
