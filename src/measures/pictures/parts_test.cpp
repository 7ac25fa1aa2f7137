#include "measures/pictures/parts.h"

#include <gtest/gtest.h>

#include "measures/pictures/strength_curves.h"
#include "measures/test_facts.h"
#include "measures/tie/strength_years.h"

namespace entente::measures {
namespace {

using picture::Head;
using picture::place;
using picture::Rise;
using picture::Survey;
using test::coverage;
using test::date;
using test::day;
using test::engagement;
using test::outage;

TEST(MarkOf, RisesForAVisitOfTheFirstAndFallsForOneOfTheSecond) {
    auto visit = engagement("e", "2024-04-03", "KLE", "minister");
    visit.host = "chn";
    EXPECT_EQ(mark_of(visit, test::kPair).rise, Rise::up);
    visit.host = "usa";
    EXPECT_EQ(mark_of(visit, test::kPair).rise, Rise::down);
    EXPECT_EQ(mark_of(visit, test::kPair).head, Head::meeting);
    visit.host = "sgp";
    EXPECT_EQ(mark_of(visit, test::kPair).rise, Rise::level);
    EXPECT_EQ(mark_of(visit, test::kPair).head, Head::elsewhere);
    visit.host.clear(), visit.roles = {"visitor", "host"};
    EXPECT_EQ(mark_of(visit, test::kPair).rise, Rise::up);
    visit.category = "CAL";
    EXPECT_EQ(mark_of(visit, test::kPair).head, Head::remote);
    EXPECT_EQ(mark_of(visit, test::kPair).rise, Rise::level);
}

TEST(MarkOf, IsAsHighAsTheLevelAndAsLongAsTheDate) {
    EXPECT_EQ(mark_of(engagement("e", "2024-04-03", "DLG", "minister"), test::kPair).height, 3);
    EXPECT_EQ(mark_of(engagement("e", "2024-04-03", "DLG", "service_chief"), test::kPair).height, 2);
    EXPECT_EQ(mark_of(engagement("e", "2024-04-03", "DLG", "working"), test::kPair).height, 1);
    EXPECT_EQ(mark_of(engagement("e", "2024-04-03"), test::kPair).height, 1);
    const auto known = mark_of(engagement("e", "2024-04-03..2024-04-05"), test::kPair);
    EXPECT_TRUE(known.exact);
    EXPECT_EQ(known.to - known.from, 3);
    const auto month = mark_of(engagement("e", "2024-04"), test::kPair);
    EXPECT_FALSE(month.exact);
    EXPECT_EQ(month.to - month.from, 30);
}

TEST(LaneOf, HasOneMarkARecordAndNamesTheLast) {
    const std::vector<Engagement> all{
        engagement("a", "2024-04-03"), engagement("b", "2025-01"), engagement("c", "2024-05-01")};
    const auto lane = lane_of("Dialogue", {&all[0], &all[1], &all[2]}, test::kPair);
    ASSERT_EQ(lane.marks.size(), 3U);
    EXPECT_EQ(lane.marks[1].record, "b");
    EXPECT_EQ(lane.note, "3 on record");
    EXPECT_EQ(lane.aside, "last\nJan 2025");
    EXPECT_EQ(lane_of("Dialogue", {}, test::kPair).note, "none on record");
}

TEST(StopOf, KeepsTheDoubtOfItsEnds) {
    const auto stop = stop_of(outage("d", "2008-10-06", "2009-02", "sale"));
    EXPECT_EQ(stop.from, place(day("2008-10-06")));
    EXPECT_EQ(stop.from_latest, stop.from);
    EXPECT_EQ(stop.to_earliest, place(day("2009-02-01")));
    EXPECT_EQ(stop.to, place(day("2009-02-28")));
}

TEST(StopOf, WithoutAKnownEndReachesOnlyAsFarAsASourceSaysSo) {
    auto open = outage("d", "2024-07-17", "", "sale");
    EXPECT_EQ(stop_of(open).to, place(day("2024-07-18")));
    EXPECT_FALSE(stop_of(open).to_earliest.has_value());
    open.last_known = test::stated("2024-09-01");
    EXPECT_EQ(stop_of(open).to, place(day("2024-09-02")));
}

TEST(SurveyByYear, JoinsYearsThatAreAlikeAndLeavesNoGap) {
    const std::vector<Coverage> statements{
        coverage("s", "sample", {"usa", "chn"}, "2001..2003"),
        coverage("t", "sparse", {"usa", "chn"}, "2004")};
    const auto found =
        survey_by_year(statements, {test::kPair, "engagement", ""}, day("2000-01-01"), day("2005-06-30"));
    ASSERT_EQ(found.size(), 4U);
    EXPECT_EQ(found[0].how, Survey::none);
    EXPECT_EQ(found[1].how, Survey::dense);
    EXPECT_EQ(found[2].how, Survey::thin);
    EXPECT_EQ(found[3].how, Survey::none);
    EXPECT_EQ(found[1].from, place(day("2001-01-01")));
    for (std::size_t i = 1; i < found.size(); ++i) EXPECT_EQ(found[i].from, found[i - 1].to);
    EXPECT_EQ(found.back().to, place(day("2005-07-01")));
    EXPECT_EQ(blanks(found).size(), 2U);
}

TEST(StrengthByYear, IsTheStrengthOfEachDayAndHatchedWhereTooLittleIsSeen) {
    const std::vector<Engagement> engagements{
        engagement("a", "2001-04-03", "KLE", "minister"), engagement("b", "2003-05-01")};
    const std::vector<Coverage> statements{coverage("s", "census", {"usa", "chn"}, "2001..2003")};
    const TieFacts facts{test::kPair, engagements, {}, {}, {}, statements, false};
    const auto& parameters = builtin_parameters();
    EXPECT_EQ(first_weighed_year(facts, parameters, day("2003-06-30")), 2001);
    const auto years = strength_by_year(facts, parameters, 2000, day("2003-06-30"));
    ASSERT_EQ(years.size(), 4U);
    EXPECT_EQ(years.back().at, day("2003-06-30"));
    for (const auto& year : years) {
        const auto masses = weigh(facts, parameters, year.at);
        const auto alone = strength(facts, masses, *drawn(parameters), year.at);
        ASSERT_EQ(year.total.has_value(), alone.total.has_value());
        if (!alone.total) continue;
        EXPECT_EQ(*year.total, *alone.total);
        EXPECT_EQ(year.band.low, alone.band.low);
    }
    const auto curve = total_curve(years, parameters);
    ASSERT_EQ(curve.points.size(), 4U);
    // The year 2000 is not covered: no value there, and hatched from its first day to its last.
    EXPECT_FALSE(curve.points[0].value.has_value());
    ASSERT_EQ(curve.survey.size(), 1U);
    EXPECT_EQ(curve.survey[0].from, place(day("2000-01-01")));
    EXPECT_EQ(curve.survey[0].to, place(day("2001-01-01")));
    ASSERT_TRUE(curve.points[1].value.has_value());
    EXPECT_LE(curve.points[1].low, *curve.points[1].value);
    EXPECT_GE(curve.points[1].high, *curve.points[1].value);
}

}  // namespace
}  // namespace entente::measures
