#include "measures/survival/recurrent.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <tuple>

#include "measures/survival/cox_kept.h"

namespace entente::measures {
namespace {

/// At risk after day 10; stops on 40, is back on 60, a covariate changes on 80, stops on 100, is back on 130.
const RecurrentUnit kWorked{{{10, 40, true}, {60, 80, false}, {80, 100, true}, {130, 150, false}}, {40, 100}};

void expect_row(const CoxRow& row, double entry, double exit, bool event, std::size_t stratum) {
    EXPECT_EQ(row.entry, entry);
    EXPECT_EQ(row.exit, exit);
    EXPECT_EQ(row.event, event);
    EXPECT_EQ(row.stratum, stratum);
}

TEST(Recurrent, AndersenGillCountsFromTheFirstDayAtRisk) {
    const auto rows = recurrent_rows(std::vector{kWorked}, RecurrentForm::andersen_gill, 3);
    ASSERT_TRUE(rows);
    ASSERT_EQ(rows->size(), 4);
    expect_row((*rows)[0], 0, 30, true, 0);
    expect_row((*rows)[1], 50, 70, false, 0);
    expect_row((*rows)[2], 70, 90, true, 0);
    expect_row((*rows)[3], 120, 140, false, 0);
}

// Down from 40 to 60: it comes in 20 days after the stop. The change on 80 does not restart the clock.
TEST(Recurrent, TheGapClockRestartsAtStopsNotAtCuts) {
    const auto rows = recurrent_rows(std::vector{kWorked}, RecurrentForm::gap_time, 3);
    ASSERT_TRUE(rows);
    ASSERT_EQ(rows->size(), 4);
    expect_row((*rows)[0], 0, 30, true, 0);
    expect_row((*rows)[1], 20, 40, false, 1);
    expect_row((*rows)[2], 40, 60, true, 1);
    expect_row((*rows)[3], 30, 50, false, 2);
}

TEST(Recurrent, ManyEarlierEventsShareAStratum) {
    const auto rows = recurrent_rows(std::vector{kWorked, kWorked}, RecurrentForm::gap_time, 1);
    ASSERT_TRUE(rows);
    EXPECT_EQ((*rows)[3].stratum, 1);
    EXPECT_EQ((*rows)[3].cluster, 0);
    EXPECT_EQ((*rows)[4].cluster, 1);
}

// A stop that nobody could have foreseen, for nobody looked, is none of the events told, but restarts the clock.
TEST(Recurrent, AStopOutsideTheDaysAtRiskRestartsTheClock) {
    const RecurrentUnit unit{{{0, 10, false}, {30, 50, false}}, {20}};
    const auto rows = recurrent_rows(std::vector{unit}, RecurrentForm::gap_time, 3);
    ASSERT_TRUE(rows);
    expect_row((*rows)[1], 10, 30, false, 1);
}

/// Units by days: each day is up, down or not looked at.
RecurrentUnit made(std::uint64_t seed, std::vector<char>& days) {
    std::mt19937_64 random(seed);
    RecurrentUnit out;
    days.assign(300, 'u');
    for (int day = 0; day < 300;) {
        const int end = std::min(300, day + 1 + static_cast<int>(random() % 40));
        const auto what =
            random() % 4;  // a stretch cut, a stop with days down, a stop alone, days not looked at
        if (what == 3) {
            std::fill(days.begin() + day, days.begin() + end, 'n');
        } else {
            out.at_risk.push_back({day - 1.0, end - 1.0, what != 0});
            if (what != 0) out.events.push_back(end - 1.0);
        }
        day = end;
        if (what != 1) continue;
        const int back = std::min(300, end + static_cast<int>(random() % 15));
        std::fill(days.begin() + end, days.begin() + back, 'd');
        day = back;
    }
    return out;
}

// Day by day: on every day up, and on no other, the unit is at risk, at the age that its clock shows.
TEST(Recurrent, EqualsGoingThroughTheDays) {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        std::vector<char> days;
        const auto unit = made(seed, days);
        if (unit.at_risk.empty()) continue;
        std::multiset<std::tuple<double, bool, std::size_t>> gaps, calendar, gap_days, calendar_days;
        std::size_t earlier = 0;
        double from = unit.at_risk.front().after;
        const double first = from;
        for (int day = 0; day < 300; ++day) {
            const bool stopped = std::ranges::binary_search(unit.events, static_cast<double>(day));
            if (days[static_cast<std::size_t>(day)] == 'u') {
                gaps.emplace(day - from, stopped, std::min<std::size_t>(earlier, 2));
                calendar.emplace(day - first, stopped, 0);
            }
            if (stopped) from = day, ++earlier;
        }
        const auto by_days = [&](RecurrentForm form, auto& into) {
            const auto rows = recurrent_rows(std::vector{unit}, form, 2);
            ASSERT_TRUE(rows) << rows.error().message;
            for (const auto& row : *rows)
                for (double at = row.entry + 1; at <= row.exit; ++at)
                    into.emplace(at, row.event && at == row.exit, row.stratum);
        };
        by_days(RecurrentForm::gap_time, gap_days);
        by_days(RecurrentForm::andersen_gill, calendar_days);
        EXPECT_EQ(gap_days, gaps) << seed;
        EXPECT_EQ(calendar_days, calendar) << seed;
    }
}

TEST(Recurrent, WhatCannotBeIsRefused) {
    const auto words = [](const RecurrentUnit& unit) {
        const auto rows = recurrent_rows(std::vector{unit}, RecurrentForm::gap_time, 3);
        EXPECT_FALSE(rows);
        return rows ? std::string() : rows.error().message;
    };
    EXPECT_NE(words({{{5, 5, false}}, {}}).find("an end after the beginning"), std::string::npos);
    EXPECT_NE(words({{{5, 9, false}, {8, 12, false}}, {}}).find("not before the end"), std::string::npos);
    EXPECT_NE(words({{{5, 9, false}}, {7}}).find("no event within"), std::string::npos);
    EXPECT_NE(words({{{5, 9, true}}, {}}).find("among the events"), std::string::npos);
    EXPECT_NE(words({{{5, 9, true}}, {5, 11}}).find("among the events"), std::string::npos);
}

TEST(CoxKept, LeavesOutByNameWhatTheDataDoNotTell) {
    const std::vector<CoxRow> rows{
        {0, 1, true, 0, 0}, {0, 2, true, 0, 1}, {0, 3, true, 0, 2}, {0, 4, true, 0, 3}, {0, 5, false, 0, 4}};
    const CoxCovariates covariates{{"same", "kept", "never"}, {4, 1, 0, 4, 0, 0, 4, 1, 0, 4, 0, 0, 4, 1, 1}};
    const auto kept = fit_cox_kept(rows, covariates);
    ASSERT_TRUE(kept) << kept.error().message;
    EXPECT_EQ(kept->names, std::vector<std::string>{"kept"});
    ASSERT_EQ(kept->left_out.size(), 2);
    EXPECT_EQ(kept->left_out[0].name, "same");
    EXPECT_EQ(kept->left_out[1].name, "never");
    const auto alone = fit_cox(rows, {{"kept"}, {1, 0, 1, 0, 1}});
    ASSERT_TRUE(alone);
    EXPECT_EQ(kept->fit.coefficients, alone->coefficients);
}

TEST(CoxKept, RefusesRowsThatTellNothing) {
    const auto kept = fit_cox_kept(std::vector<CoxRow>{{0, 1, false}, {0, 2, false}}, {{"x"}, {0, 1}});
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().field, "rows");
}

TEST(CoxKept, LimitsAreByTheLargerError) {
    CoxFit fit;
    fit.coefficients = {0.5, -0.5};
    fit.standard_errors = {0.2, 0.4};
    fit.robust_errors = {0.3, 0.1};
    const auto first = hazard_ratio(fit, 0, 2, 1.5), second = hazard_ratio(fit, 1, -1, 1.5);
    EXPECT_NEAR(first.ratio, std::exp(1), 1e-12);
    EXPECT_NEAR(first.low, std::exp(1 - 0.9), 1e-12);
    EXPECT_NEAR(second.ratio, std::exp(0.5), 1e-12);
    EXPECT_NEAR(second.high, std::exp(0.5 + 0.6), 1e-12);
    EXPECT_LT(second.low, second.ratio);
}

}  // namespace
}  // namespace entente::measures
