#include "measures/risk/past_risks.h"

#include <gtest/gtest.h>

#include <cmath>

#include "measures/risk/precedents.h"
#include "measures/risk/risk_scores.h"
#include "measures/risk/test_risk.h"

namespace entente::measures::risk {
namespace {

using namespace test;

TEST(RiskPieces, WeeksAreCutWhereAnythingChanges) {
    // By hand: at risk from 2 to 31 January 2020, a shock on the 10th. Weeks end on the 31st, 24th, 17th, 10th, 3rd; the
    // shock cuts the week that ends on the 10th before its last day.
    const auto tie = timeline({refusal("r", "2020-01-01")}, {}, watched("2019..2020"), "2020-01-31");
    const std::vector<Shock> shocks{shock("s", "2020-01-10")};
    const auto pieces = pieces_of(tie, ShockDays(shocks, kPair), 0, day("2020-01-31"));
    ASSERT_EQ(pieces.size(), 6U);
    EXPECT_EQ(pieces[0].last, day("2020-01-03"));
    EXPECT_EQ(pieces[1].last, day("2020-01-09"));
    EXPECT_EQ(pieces[2].first, day("2020-01-10"));
    EXPECT_EQ(pieces[2].last, day("2020-01-10"));
    EXPECT_EQ(pieces[3].last, day("2020-01-17"));
    const auto group = *group_of("arms_sale", ShockSide::own);
    EXPECT_EQ(pieces[1].state.shocks[group], 0);
    EXPECT_EQ(pieces[2].state.shocks[group], 3);
    EXPECT_DOUBLE_EQ(pieces[0].weeks(), 2 / 7.0);
}

TEST(RiskPieces, EveryDayAtRiskStandsInOnePieceAndIsAsThatDayIs) {
    const auto made = made_history(5, 1);
    const Day until = day("2019-12-31");
    const auto record = made.record(until);
    const auto pieces = record.pieces(until);
    std::size_t stops = 0, days = 0;
    // What begins within 30 days of the last stop belongs to it.
    std::vector<Day> begun;
    for (const auto& one : made.disruptions)
        if (one.scope_class == "family" && (begun.empty() || *one.began.from - begun.back() > 30))
            begun.push_back(*one.began.from);
    auto piece = pieces.begin();
    for (const auto& stretch : record.ties[0].at_risk)
        for (Day at = stretch.first; at <= stretch.last; at = at + 1) {
            ++days;
            while (piece != pieces.end() && piece->last < at) ++piece;
            ASSERT_TRUE(piece != pieces.end() && piece->first <= at);
            // Straight from the facts: stops before, and the last shock.
            std::int32_t earlier = 0, since = 99999;
            for (const Day one : begun) earlier += one < at;
            for (const auto& one : made.shocks)
                if (*one.on.from <= at) since = std::min(since, at - *one.on.from);
            ASSERT_EQ(piece->state.earlier, earlier) << to_iso(at);
            const int windows = (since < 365) + (since < 90) + (since < 30);
            ASSERT_EQ(piece->state.shocks[*group_of("arms_sale", ShockSide::own)], windows) << to_iso(at);
        }
    for (const auto& one : pieces) stops += one.stopped;
    EXPECT_EQ(stops, record.ties[0].stops.size());
    EXPECT_GT(stops, 5U);
    double weeks = 0;
    for (const auto& one : pieces) weeks += one.weeks();
    EXPECT_NEAR(weeks, static_cast<double>(days) / 7, 1e-9);
}

/// A model of which every draw is the same.
RiskColumns plain_columns() {
    std::array<std::size_t, kMostGroups> shocks{};
    shocks[*group_of("arms_sale", ShockSide::own)] = kEnoughShocks;
    return RiskColumns(shocks);
}

TEST(RiskOutlook, ARateAloneByHand) {
    // 1 in 100 weeks: within 90 days 1 − exp(−0.01·90/7) = 0.1206493.
    const std::vector<DrawnRisk> draws{{std::log(0.01), 0, 0, {{1, 1, 1, 1}}}};
    const Outlook outlook{day("2020-01-01"), day("2020-01-01"), 0, ShockDays({}, kPair)};
    const auto chances = mean_chances(drawn_chances(plain_columns(), draws, outlook));
    EXPECT_NEAR(chances[0], -std::expm1(-0.01 * 30 / 7), 1e-12);
    EXPECT_NEAR(chances[1], 0.120649251, 1e-9);
    EXPECT_NEAR(chances[2], -std::expm1(-0.01 * 365 / 7), 1e-12);
}

TEST(RiskOutlook, DayByDayItIsTheSame) {
    // A shock 20 days ago that leaves its windows, and years that pass: each day by the formula.
    const auto columns = plain_columns();
    const DrawnRisk drawn{-5, -0.4, 0.3, {{1, 1.5, 3, 9}}};
    const std::vector<Shock> shocks{shock("s", "2019-12-12")};
    const Outlook outlook{day("2020-01-01"), day("2018-01-01"), 2, ShockDays(shocks, kPair)};
    const auto chances = mean_chances(drawn_chances(columns, std::vector{drawn}, outlook));
    double sum = 0;
    std::size_t horizon = 0;
    for (std::int32_t ahead = 1; ahead <= 365; ++ahead) {
        const auto since = 20 + ahead;
        const double times = since < 30 ? 9 : since < 90 ? 3 : since < 365 ? 1.5 : 1;
        const std::int32_t years = (day("2020-01-01") + ahead - day("2018-01-01")) / 365;
        sum += std::exp(-5 - 0.4 * std::log1p(years) + 0.3 * std::log1p(2.0)) * times / 7;
        if (ahead == kRiskHorizons[horizon]) {
            EXPECT_NEAR(chances[horizon], -std::expm1(-sum), 1e-12) << ahead;
            ++horizon;
        }
    }
    EXPECT_EQ(horizon, 3U);
}

TEST(RiskOutlook, ASupposedShockCountsFromItsDayOn) {
    const std::vector<DrawnRisk> draws{{std::log(0.01), 0, 0, {{1, 1, 1, 10}}}};
    Outlook outlook{day("2020-01-01"), day("2020-01-01"), 0, ShockDays({}, kPair)};
    const auto without = mean_chances(drawn_chances(plain_columns(), draws, outlook));
    outlook.shocks.add(*group_of("arms_sale", ShockSide::own), day("2020-03-01"));
    const auto with = mean_chances(drawn_chances(plain_columns(), draws, outlook));
    EXPECT_DOUBLE_EQ(without[0], with[0]);
    // By hand: 60 to 89 days ahead ten times as likely, so 30 days count 9 more times within 90.
    EXPECT_NEAR(with[1], -std::expm1(-0.01 * (90 + 9 * 30) / 7), 1e-9);
}

TEST(RiskOutlook, ShocksKnownLaterDoNotCount) {
    const auto made = made_history(5, 1);
    const auto record = made.record(day("2019-12-31"));
    const auto outlook = outlook_of(record.ties[0], record.shocks[0], day("2005-06-30"));
    for (std::size_t group = 0; group < kMostGroups; ++group)
        for (const Day on : outlook.shocks.of(group)) EXPECT_LE(on, day("2005-06-30"));
}

TEST(StopRate, IsTheMeanOverItsGammaByHand) {
    // 2 stops and a half in 100 weeks: within 90 days 1 − (100/(100 + 90/7))^2.5 = 0.260944.
    const StopRate rate{2.5, 100};
    EXPECT_NEAR(rate.chances()[1], 0.260943958, 1e-9);
    // And by adding up over the quantiles of the gamma distribution.
    double sum = 0;
    for (int i = 0; i < 20000; ++i)
        sum += -std::expm1(-numerics::gamma_quantile((i + 0.5) / 20000, 2.5) / 100 * 90 / 7) / 20000;
    EXPECT_NEAR(rate.chances()[1], sum, 1e-5);
}

TEST(PastRisks, WhatCameLaterChangesNoForecast) {
    // A forecast of the past, told from all of the record and from one that ends on its day.
    const auto made = made_history(7, 6);
    const Day until = day("2019-12-31");
    const auto all = roll_risks(made.record(until), until, 20);
    ASSERT_GT(all.forecasts.size(), 100U);
    const Day then = all.forecasts[all.forecasts.size() / 2].origin;
    auto cut = made;
    std::erase_if(cut.disruptions, [&](const Disruption& one) { return *one.began.from > then; });
    for (auto& one : cut.disruptions)
        if (one.ended && *one.ended->to > then) one.ended = {{}, domain::Empty::unknown};
    std::erase_if(cut.shocks, [&](const Shock& one) { return *one.on.from > then; });
    // It is told once more on the next origin, from the cut record.
    const auto known = roll_risks(cut.record(then + 91), then + 91, 20);
    std::size_t compared = 0;
    for (const auto& one : all.forecasts) {
        if (one.origin != then) continue;
        const auto same = std::ranges::find_if(known.forecasts, [&](const PastRisk& other) {
            return other.origin == then && other.tie == one.tie;
        });
        ASSERT_NE(same, known.forecasts.end());
        for (std::size_t j = 0; j < kTellers; ++j)
            for (std::size_t h = 0; h < 3; ++h) EXPECT_NEAR(one.by[j][h], same->by[j][h], 1e-9);
        ++compared;
    }
    EXPECT_GT(compared, 2U);
}

TEST(PastRisks, JudgesOnlyWhatCanBeKnown) {
    const auto tie = timeline(
        {refusal("r", "2018-01-01"),
         outage("d1", "2019-03-01", "2019-03-20", ""),
         outage("d2", "2020", "", "")},
        {},
        watched("2018..2020"),
        "2020-12-31"
    );
    PastRisk before{0, day("2019-01-15"), {}, nullptr, {}};
    judge_risk(before, tie, day("2020-12-31"));
    EXPECT_EQ(before.came[0], std::optional(false));
    EXPECT_EQ(before.came[1], std::optional(true));
    EXPECT_EQ(before.came[2], std::optional(true));
    // From 1 January 2020 on it is not known: within 30 days nothing came, within 90 nobody can say.
    PastRisk late{0, day("2019-11-20"), {}, nullptr, {}};
    judge_risk(late, tie, day("2020-12-31"));
    EXPECT_EQ(late.came[0], std::optional(false));
    EXPECT_FALSE(late.came[1]);
    // A horizon that is not over is not judged, even if the stop has come.
    PastRisk early{0, day("2019-01-15"), {}, nullptr, {}};
    judge_risk(early, tie, day("2019-04-01"));
    EXPECT_FALSE(early.came[1]);
}

TEST(RiskScores, ByHand) {
    std::vector<PastRisk> past;
    const TieStop stop{day("2020-02-01"), {nullptr}, Standing::at_risk};
    for (const auto& [told, came] : {std::pair{0.2, true}, std::pair{0.1, false}}) {
        PastRisk one{past.size(), day("2020-01-01"), {}, came ? &stop : nullptr, {}};
        one.by[0][1] = told, one.by[1][1] = 0.15, one.by[2][1] = 0.5;
        one.came[1] = came;
        past.push_back(one);
    }
    const auto track = judge_risks(past, 1);
    EXPECT_EQ(track.forecasts, 2U);
    EXPECT_EQ(track.stops, 1U);
    // (0.8² + 0.1²)/2 and (ln 0.2 + ln 0.9)/2
    EXPECT_NEAR(track.told().brier, 0.325, 1e-12);
    EXPECT_NEAR(track.told().log_score, (std::log(0.2) + std::log(0.9)) / 2, 1e-12);
    EXPECT_NEAR(track.by[1].brier, (0.85 * 0.85 + 0.15 * 0.15) / 2, 1e-12);
    EXPECT_NEAR(track.over_own->mean, (std::log(0.2 / 0.5) + std::log(0.9 / 0.5)) / 2, 1e-12);
    EXPECT_EQ(judge_risks(past, 0).forecasts, 0U);
}

TEST(Precedents, CountsWhatFollowedByHand) {
    // Shocks of 1 February (a stop on 1 March follows), 10 March (stopped already), 1 May (nothing within 90 days) and 1
    // December (its days are not over); one by a third is another class.
    const std::vector<Disruption> disruptions{
        refusal("r", "2020-01-01"), outage("d", "2020-03-01", "2020-03-20", "")};
    const std::vector<Shock> shocks{
        shock("s1", "2020-02-01"),
        shock("s2", "2020-03-10"),
        shock("s3", "2020-05-01"),
        shock("s4", "2020-12-01"),
        shock("s5", "2020-06-01", "twn")};
    const auto tie = timeline(disruptions, {}, watched("2019..2020"), "2020-12-31");
    const auto found = precedents_of(tie, shocks, {"arms_sale", "usa"}, day("2020-12-31"));
    ASSERT_EQ(found.size(), 4U);
    EXPECT_EQ(found[0].followed, Followed::yes);
    EXPECT_EQ(found[0].stop->on - found[0].on, 29);
    EXPECT_EQ(found[1].followed, Followed::stopped_already);
    EXPECT_EQ(found[2].followed, Followed::no);
    EXPECT_EQ(found[3].followed, Followed::not_over);
    const auto count = count_of(found);
    EXPECT_EQ(count.of, 1U);
    EXPECT_EQ(count.among, 2U);
    // Jeffreys, R: qbeta(c(0.05, 0.95), 1.5, 1.5)
    EXPECT_NEAR(count.limits().low, 0.097308182, 1e-8);
    EXPECT_EQ(precedents_of(tie, shocks, {"arms_sale", ""}, day("2020-12-31")).size(), 1U);
}

TEST(Precedents, OfAllDaysSomeAreFollowed) {
    // At risk from 2 January to the stop of 1 March: 60 days, each followed. From 21 March to 3 October, the last day with
    // 90 days to come: 197 days without.
    const std::vector<Disruption> disruptions{
        refusal("r", "2020-01-01"), outage("d", "2020-03-01", "2020-03-20", "")};
    const auto days =
        share_of_days(timeline(disruptions, {}, watched("2019..2020"), "2020-12-31"), day("2020-12-31"));
    EXPECT_EQ(days.of, 60U);
    EXPECT_EQ(days.among, 60U + 197U);
}

}  // namespace
}  // namespace entente::measures::risk
