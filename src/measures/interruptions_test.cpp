#include "measures/interruptions.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "measures/test_facts.h"

namespace entente::measures {
namespace {

using domain::LengthRange;
using test::day;
using test::engagement;
using test::outage;
using test::shock;

const Window kWindow{day("1989-01-01"), day("2026-05-31")};
const InterruptionsQuestion kQuestion{test::kPair, kWindow};

std::vector<Disruption> nine_stops() {
    return {
        outage("d0010", "1989-06-05", "1994-08", "Crackdown at Tiananmen", "usa"),
        outage("d0015", "1995-06", "1996-12-08", "US permission for Lee Teng-hui's visit"),
        outage("d0019", "1999-05-10", "2000-01-24", "Bombing of the embassy in Belgrade"),
        outage("d0025", "2001-04-30", "2002-12", "EP-3 collision", "usa"),
        outage("d0040", "2008-10-06", "2009-02", "Taiwan arms notification of 3 October 2008"),
        outage("d0043", "2010-01-30", "2010-12-10", "Taiwan arms notification of 29 January 2010"),
        outage("d0083", "2018-09-22", "2018-11", "CAATSA sanctions"),
        outage("d0131", "2022-08-05", "2024-09-09", "House Speaker Pelosi's visit to Taiwan"),
        outage("d0112", "2022-08-05", "2023-12-21", "House Speaker Pelosi's visit to Taiwan"),
        outage("d0130", "2022-08-05", "2024-04-03", "House Speaker Pelosi's visit to Taiwan"),
        outage("d0129", "2022-08-05", "2024-01-08", "House Speaker Pelosi's visit to Taiwan"),
        outage("d0125", "2024-07-17", "", "Taiwan arms sales"),
    };
}

TEST(Interruptions, TheNineStopsOfTheUnitedStatesAndChina) {
    auto disruptions = nine_stops();
    disruptions.back().last_known = test::stated("2024-07-18");
    const auto found = find_interruptions(disruptions, {}, {}, kQuestion);
    ASSERT_EQ(found.episodes.size(), 9U);
    const std::vector<LengthRange> expected{
        {1883, 1913},
        {527, 556},
        {259, 259},
        {580, 610},
        {118, 145},
        {314, 314},
        {40, 69},
        {766, 766},
        {683, 683}};
    for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(found.episodes[i].length, expected[i]) << i;

    const auto& eighth = found.episodes[7];
    std::vector<std::string> members;
    for (const auto* member : eighth.members) members.push_back(member->evidence.id);
    EXPECT_EQ(members, (std::vector<std::string>{"d0112", "d0129", "d0130", "d0131"}));
    EXPECT_EQ(eighth.stated_causes.size(), 1U);
    EXPECT_EQ(eighth.ended->to_text(), "2024-09-09");

    const auto& ninth = found.episodes[8];
    EXPECT_FALSE(ninth.ended);
    EXPECT_EQ(ninth.last_said, day("2024-07-18"));
    EXPECT_EQ(found.episodes[0].ended->to_words(), "Aug 1994");
    EXPECT_EQ(found.episodes[0].stopped_by, std::vector<std::string>{"usa"});
}

TEST(Interruptions, AsOfAnEarlierDay) {
    const auto found =
        find_interruptions(nine_stops(), {}, {}, {test::kPair, {day("1989-01-01"), day("2024-01-31")}});
    ASSERT_EQ(found.episodes.size(), 8U);
    EXPECT_FALSE(found.episodes[7].ended) << "two of four were still stopped";
    EXPECT_EQ(found.episodes[7].length.low, day("2024-01-31") - day("2022-08-05"));
}

TEST(Interruptions, SingleEventsStandBeside) {
    auto disruptions = nine_stops();
    disruptions.push_back(outage("d0026", "2001-05", "2002-11", "EP-3 collision"));
    disruptions.back().scope_class = "event";
    disruptions.push_back(outage("d0091", "2019-08-13", "", "Hong Kong protests"));
    disruptions.back().scope_class = "event";
    const auto found = find_interruptions(disruptions, {}, {}, kQuestion);
    EXPECT_EQ(found.episodes.size(), 9U);
    EXPECT_EQ(found.single_events.size(), 2U);
    ASSERT_EQ(found.episodes[3].beside.size(), 1U);
    EXPECT_EQ(found.episodes[3].beside[0]->evidence.id, "d0026");
    EXPECT_EQ(found.episodes[3].length, (LengthRange{580, 610}));
}

TEST(Interruptions, CausesLink) {
    const auto cause = [](const char* words, const char* cause_class, std::vector<std::string> shocks) {
        auto out = outage("d", "2020-01-01", "", words);
        out.cause_class = cause_class;
        out.shocks = std::move(shocks);
        return out;
    };
    EXPECT_TRUE(causes_linked(cause("EP-3 collision", "", {}), cause("ep-3  Collision.", "incident", {})));
    EXPECT_TRUE(causes_linked(cause("x", "law", {"s1", "s2"}), cause("y", "visit", {"s2"})));
    EXPECT_FALSE(causes_linked(cause("same", "law", {}), cause("same", "visit", {})));
    EXPECT_FALSE(causes_linked(cause("", "law", {}), cause("", "law", {})));
    EXPECT_FALSE(causes_linked(cause("Not stated", "", {}), cause("not stated", "", {})));
    EXPECT_FALSE(causes_linked(cause("x", "law", {}), cause("y", "law", {})));
}

TEST(Interruptions, JoiningIsTransitiveWithinThirtyDays) {
    const std::vector<Disruption> chain{
        outage("a", "2020-01-01", "2020-02-01", "c"),
        outage("c", "2020-04-30", "2020-05-10", "c"),
        outage("b", "2020-03-02", "2020-03-31", "c"),  // 30 days after a, 30 before c
        outage("d", "2020-06-10", "", "c"),            // 31 after c
    };
    const auto found = find_interruptions(chain, {}, {}, kQuestion);
    ASSERT_EQ(found.episodes.size(), 2U);
    EXPECT_EQ(found.episodes[0].members.size(), 3U);
    EXPECT_EQ(found.episodes[0].length, (LengthRange{130, 130}));
}

// Oracle: relation closed by repeated merging of labels, days counted one by one.
TEST(Interruptions, NaiveMergingAgrees) {
    std::mt19937 random(11);
    const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    for (int round = 0; round < 40; ++round) {
        std::vector<Disruption> disruptions;
        for (int i = 0; i < 12; ++i) {
            const Day began = day("2000-01-01") + pick(900);
            const std::string ended = pick(4) == 0 ? "" : to_iso(began + 1 + pick(120));
            disruptions.push_back(
                outage(std::to_string(i), to_iso(began).c_str(), ended.c_str(), pick(2) ? "x" : "y")
            );
        }
        std::vector<int> label(12);
        for (int i = 0; i < 12; ++i) label[static_cast<std::size_t>(i)] = i;
        const auto joined = [&](const Disruption& a, const Disruption& b) {
            if (a.stated_cause != b.stated_cause) return false;
            const Day end_a = a.ended ? *a.ended->to : *a.began.to,
                      end_b = b.ended ? *b.ended->to : *b.began.to;
            for (Day x = *a.began.from; x <= end_a; x = x + 1)
                for (Day y = *b.began.from; y <= end_b; y = y + 1)
                    if (std::abs(x - y) <= 30) return true;
            return false;
        };
        for (bool changed = true; changed;) {
            changed = false;
            for (std::size_t i = 0; i < 12; ++i)
                for (std::size_t j = 0; j < 12; ++j)
                    if (label[j] < label[i] && joined(disruptions[i], disruptions[j]))
                        label[i] = label[j], changed = true;
        }
        std::sort(label.begin(), label.end());
        const auto naive = std::unique(label.begin(), label.end()) - label.begin();
        const auto found = find_interruptions(disruptions, {}, {}, kQuestion);
        EXPECT_EQ(static_cast<long>(found.episodes.size()), naive);
    }
}

TEST(Interruptions, ShocksCoincideByTheOtherSideOrAThird) {
    const std::vector<Disruption> stop{outage("d", "2022-08-05", "2022-09-05", "c", "chn")};
    const std::vector<Shock> shocks{
        shock("own", "2022-08-04", "chn"),
        shock("early", "2022-07-05"),
        shock("edge", "2022-07-06"),
        shock("day", "2022-08-05"),
        shock("late", "2022-08-06"),
        shock("third", "2022-08-01", "twn"),
    };
    const auto found = find_interruptions(stop, shocks, {}, kQuestion);
    std::vector<std::string> ids;
    for (const auto* one : found.episodes[0].coincident) ids.push_back(one->evidence.id);
    EXPECT_EQ(ids, (std::vector<std::string>{"edge", "day", "third"}));
    EXPECT_EQ(found.episodes[0].days_after_such_shocks, (DayShare{63, 13665})) << "5 Jul to 5 Sep";
}

TEST(Interruptions, ShareOfDaysCountedOneByOne) {
    std::mt19937 random(3);
    std::vector<Shock> shocks;
    for (int i = 0; i < 60; ++i)
        shocks.push_back(
            shock(std::to_string(i), to_iso(day("1988-12-15") + static_cast<int>(random() % 14000)).c_str())
        );
    std::int32_t naive = 0;
    for (Day x = kWindow.first; x <= kWindow.last; x = x + 1)
        naive += std::any_of(shocks.begin(), shocks.end(), [&](const Shock& one) {
            return *one.on.from <= kWindow.last && x - *one.on.from >= 0 && x - *one.on.from <= 30;
        });
    const auto found = find_interruptions({}, shocks, {}, kQuestion);
    EXPECT_EQ(found.days_after_shocks.days, naive);
    EXPECT_EQ(found.days_after_shocks.of, 13665);
}

TEST(Interruptions, TheLadderBeginsWhereSomethingEnds) {
    const std::vector<Engagement> engagements{
        engagement("c0247", "2022-07-07", "CAL", "chief_of_defence"),
        engagement("c0251", "2022-11-22", "KLE", "minister"),
        engagement("c0300", "2023-12-21", "CAL", "chief_of_defence"),
        engagement("c0303", "2024-01-08..2024-01-09", "DLG", "senior_official", "policy"),
        engagement("c0304", "2024-04-03..2024-04-04", "DLG", "working", "maritime"),
        engagement("c0305", "2024-04-16", "CAL", "minister"),
        engagement("c0307", "2024-05-31", "KLE", "minister"),
        engagement("c0309", "2024-09-09", "CAL", "theatre_commander", "theatre"),
        engagement("c0312", "2024-09-14", "DLG", "senior_official", "policy"),
        engagement("c0400", "2025-09-10", "EXR", "unit"),  // beyond a year after the end
    };
    const auto found = find_interruptions(nine_stops(), {}, engagements, kQuestion);
    const auto& eighth = found.episodes[7];
    std::vector<int> days;
    for (const auto& contact : eighth.first_back) days.push_back(contact.days.low);
    EXPECT_EQ(days, (std::vector<int>{503, 521, 607, 620, 665, 766}));
    ASSERT_EQ(eighth.meanwhile.size(), 1U);
    EXPECT_EQ(eighth.meanwhile[0].engagement->evidence.id, "c0251");
    EXPECT_TRUE(found.episodes[8].first_back.empty()) << "no end known: nothing is said to have come back";
}

TEST(Interruptions, ImpreciseContactsGiveRanges) {
    const std::vector<Disruption> stop{outage("d", "1989-06-05", "1994-08", "c")};
    const std::vector<Engagement> engagements{
        engagement("year", "1994", "KLE", "minister"),
        engagement("month", "1994-08", "KLE", "chief_of_defence")};
    const auto found = find_interruptions(stop, {}, engagements, kQuestion);
    ASSERT_EQ(found.episodes[0].first_back.size(), 1U) << "a bare year is not called the first";
    EXPECT_EQ(found.episodes[0].first_back[0].days, (LengthRange{1883, 1913}));
}

}  // namespace
}  // namespace entente::measures
