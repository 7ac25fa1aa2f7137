#include "measures/forecast/outages.h"

#include <gtest/gtest.h>

#include "measures/forecast/traits.h"
#include "measures/test_facts.h"

namespace entente::measures {
namespace {

using test::date;
using test::day;
using test::outage;

void expect_lifetime(const std::optional<Lifetime>& found, double low, double high) {
    ASSERT_TRUE(found);
    EXPECT_EQ(found->low, low);
    EXPECT_EQ(found->high, high);
}

// MEASURES.md 18.2 and 18.3: 607 days exactly; 527 to 556 days, which is (526, 556].
TEST(Outages, LastAsLongAsCountedByHand) {
    const auto maritime = outage("d1", "2022-08-05", "2024-04-03", "visit");
    expect_lifetime(lifetime_on(maritime, day("2024-04-03")), 607, 607);
    expect_lifetime(lifetime_on(outage("d2", "1995-06", "1996-12-08", "visit"), day("2000-01-01")), 526, 556);
    // The day before its end it was known to have lasted 606 days, and to last on.
    expect_lifetime(lifetime_on(maritime, day("2024-04-02")), 606, INFINITY);
    EXPECT_FALSE(lifetime_on(maritime, day("2022-08-04"))) << "not begun";
    EXPECT_EQ(age_on(maritime, day("2022-09-04")), 30);
    EXPECT_EQ(age_on(outage("d3", "1995-06", "", "visit"), day("1995-06-30")), 14.5);
}

TEST(Outages, WithoutAKnownEndLastAsFarAsASourceSays) {
    auto open = outage("d1", "2024-07-17", "", "arms sale");
    expect_lifetime(lifetime_on(open, day("2026-11-30")), 0, INFINITY);
    open.last_known = test::stated("2024-07-20");
    expect_lifetime(lifetime_on(open, day("2026-11-30")), 3, INFINITY);
    expect_lifetime(lifetime_on(open, day("2024-07-18")), 1, INFINITY);
    EXPECT_FALSE(ended_by(open, day("2026-11-30")));
    // A month in which it ended says that it lasted to the month before, until the month is over.
    const auto month = outage("d2", "2001-04-30", "2002-12", "incident");
    expect_lifetime(lifetime_on(month, day("2002-12-15")), 579, INFINITY);
    expect_lifetime(lifetime_on(month, day("2002-12-31")), 579, 610);
}

TEST(Outages, GoOnForAsLongAsIsLeft) {
    const auto maritime = outage("d1", "2022-08-05", "2024-04-03", "visit");
    const auto left = remaining_on(maritime, day("2022-09-04"), day("2025-01-01"));
    EXPECT_TRUE(left.exact());
    EXPECT_EQ(left.low, 577);
    const auto known_early = remaining_on(maritime, day("2022-09-04"), day("2022-12-13"));
    EXPECT_EQ(known_early.low, 100);
    EXPECT_FALSE(known_early.ended());
}

TEST(Outages, AreNoSingleEventsAndHaveADate) {
    auto event = outage("d1", "2020-01-01", "", "x");
    event.scope_class = "event";
    auto undated = outage("d2", "2020-01-01", "", "x");
    undated.began = {std::nullopt, day("2020-01-01"), domain::Precision::open};
    const std::vector<Disruption> all{
        outage("d4", "2021-01-01", "", "x"), event, undated, outage("d3", "2020-05", "", "x")};
    const auto found = outages_of(all);
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0]->evidence.id, "d3");
    EXPECT_EQ(found[1]->evidence.id, "d4");
}

TEST(Outages, AreOfOnePairWhenBothSidesMeet) {
    auto usa = outage("d1", "2020", "", "x"), russia = usa, other = usa;
    russia.side_a = {"rus"};
    russia.side_b = {"usa", "nato"};
    other.side_a = {"usa"};
    other.side_b = {"rus"};
    EXPECT_TRUE(of_one_pair(russia, other));
    EXPECT_FALSE(of_one_pair(usa, other));
}

Traits traits(std::string cause, std::string by, double earlier) {
    return {std::move(cause), std::move(by), false, "", earlier};
}

TEST(Traits, CountWhatBeganBeforeBetweenTheTwo) {
    const std::vector<Disruption> all{
        outage("d1", "2001", "", "x"),
        outage("d2", "2010-01-30", "2010-12-10", "x"),
        outage("d3", "2010-01-30", "", "x", "usa")};
    const auto outages = outages_of(all);
    Channel channel;
    channel.evidence.id = "h1";
    channel.level = "minister";
    const std::vector<Channel> channels{channel};
    auto last = all[2];
    last.channel = "h1";
    last.scope_class = "relationship";
    last.cause_class = "coup";
    const auto found = traits_of(last, outages, channels);
    EXPECT_EQ(found.earlier, std::log(2)) << "d2 began on the same day, not before";
    EXPECT_EQ(found.level, "senior");
    EXPECT_EQ(found.stopped_by, "usa");
    EXPECT_TRUE(found.whole);
    last.stopped_by = {"usa", "chn"};
    EXPECT_EQ(traits_of(last, outages, channels).stopped_by, "several");
}

// Six of coups, six of wars and one of a test; by one side seven times: the test is too rare for a column.
TEST(TraitColumns, AreOfAnswersThatEnoughOutagesGive) {
    std::vector<Traits> learnt;
    for (int i = 0; i < 6; ++i) learnt.push_back(traits("coup", "usa", i));
    for (int i = 0; i < 6; ++i) learnt.push_back(traits("war", "chn", i));
    learnt.push_back(traits("test", "usa", 0));
    const TraitColumns columns(learnt);
    EXPECT_EQ(
        columns.names(),
        (std::vector<std::string>{"cause coup", "cause war", "stopped_by chn", "stopped_by usa", "earlier"})
    );
    EXPECT_EQ(columns.left_out(), (std::vector<std::string>{"scope", "level"}));
    for (std::size_t k = 0; k < columns.names().size(); ++k) {
        double mean = 0, squares = 0;
        for (const auto& one : learnt) mean += columns.row(one)[k] / 13;
        for (const auto& one : learnt) squares += std::pow(columns.row(one)[k] - mean, 2) / 13;
        EXPECT_NEAR(mean, 0, 1e-12);
        EXPECT_NEAR(squares, 1, 1e-12);
    }
    // By hand: a share of 6/13 has the spread √(6 · 7)/13.
    EXPECT_NEAR(columns.spreads()[0], std::sqrt(42.0) / 13, 1e-12);
    EXPECT_NEAR(columns.row(traits("test", "usa", 0))[0], -6 / std::sqrt(42.0), 1e-12);
}

TEST(TraitColumns, LeaveOutWhatIsTheSameForAll) {
    const TraitColumns columns(std::vector<Traits>(12, traits("coup", "usa", 0)));
    EXPECT_TRUE(columns.names().empty());
    EXPECT_EQ(columns.left_out().size(), 5u);
}

}  // namespace
}  // namespace entente::measures
