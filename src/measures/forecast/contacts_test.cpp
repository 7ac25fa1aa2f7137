#include <gtest/gtest.h>

#include <cmath>

#include "measures/forecast/next_contact.h"
#include "measures/forecast/next_year.h"
#include "measures/register.h"
#include "measures/test_facts.h"

namespace entente::measures {
namespace {

using test::day;

DatedCounts counts(std::vector<const char*> days, std::vector<Window> covered) {
    DatedCounts out;
    for (const auto* one : days) out.days.push_back(day(one));
    out.covered = std::move(covered);
    return out;
}

void expect_piece(const GapPiece& piece, double entry, double low, double high, bool stopped) {
    EXPECT_EQ(piece.gap.entry, entry);
    EXPECT_EQ(piece.gap.low, low);
    EXPECT_EQ(piece.gap.high, high);
    EXPECT_EQ(piece.stopped, stopped);
}

// Covered in 2001 and in 2003: 31 days between the first two; the second gap is seen to the end of 2001 only; the one
// before the contact of 2003 began at an unknown day.
TEST(Gaps, AreThoseOfCoveredTime) {
    const auto found = gaps_until(
        counts(
            {"2001-03-01", "2001-04-01", "2001-04-01", "2003-02-01"},
            {{day("2001-01-01"), day("2001-12-31")}, {day("2003-01-01"), day("2003-12-31")}}
        ),
        {},
        day("2003-03-03")
    );
    ASSERT_EQ(found.pieces.size(), 3u);
    expect_piece(found.pieces[0], 0, 31, 31, false);
    expect_piece(found.pieces[1], 0, 274, INFINITY, false);
    expect_piece(found.pieces[2], 0, 30, INFINITY, false);
    EXPECT_EQ(found.ended, 1u);
    EXPECT_EQ(*found.last, day("2003-02-01"));
    EXPECT_EQ(found.told_from, day("2003-03-03"));
}

// A gap of 100 days in which an outage lasted from day 20 to day 60: three pieces, each entered when it began.
TEST(Gaps, AreCutWhereAnOutageBeginsAndEnds) {
    const std::vector<Window> covered{{day("2001-01-01"), day("2001-12-31")}};
    const std::vector<Window> stopped{{day("2001-01-21"), day("2001-03-02")}};
    const auto found = gaps_until(counts({"2001-01-01", "2001-04-11"}, covered), stopped, day("2001-04-11"));
    ASSERT_EQ(found.pieces.size(), 3u);
    expect_piece(found.pieces[0], 0, 20, INFINITY, false);
    expect_piece(found.pieces[1], 20, 60, INFINITY, true);
    expect_piece(found.pieces[2], 60, 100, 100, false);
    // Nothing later is known on the day: the outage has not ended.
    const auto early = gaps_until(counts({"2001-01-01", "2001-04-11"}, covered), stopped, day("2001-02-01"));
    ASSERT_EQ(early.pieces.size(), 2u);
    expect_piece(early.pieces[1], 20, 31, INFINITY, true);
}

// 31 days, 28, 31 again, and 9 so far: those that are alike stand together.
TEST(Gaps, ThatAreAlikeStandTogether) {
    const auto found = gaps_until(
        counts(
            {"2001-01-01", "2001-02-01", "2001-03-01", "2001-04-01"}, {{day("2001-01-01"), day("2001-12-31")}}
        ),
        {},
        day("2001-04-10")
    );
    ASSERT_EQ(found.pieces.size(), 3u);
    expect_piece(found.pieces[0], 0, 31, 31, false);
    EXPECT_EQ(found.pieces[0].number, 2u);
    EXPECT_EQ(found.pieces[1].number, 1u);
    expect_piece(found.pieces[2], 0, 9, INFINITY, false);
    EXPECT_EQ(found.ended, 3u);
}

TEST(Gaps, KnowWhenAnythingWasStopped) {
    const std::vector<Disruption> all{
        test::outage("d1", "2001-01-01", "2001-02-01", "x"),
        test::outage("d2", "2001-01-20", "2001-03-01", "x"),
        test::outage("d3", "2002-01-01", "", "x")};
    const auto found = stopped_stretches(all, test::kPair, day("2005-01-01"));
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].first, day("2001-01-01"));
    EXPECT_EQ(found[0].last, day("2001-02-28"));
    EXPECT_EQ(found[1].last, day("2002-01-01")) << "nobody says that it lasted longer";
}

// Contacts every 30 days while nothing is stopped and every 120 while something is: what lasts now decides.
TEST(LawOfGaps, IsConditionalOnWhatIsStopped) {
    Gaps gaps;
    for (int i = 0; i < 20; ++i) {
        const bool stopped = i % 2 == 0;
        const double days = (stopped ? 120 : 30) + i % 7 * 4;
        gaps.pieces.push_back({{days, days}, stopped});
        ++gaps.ended;
    }
    const auto up = law_of_gaps(gaps, false, 500), down = law_of_gaps(gaps, true, 500);
    ASSERT_TRUE(up);
    ASSERT_TRUE(down);
    EXPECT_LT(up->lasting(80), 0.1);
    EXPECT_GT(down->lasting(80), 0.9);
    gaps.pieces.resize(9);
    gaps.ended = 9;
    EXPECT_FALSE(law_of_gaps(gaps, false, 500)) << "fewer than ten";
}

// By hand: 3 in 2 years have a rate of 3.5/2 a year; none comes with (2/3)^3.5.
TEST(YearCount, IsNegativeBinomial) {
    const YearCount number(3, 2);
    EXPECT_NEAR(number.mean(), 1.75, 1e-12);
    EXPECT_NEAR(number.chance_of(0), std::pow(2.0 / 3, 3.5), 1e-12);
    EXPECT_NEAR(number.chance_of(1), 3.5 / 3 * std::pow(2.0 / 3, 3.5), 1e-12);
    // R 4.2: pnbinom(4, 3.5, 2/3), qnbinom(c(0.1, 0.9), 3.5, 2/3).
    EXPECT_NEAR(number.at_most(4), 0.9352890, 5e-8);
    EXPECT_EQ(number.quantile(0.1), 0);
    EXPECT_EQ(number.quantile(0.9), 4);
    EXPECT_NEAR(number.at_most(200), 1, 1e-9);
}

/// A contact every 30 days from 2010 on, of the kind, covered as a census to a day.
struct Rhythm {
    std::vector<Engagement> engagements;
    std::vector<Coverage> coverage;
    std::vector<Disruption> disruptions;

    explicit Rhythm(const char* covers) {
        coverage = {test::coverage("v1", "census", {"usa", "chn"}, covers)};
        for (int i = 0; i < 100; ++i)
            engagements.push_back(test::engagement(
                "c" + std::to_string(i), to_iso(*day_of(2010, 1, 1) + (30 * i + i % 3)).c_str()
            ));
    }

    PairFacts facts() const {
        PairFacts out;
        out.tie = {test::kPair, engagements, {}, {}, {}, coverage, false};
        out.disruptions = disruptions;
        out.names = {{"usa", "United States"}, {"chn", "China"}};
        return out;
    }
};

TEST(NextContacts, KeepTheRhythm) {
    const Rhythm rhythm("2010..2018-03-01");
    std::vector<KindLeftOut> left_out;
    const auto found = next_contacts(rhythm.facts(), day("2018-03-01"), left_out);
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].kind, "");
    EXPECT_EQ(found[1].kind, "DLG");
    EXPECT_EQ(found[1].last, day("2018-02-18"));
    // Eleven days of thirty have gone.
    EXPECT_NEAR(*found[1].median, 19, 1.5);
    EXPECT_GT(found[1].chances[0], 0.99);
    EXPECT_EQ(found[1].records.at(0).id, "c99");
    EXPECT_GT(found[1].told, 50u);
    EXPECT_TRUE(found[1].over_even.sure()) << "a rhythm is no even chance";
    EXPECT_TRUE(left_out.empty());
}

TEST(NextContacts, AreNotToldWhereCoverageEndedLongAgo) {
    const Rhythm rhythm("2010..2018-03-01");
    std::vector<KindLeftOut> left_out;
    EXPECT_TRUE(next_contacts(rhythm.facts(), day("2019-06-01"), left_out).empty());
    ASSERT_FALSE(left_out.empty());
    EXPECT_TRUE(left_out[0].uncovered);
    EXPECT_TRUE(next_years(rhythm.facts(), day("2019-06-01")).empty());
    // Within a year it is told from the end of coverage.
    left_out.clear();
    EXPECT_EQ(next_contacts(rhythm.facts(), day("2018-06-01"), left_out).at(0).told_from, day("2018-03-01"));
}

TEST(NextYears, CarryTheRateOn) {
    Rhythm rhythm("2010..2018-03-01");
    rhythm.engagements.push_back(test::engagement("s1", "2018-09-01"));
    rhythm.engagements.back().status = "planned";
    const auto found = next_years(rhythm.facts(), day("2018-03-01"));
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].kind, "");
    EXPECT_NEAR(found[0].number.mean(), 365.25 / 30, 0.3);
    EXPECT_EQ(found[0].scheduled, 1u);
    // 2013 to 2017: two years of whole months are needed before the first.
    EXPECT_EQ(found[0].told, 5u);
    EXPECT_EQ(found[0].inside, 5u);
    EXPECT_EQ(found[0].since, day("2010-01-01") + (day("2018-03-01") - day("2010-01-01") + 1) % 30);
}

TEST(Forecast, ToldOfContactsStandsWithoutOutages) {
    const Rhythm rhythm("2010..2018-03-01");
    const auto answer =
        find_measure("forecast")->ask(rhythm.facts(), {day("2018-03-01"), nullptr, {{"channel", ""}}});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->reason, "too few");
    ASSERT_EQ(answer->tables.size(), 2u);
    EXPECT_EQ(answer->tables[0].name, "next_contacts");
    EXPECT_EQ(answer->tables[1].name, "next_years");
}

}  // namespace
}  // namespace entente::measures
