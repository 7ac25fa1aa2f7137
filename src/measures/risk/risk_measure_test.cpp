#include <gtest/gtest.h>

#include "measures/register.h"
#include "measures/risk/risk_told.h"
#include "measures/risk/test_risk.h"

namespace entente::measures::risk {
namespace {

using namespace test;

/// What a person asks of one pair of a made history.
struct Asked {
    MadeHistory made = made_history(11, 8);
    Pair pair = made.pairs[0];
    Day at = day("2018-12-31");

    PairFacts facts() const {
        PairFacts out;
        out.tie.pair = pair;
        out.tie.coverage = made.coverage;
        out.all_disruptions = made.disruptions;
        out.all_shocks = made.shocks;
        out.names = {{pair.a, "Alpha"}, {pair.b, "Beta"}};
        out.codes = {{pair.a, "AAA"}, {pair.b, "BBB"}};
        return out;
    }

    Result<Answer> answer(const std::string& suppose = "", const std::string& on = "") const {
        return find_measure("risk")->ask(facts(), {at, nullptr, {{"suppose", suppose}, {"on", on}}});
    }

    /// The next day on which the pair is at risk.
    void wait_until_at_risk() {
        while (made.record(at).ties[0].standing_after(at) != Standing::at_risk) at = at + 1;
    }
};

const AnswerTable& table(const Answer& answer, const std::string& name) {
    const auto found = std::ranges::find(answer.tables, name, &AnswerTable::name);
    EXPECT_NE(found, answer.tables.end()) << name;
    return *found;
}

TEST(RiskMeasure, TellsAChanceInsideItsBand) {
    Asked asked;
    asked.wait_until_at_risk();
    const auto answer = asked.answer().value();
    ASSERT_TRUE(answer.value) << answer.headline;
    EXPECT_GT(*answer.value, answer.band->ends.low);
    EXPECT_LT(*answer.value, answer.band->ends.high);
    EXPECT_TRUE(answer.headline.starts_with("As things are, and if no further shock comes, the chance"));
    // Longer is more likely.
    const auto& row = table(answer, "chances").rows[0];
    EXPECT_LT(*row[1].number, *row[2].number);
    EXPECT_LT(*row[2].number, *row[3].number);
    EXPECT_FALSE(table(answer, "scores").rows.empty());
    EXPECT_FALSE(table(answer, "calibration_90").rows.empty());
    EXPECT_FALSE(table(answer, "classes").rows.empty());
}

TEST(RiskMeasure, ASupposedShockRaisesItAndItsPrecedentsAreNamed) {
    Asked asked;
    asked.wait_until_at_risk();
    const auto without = asked.answer().value(), with = asked.answer("arms_sale:AAA").value();
    EXPECT_GT(*with.value, 1.5 * *without.value);
    EXPECT_NE(with.headline.find("With one arms sale by Alpha on"), std::string::npos) << with.headline;
    // Who usually began it needs no name.
    EXPECT_EQ(asked.answer("arms_sale")->value, with.value);
    for (const auto& row : table(with, "precedents").rows) EXPECT_FALSE(row[0].records.empty());
    // Of a class that never came there is nothing to learn and no precedent: the chance stays.
    const auto coup = asked.answer("coup").value();
    EXPECT_EQ(coup.value, without.value);
    EXPECT_NE(
        coup.paragraphs[0].find("no coup by Alpha that could be followed is on record"), std::string::npos
    ) << coup.paragraphs[0];
}

TEST(RiskMeasure, IsTheSameFromEitherSide) {
    Asked asked;
    asked.wait_until_at_risk();
    Asked turned = asked;
    std::swap(turned.pair.a, turned.pair.b);
    EXPECT_DOUBLE_EQ(*asked.answer()->value, *turned.answer()->value);
}

TEST(RiskMeasure, OnlyACensusOfShocksIsNoUpperBound) {
    Asked asked;
    asked.wait_until_at_risk();
    const auto warned = [&] {
        const auto answer = asked.answer().value();
        return std::ranges::any_of(answer.warnings, [](const auto& one) {
            return one.starts_with("Upper bound");
        });
    };
    EXPECT_TRUE(warned());
    asked.made.coverage = watched("1990..2020", "sparse", "census");
    EXPECT_FALSE(warned());
}

TEST(RiskMeasure, SaysWhyThereIsNoRisk) {
    Asked nobody;
    nobody.pair = {"x", "y"};
    const auto unwatched = nobody.answer().value();
    EXPECT_FALSE(unwatched.value);
    EXPECT_EQ(unwatched.reason, "not covered");
    EXPECT_NE(unwatched.headline.find("It is not 0"), std::string::npos);
    nobody.made.coverage.clear();
    EXPECT_EQ(nobody.answer()->reason, "not covered");
    Asked early;
    early.at = day("1991-06-30");
    early.wait_until_at_risk();
    EXPECT_EQ(early.answer()->reason, "too few");
    Asked stopped;
    const auto tie = stopped.made.record(stopped.at).ties[0];
    stopped.at = tie.stops.back().on;
    EXPECT_EQ(stopped.answer()->reason, "not applicable");
}

TEST(RiskMeasure, BeyondTheEndOfCoverageItIsToldFromThere) {
    Asked asked;
    asked.made.coverage = watched("1990..2018");
    asked.wait_until_at_risk();
    const auto then = asked.answer();
    asked.at = day("2025-01-01");
    if (!then->value) GTEST_SKIP() << "the pair is stopped at the end of coverage";
    EXPECT_EQ(asked.answer()->value, then->value);
}

TEST(RiskMeasure, ChoicesThatCannotBeReadAreNamed) {
    Asked asked;
    asked.wait_until_at_risk();
    EXPECT_EQ(asked.answer("quarrel").error().field, "suppose");
    EXPECT_NE(asked.answer("coup:CCC").error().message.find("expected AAA, BBB or third"), std::string::npos);
    EXPECT_EQ(asked.answer("", "2019-06-01").error().field, "on");
    EXPECT_EQ(asked.answer("arms_sale", "2010").error().field, "on");
    EXPECT_TRUE(asked.answer("arms_sale:third", to_iso(asked.at + 100)));
}

TEST(RiskMeasure, ShiftingAllDaysShiftsTheAnswer) {
    const auto made = made_history(7, 6);
    constexpr std::int32_t kShift = 1000;
    auto later = made;
    const auto shift = [](domain::DateSpan& date) {
        date.from = *date.from + kShift, date.to = *date.to + kShift;
    };
    for (auto& one : later.disruptions) {
        shift(one.began);
        if (one.ended) shift(*one.ended.value);
    }
    for (auto& one : later.shocks) shift(one.on);
    for (auto& one : later.coverage) shift(one.covers);
    const Day until = day("2015-06-30");
    const auto here = roll_risks(made.record(until), until, 20),
               there = roll_risks(later.record(until + kShift), until + kShift, 20);
    ASSERT_EQ(here.forecasts.size(), there.forecasts.size());
    ASSERT_GT(here.forecasts.size(), 50U);
    for (std::size_t i = 0; i < here.forecasts.size(); ++i) {
        EXPECT_EQ(here.forecasts[i].origin + kShift, there.forecasts[i].origin);
        EXPECT_EQ(here.forecasts[i].came, there.forecasts[i].came);
        for (std::size_t h = 0; h < 3; ++h)
            EXPECT_DOUBLE_EQ(here.forecasts[i].told(h), there.forecasts[i].told(h));
    }
}

}  // namespace
}  // namespace entente::measures::risk
