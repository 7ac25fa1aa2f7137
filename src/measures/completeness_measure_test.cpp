#include <gtest/gtest.h>

#include "measures/shape/test_tie.h"

namespace entente::measures {
namespace {

using test::day;
using test::engagement;
using test::Tie;

Engagement cited(std::string id, Day held, std::vector<std::string> sources, const char* kind = "DLG") {
    auto out = engagement(std::move(id), to_iso(held).c_str(), kind);
    out.evidence.sources = std::move(sources);
    return out;
}

/// Forty contacts of one source and thirty of another with twenty in common, as in MEASURES.md 18.7: `both` of these
/// twenty cite both, the others stand twice, two days apart.
Tie two_lists(int both) {
    Tie tie;
    const Day first = day("2000-01-01");
    const auto on = [&](int i) { return first + 30 * i; };
    int id = 0;
    const auto add = [&](Day held, std::vector<std::string> sources) {
        tie.engagements.push_back(cited("e" + std::to_string(id++), held, std::move(sources)));
    };
    // The first and the last stand on both, so that both lists speak of all days.
    for (int i = 0; i < 50; ++i) {
        const bool common = i < 10 || i >= 40;
        const bool only_first = i >= 10 && i < 30;
        if (!common) {
            add(on(i), {only_first ? "x" : "y"});
        } else if (both-- > 0) {
            add(on(i), {"x", "y"});
        } else {
            add(on(i), {"x"});
            add(on(i) + 2, {"y"});
        }
    }
    return tie;
}

TEST(CompletenessMeasure, IsThatCountedByHand) {
    for (const int both : {0, 7, 20}) {
        const auto answer = two_lists(both).ask("completeness", "2010-01-01");
        ASSERT_TRUE(answer.value) << answer.headline;
        EXPECT_NEAR(*answer.value, 50 / 59.5238, 1e-5) << both;
        EXPECT_NEAR(answer.band->ends.high, 50 / 53.55, 1e-3);
        const auto& row = answer.tables[0].rows.at(0);
        EXPECT_EQ(row[3].text, "40");
        EXPECT_EQ(row[4].text, "30");
        EXPECT_EQ(row[5].text, "20");
        EXPECT_EQ(row[6].text, "60 (54–76)");
    }
}

TEST(CompletenessMeasure, MatchesByKindAndDays) {
    auto tie = two_lists(0);
    EXPECT_FALSE(tie.ask("completeness", "2010-01-01", {{"within", "1"}}).value);
    for (auto& one : tie.engagements)
        if (one.evidence.sources == std::vector<std::string>{"y"}) one.category = "KLE";
    EXPECT_FALSE(tie.ask("completeness", "2010-01-01").value) << "of two kinds";
}

TEST(CompletenessMeasure, DoesNotDependOnTheOrderOrOnTheDays) {
    auto tie = two_lists(7);
    const auto before = *tie.ask("completeness", "2010-01-01").value;
    std::ranges::reverse(tie.engagements);
    EXPECT_EQ(*tie.ask("completeness", "2010-01-01").value, before);
    for (auto& one : tie.engagements)
        one.held.value->from = *one.held->from + 1000, one.held.value->to = *one.held->to + 1000;
    EXPECT_EQ(*tie.ask("completeness", day("2010-01-01") + 1000).value, before);
}

TEST(CompletenessMeasure, SaysWhyThereIsNoNumber) {
    Tie tie;
    for (int i = 0; i < 9; ++i)
        tie.engagements.push_back(cited("e" + std::to_string(i), day("2000-01-01") + i, {"x"}));
    const auto one = tie.ask("completeness", "2010-01-01");
    EXPECT_FALSE(one.value);
    EXPECT_EQ(one.reason, "too few");
    EXPECT_EQ(
        one.headline,
        "How complete the record is cannot be said: 1 source with 5 contacts or more, two are needed."
    );
}

TEST(CompletenessMeasure, LeavesOutWhatDidNotTakePlace) {
    auto tie = two_lists(7);
    const auto before = *tie.ask("completeness", "2010-01-01").value;
    for (int i = 0; i < 5; ++i) {
        tie.engagements.push_back(cited("r" + std::to_string(i), day("2001-01-01") + i, {"x"}));
        tie.engagements.back().status = "refused";
    }
    EXPECT_EQ(*tie.ask("completeness", "2010-01-01").value, before);
}

}  // namespace
}  // namespace entente::measures
