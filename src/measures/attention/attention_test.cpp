#include "measures/attention/overview.h"

#include <gtest/gtest.h>

#include "measures/attention/test_watched.h"

namespace entente::measures {
namespace {

using test::covered;
using test::date;
using test::day;
using test::engagement;
using test::outage;
using test::Tie;
using test::Watching;
using Names = std::vector<std::string>;

Engagement planned(const char* id, const char* on, const char* status) {
    auto out = engagement(id, "");
    out.held = {};
    out.planned = test::stated(on);
    out.status = status;
    return out;
}

/// Ten stops of another pair that ended after 10, 20, … 100 days, so that half of them had ended after 50.
std::vector<Disruption> ten_elsewhere() {
    std::vector<Disruption> out;
    for (int i = 1; i <= 10; ++i) {
        const Day began = day("2000-01-01") + 200 * i;
        auto one =
            outage("x" + std::to_string(i), to_iso(began).c_str(), to_iso(began + 10 * i).c_str(), "y");
        one.side_b = {"rus"};
        out.push_back(one);
    }
    return out;
}

Watched stop_after(std::int32_t age, const std::vector<Disruption>& elsewhere) {
    Tie tie = covered();
    const Day began = day("2020-06-30") - age;
    tie.disruptions = {outage("d1", to_iso(began).c_str(), "", "sale")};
    Watching watching(tie, "2020-06-30");
    watching.facts().all_disruptions = elsewhere;
    const auto rows = watching.rows("stops");
    EXPECT_EQ(rows.size(), 1U);
    return rows.empty() ? Watched() : rows[0];
}

TEST(StopsWatch, SetsAStopBesideLikeOnes) {
    const auto row = stop_after(40, ten_elsewhere());
    EXPECT_EQ(row.numbers.at("days"), 40);
    EXPECT_EQ(row.numbers.at("half_of_like"), 50);
    EXPECT_NEAR(row.numbers.at("longer_than"), 0.4, 1e-9);
    EXPECT_EQ(row.words.at("by"), "by China");
}

TEST(StopsWatch, SaysNothingOfLikeOnesWhereTooFewEnded) {
    auto few = ten_elsewhere();
    few.pop_back();
    const auto row = stop_after(40, few);
    EXPECT_FALSE(row.numbers.contains("half_of_like"));
    EXPECT_FALSE(row.numbers.contains("longer_than"));
}

TEST(StopsWatch, LeavesOutWhatEndedAndWhatBeganLater) {
    Tie tie = covered();
    tie.disruptions = {
        outage("d1", "2019-01-01", "2019-03-01", "sale"),
        outage("d2", "2021-01-01", "", "sale"),
        outage("d3", "2020-01-01", "2020-07-01", "sale")};
    const auto rows = Watching(tie, "2020-06-30").rows("stops");
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].about, "d3");
    EXPECT_EQ(rows[0].words.at("end_words"), "it ended later, 1 Jul 2020");
}

TEST(Attention, OfAStopDependsOnItsAge) {
    Tie tie = covered();
    tie.disruptions = {outage("d1", "2020-06-01", "", "sale")};
    Watching young(tie, "2020-06-30");
    const auto elsewhere = ten_elsewhere();
    young.facts().all_disruptions = elsewhere;
    EXPECT_EQ(young.raised(), Names{"stopped"});
    Watching old(tie, "2020-12-31");
    old.facts().all_disruptions = elsewhere;
    EXPECT_EQ(old.raised(), Names{"stopped_longer_than_half"});
    tie.disruptions[0].scope_class = "relationship";
    EXPECT_EQ(Watching(tie, "2020-06-30").raised(), Names{"tie_stopped"});
}

TEST(ContactsDueWatch, MeasuresInCadencesWhereOneIsDeclared) {
    Tie tie = covered();
    Channel channel;
    channel.evidence.id = "c1";
    channel.name = "Talks";
    channel.parties = {"usa", "chn"};
    channel.cadence_days = {100, {}};
    tie.channels = {channel};
    tie.engagements = {engagement("e1", "2020-01-01", "DLG", "", "c1")};
    EXPECT_EQ(Watching(tie, "2020-05-30").raised(), Names{});  // 150 days: one and a half
    const Watching late(tie, "2020-05-31");
    ASSERT_EQ(late.raised(), Names{"channel_late"});
    EXPECT_EQ(
        late.items()[0].says, "Talks: last used 1 Jan 2020, 151 days ago, 1.51 times its cadence of 100 days"
    );
    EXPECT_EQ(late.items()[0].key, "channel_late:channel:Talks");
}

TEST(StrengthWatch, CountsTheDrawsInWhichItFell) {
    Tie tie = covered();
    for (int i = 0; i < 12; ++i) {
        auto one = engagement(
            "e" + std::to_string(i), to_iso(day("2018-01-15") + 30 * i).c_str(), "KLE", "minister"
        );
        tie.engagements.push_back(one);
    }
    const Watching watching(tie, "2019-12-31");
    const auto rows = watching.rows("strength");
    ASSERT_EQ(rows.size(), 1U);
    const auto seen = watching.tie();
    std::size_t fell = 0;
    for (std::size_t i = 0; i < seen.now.drawn_totals.size(); ++i)
        if (seen.now.drawn_totals[i] / seen.then.drawn_totals[i] < 0.9) ++fell;
    EXPECT_DOUBLE_EQ(rows[0].numbers.at("fell"), static_cast<double>(fell) / 2000);
    EXPECT_GT(rows[0].numbers.at("fell"), 0.9);
    EXPECT_NE(std::ranges::count(watching.raised(), "strength_fell"), 0);
}

TEST(StrengthWatch, SaysNothingWithoutATotalOnBothDays) {
    EXPECT_TRUE(Watching(Tie(), "2020-06-30").rows("strength").empty());
    EXPECT_TRUE(Watching(covered("2020-01-01..2030"), "2020-06-30").rows("strength").empty());
}

TEST(AgreementsWatch, NamesThoseThatEndAhead) {
    Tie tie = covered();
    Agreement agreement;
    agreement.evidence.id = "a1";
    agreement.name = "Access agreement";
    agreement.parties = {"usa", "chn"};
    agreement.ended = test::stated("2020-12-27");
    tie.agreements = {agreement};
    EXPECT_EQ(Watching(tie, "2020-06-30").raised(), Names{"agreement_ends"});  // 180 days
    EXPECT_EQ(Watching(tie, "2020-06-29").raised(), Names{});
    EXPECT_TRUE(Watching(tie, "2020-12-28").rows("agreements").empty());
}

TEST(PlannedWatch, AsksForConfirmationAheadAndForAnEndAfter) {
    Tie tie = covered();
    tie.engagements = {planned("e1", "2020-07-30", "planned")};
    EXPECT_EQ(Watching(tie, "2020-06-29").raised(), Names{});  // 31 days
    EXPECT_EQ(Watching(tie, "2020-06-30").raised(), Names{"unconfirmed_soon"});
    EXPECT_EQ(Watching(tie, "2020-07-30").raised(), Names{"unconfirmed_soon"});
    EXPECT_EQ(Watching(tie, "2020-07-31").raised(), Names{"not_closed_out"});
    tie.engagements[0].status = "confirmed";
    EXPECT_EQ(Watching(tie, "2020-06-30").raised(), Names{});
    for (const char* status : {"completed", "cancelled", "refused", "closed"}) {
        tie.engagements[0].status = status;
        EXPECT_TRUE(Watching(tie, "2020-07-31").rows("planned").empty()) << status;
    }
}

TEST(PlannedWatch, KeepsAMonthAheadUntilItIsOver) {
    Tie tie = covered();
    tie.engagements = {planned("e1", "2020-07", "planned")};
    EXPECT_EQ(Watching(tie, "2020-07-31").rows("planned")[0].numbers.at("days_until"), 0);
    EXPECT_EQ(Watching(tie, "2020-08-01").rows("planned")[0].numbers.at("days_until"), -1);
}

TEST(CarriersWatch, FindsTheChannelThatCarriesAStrand) {
    Tie tie = covered();
    Channel channel;
    channel.evidence.id = "c1";
    channel.name = "Talks";
    channel.parties = {"usa", "chn"};
    tie.channels = {channel};
    tie.engagements = {
        engagement("e1", "2020-01-01", "DLG", "", "c1"),
        engagement("e2", "2020-01-01", "DLG", "", "c1"),
        engagement("e3", "2020-01-01", "DLG", "", "c1"),
        engagement("e4", "2020-01-01", "DLG")};
    const auto rows = Watching(tie, "2020-06-30").rows("carriers");
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].words.at("carrier"), "Talks");
    EXPECT_NEAR(rows[0].numbers.at("share"), 0.75, 1e-12);
    EXPECT_EQ(rows[0].numbers.at("records"), 3);
    tie.engagements.pop_back();
    EXPECT_EQ(Watching(tie, "2020-06-30").raised(), Names{"one_carries_all"});
}

TEST(DisagreementsWatch, IsOfRecordsOfTheLastYears) {
    Tie tie = covered();
    tie.engagements = {engagement("e1", "2020-01-01")};
    tie.engagements[0].evidence.conflicts = {{"held", "2 Jan 2020"}};
    const auto found = Watching(tie, "2020-06-30").items();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].says, "dialogues: sources disagree on held");
    EXPECT_EQ(std::ranges::count(Watching(tie, "2029-06-30").raised(), "sources_disagree"), 0);
}

TEST(CoverageWatch, PutsStrandsThatEndOnOneDayTogether) {
    const Watching watching(covered("1990..2018-12-31"), "2020-06-30");
    const auto rows = watching.rows("coverage");
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].numbers.at("days_ago"), day("2020-06-30") - day("2018-12-31"));
    EXPECT_NE(std::ranges::count(watching.raised(), "coverage_ended"), 0);
}

TEST(Attention, HoldsNothingAgainstWhatIsNotKnown) {
    EXPECT_EQ(Watching(Tie(), "2020-06-30").raised(), Names{});
}

Snooze snooze(const char* rule, const char* about, const char* until) {
    Snooze out;
    out.evidence.id = "z1";
    out.parties = {"chn", "usa"};
    out.rule = rule, out.about = about, out.until = date(until), out.reason = "new desk officer in August";
    return out;
}

TEST(Attention, PutOffComesLastUntilItsDay) {
    Tie tie = covered("1990..2018-12-31");
    tie.disruptions = {outage("d1", "2020-06-01", "", "sale")};
    tie.disruptions[0].scope_class = "relationship";
    const auto open = [&](const std::vector<Snooze>& snoozes, const char* at) {
        Watching watching(tie, at);
        watching.facts().snoozes = snoozes;
        Names out;
        for (const auto& item : watching.items())
            if (!item.snoozed) out.push_back(item.rule->rule);
        return out;
    };
    const Names both{"tie_stopped", "coverage_ended"}, one{"coverage_ended"};
    EXPECT_EQ(open({}, "2020-06-30"), both);
    EXPECT_EQ(open({snooze("tie_stopped", "d1", "2020-06-30")}, "2020-06-30"), one);
    EXPECT_EQ(open({snooze("tie_stopped", "", "2020-06")}, "2020-06-30"), one);
    EXPECT_EQ(open({snooze("tie_stopped", "tie_stopped:d1", "2020-06-30")}, "2020-06-30"), one)
        << "the whole key";
    EXPECT_EQ(open({snooze("tie_stopped", "d1", "2020-06-29")}, "2020-06-30"), both);
    EXPECT_EQ(open({snooze("tie_stopped", "d2", "2020-06-30")}, "2020-06-30"), both);
    auto other = snooze("tie_stopped", "", "2020-06-30");
    other.parties = {"usa", "rus"};
    EXPECT_EQ(open({other}, "2020-06-30"), both);
    Watching watching(tie, "2020-06-30");
    const std::vector snoozes{snooze("tie_stopped", "", "2020-06-30")};
    watching.facts().snoozes = snoozes;
    const auto items = watching.items();
    ASSERT_TRUE(items.back().snoozed);
    EXPECT_EQ(items.back().rule->rule, "tie_stopped");
}

TEST(Attention, MovesWithTheDays) {
    Tie tie = covered("1990..2018-12-31");
    tie.disruptions = {outage("d1", "2020-06-01", "", "sale")};
    tie.engagements = {planned("e1", "2020-07-30", "planned")};
    Tie later = covered("1990..2018-12-31");
    later.statements[0].covers.from = *later.statements[0].covers.from + 1000;
    later.statements[0].covers.to = *later.statements[0].covers.to + 1000;
    const auto shifted = [](const char* text) { return to_iso(day(text) + 1000); };
    later.disruptions = {outage("d1", shifted("2020-06-01").c_str(), "", "sale")};
    later.engagements = {planned("e1", shifted("2020-07-30").c_str(), "planned")};
    EXPECT_EQ(Watching(tie, "2020-07-10").raised(), Watching(later, shifted("2020-07-10").c_str()).raised());
}

TieState state_of(const Tie& tie, const char* at) {
    const Watching watching(tie, at);
    return tie_standing(watching.tie(), 1825, 365).state;
}

TEST(TieState, IsTheFirstThatHolds) {
    Tie tie = covered();
    EXPECT_EQ(state_of(tie, "2020-06-30"), TieState::quiet);
    tie.engagements = {engagement("e1", "2020-01-01")};
    EXPECT_EQ(state_of(tie, "2020-06-30"), TieState::active);
    EXPECT_EQ(state_of(tie, "2020-12-31"), TieState::active);  // 365 days
    EXPECT_EQ(state_of(tie, "2021-01-01"), TieState::quiet);
    tie.disruptions = {outage("d1", "2018-01-01", "2019-01-01", "sale")};
    EXPECT_EQ(state_of(tie, "2020-06-30"), TieState::restored);
    EXPECT_EQ(state_of(tie, "2023-12-31"), TieState::restored);  // 1,825 days
    EXPECT_EQ(state_of(tie, "2024-01-01"), TieState::quiet);
    EXPECT_EQ(state_of(tie, "2018-06-30"), TieState::stopped);
}

TEST(TieState, IsNeverQuietWhereNothingIsCovered) {
    EXPECT_EQ(state_of(Tie(), "2020-06-30"), TieState::none_on_record);
    EXPECT_EQ(state_of(covered("1990..2010"), "2020-06-30"), TieState::record_ends);
    EXPECT_EQ(state_of(covered("1990..2030", "not_released"), "2020-06-30"), TieState::not_released);
    EXPECT_EQ(state_of(covered("1990..2030", "sparse"), "2020-06-30"), TieState::none_on_record);
}

TEST(Overview, GroupsAndDoesNotRank) {
    Tie stopped = covered(), ended = covered("1990..2010"), quiet = covered();
    stopped.disruptions = {outage("d1", "2020-06-01", "", "sale")};
    const Watching a(stopped, "2020-06-30"), b(ended, "2020-06-30"), c(quiet, "2020-06-30"),
        d(ended, "2020-06-30");
    const auto& rules = builtin_attention_rules();
    Overview overview{"United States", "usa", "USA", day("2020-06-30"), {}, {"AND"}};
    overview.ties = {
        overview_tie(b.tie(), rules, "alb", "ALB", "Albania"),
        overview_tie(a.tie(), rules, "chn", "CHN", "China"),
        overview_tie(d.tie(), rules, "fji", "FJI", "Fiji"),
        overview_tie(c.tie(), rules, "jpn", "JPN", "Japan")};
    const auto answer = overview_answer(overview, rules, builtin_parameters(), true);
    EXPECT_EQ(
        answer.headline,
        "1 partner has a stop with no end on record: China (1 Jun 2020). Of 2 partners the record does not "
        "speak to "
        "this day, which is not the same as nothing."
    );
    const auto table = [&](const char* name) {
        return *std::ranges::find(answer.tables, name, &AnswerTable::name);
    };
    EXPECT_EQ(table("stopped").rows.at(0).at(0).text, "China");
    EXPECT_EQ(table("quiet").rows.at(0).at(0).text, "Japan");
    ASSERT_EQ(table("record_ends").rows.size(), 1U);
    EXPECT_EQ(table("record_ends").rows[0][2].text, "ALB FJI");
    EXPECT_EQ(table("nothing").rows.at(0).at(1).text, "AND");
    // What is the same with two partners stands once.
    const auto items = table("attention");
    const auto ends =
        std::ranges::count_if(items.rows, [](const auto& row) { return row[4].text == "coverage_ended"; });
    EXPECT_EQ(ends, 1);
}

}  // namespace
}  // namespace entente::measures
