#include "measures/forecast/ends_by_traits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <deque>

#include "measures/forecast/forecast_tables.h"
#include "measures/register.h"
#include "measures/test_facts.h"

namespace entente::measures {
namespace {

/// Outages of three pairs, of which those for a visit end half as fast.
class EndsByTraitsTest : public testing::Test {
protected:
    const Disruption& add(std::string a, double low, double high, const char* cause) {
        auto& one = outages_.emplace_back();
        one.evidence.id = "d" + std::to_string(outages_.size());
        one.side_a = {std::move(a)};
        one.side_b = {"chn"};
        learnt_.cases.push_back({&one, {low, high}, {cause, "", false, "", 0}});
        return one;
    }

    void read_columns() {
        std::vector<Traits> traits;
        for (const auto& one : learnt_.cases) traits.push_back(one.traits);
        learnt_.columns = TraitColumns(traits);
    }

    std::deque<Disruption> outages_;
    Learnt learnt_;
};

TEST_F(EndsByTraitsTest, RowsAreWhatIsKnownOfEach) {
    add("usa", 40, 40, "visit");
    add("usa", 99, 109, "other");       // ended in ten days
    add("aus", 300, 700, "visit");      // in no known month
    add("aus", 50, INFINITY, "other");  // said to last for 50 days
    add("jpn", 0, INFINITY, "other");   // of which nothing more is said
    read_columns();
    const auto ends = ends_by_traits(learnt_);
    ASSERT_EQ(ends.rows.size(), 4);
    const std::vector<double> exits{40, 104, 500, 50};
    const std::vector<bool> ended{true, true, true, false};
    const std::vector<std::size_t> clusters{0, 0, 1, 1};
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(ends.rows[i].entry, 0);
        EXPECT_EQ(ends.rows[i].exit, exits[i]);
        EXPECT_EQ(ends.rows[i].event, ended[i]);
        EXPECT_EQ(ends.rows[i].cluster, clusters[i]);
    }
    EXPECT_EQ(ends.ended, 3);
    EXPECT_EQ(ends.pairs, 2);
    EXPECT_EQ(ends.rough, 1);
    EXPECT_EQ(ends.silent, 1);
}

// The same sides the other way round are one pair.
TEST_F(EndsByTraitsTest, APairIsACluster) {
    add("usa", 40, 40, "visit");
    add("aus", 40, 40, "visit");
    auto& turned = outages_.emplace_back();
    turned.side_a = {"chn"};
    turned.side_b = {"usa"};
    learnt_.cases.push_back({&turned, {30, 30}, {"visit", "", false, "", 0}});
    read_columns();
    const auto ends = ends_by_traits(learnt_);
    EXPECT_EQ(ends.rows[2].cluster, ends.rows[0].cluster);
    EXPECT_NE(ends.rows[1].cluster, ends.rows[0].cluster);
}

// What the table tells is what a regression on plain 0 and 1 tells.
TEST_F(EndsByTraitsTest, TheTableTellsHowManyTimesAsFast) {
    std::vector<CoxRow> rows;
    CoxCovariates plain{{"visit"}, {}};
    for (std::size_t i = 0; i < 24; ++i) {
        const bool visit = i % 2 == 0;
        const double days = static_cast<double>(20 + (i * 37) % 101) * (visit ? 2 : 1);
        add(i % 3 == 0 ? "usa" : "aus", days, i % 8 == 7 ? INFINITY : days, visit ? "visit" : "other");
        rows.push_back({0, days, i % 8 != 7, 0, i % 3 == 0 ? 0U : 1U});
        plain.values.push_back(visit ? 1 : 0);
    }
    read_columns();
    RestartForecast forecast;
    forecast.learnt = learnt_;
    const auto table = ends_table({}, forecast);
    const auto row = std::ranges::find_if(table.rows, [](const auto& one) {
        return one[0].text.find("visit") != std::string::npos;
    });
    ASSERT_NE(row, table.rows.end());
    EXPECT_EQ((*row)[1].text, "12 of 12");
    // Beside `visit` stands `other`, which says the same and is left out; of two such the first is kept.
    const auto fit = fit_cox(rows, plain);
    ASSERT_TRUE(fit);
    const auto kept =
        std::ranges::find_if(table.rows, [](const auto& one) { return one[2].number.has_value(); });
    ASSERT_NE(kept, table.rows.end());
    const bool of_visit = kept == row;
    EXPECT_NEAR(std::log(*(*kept)[2].number), (of_visit ? 1 : -1) * fit->coefficients[0], 1e-8);
    const double error = std::max(fit->standard_errors[0], fit->robust_errors[0]);
    EXPECT_NEAR(std::log(*(*kept)[4].number / *(*kept)[2].number), 1.6448536 * error, 1e-6);
    EXPECT_NE(table.note.find("24 outages of 2 pairs, of which 21 ended"), std::string::npos) << table.note;
}

TEST_F(EndsByTraitsTest, WhatFewEndsTellIsTooFew) {
    for (std::size_t i = 0; i < 20; ++i) {
        const bool visit = i < 6;
        add("usa",
            static_cast<double>(20 + 7 * i),
            visit && i > 2 ? INFINITY : 20.0 + 7.0 * static_cast<double>(i),
            visit ? "visit" : "");
    }
    read_columns();
    RestartForecast forecast;
    forecast.learnt = learnt_;
    const auto table = ends_table({}, forecast);
    ASSERT_EQ(table.rows.size(), 1);
    EXPECT_EQ(table.rows[0][1].text, "3 of 6");
    EXPECT_EQ(table.rows[0][2].text, "too few");
    EXPECT_FALSE(table.rows[0][2].number);
}

}  // namespace
}  // namespace entente::measures
