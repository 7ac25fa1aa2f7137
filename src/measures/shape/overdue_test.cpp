#include "measures/shape/overdue.h"

#include "measures/shape/test_tie.h"

namespace entente::measures {
namespace {

using test::covered;
using test::day;
using test::engagement;
using test::Tie;

/// A tie with contacts after each of some gaps, the last one on a day.
Tie with_gaps(const std::vector<int>& gaps, Day last, const char* kind = "DLG") {
    auto tie = covered("1950..2100");
    Day on = last;
    tie.engagements.push_back(engagement("e0", to_iso(on).c_str(), kind));
    for (std::size_t i = gaps.size(); i-- > 0;) {
        on = on - gaps[i];
        tie.engagements.push_back(engagement("e" + std::to_string(i + 1), to_iso(on).c_str(), kind));
    }
    return tie;
}

const Overdue& first_of(const std::vector<Overdue>& found) {
    static const Overdue kNone;
    EXPECT_FALSE(found.empty());
    return found.empty() ? kNone : found.front();
}

const std::vector<int> kTenToHundred{10, 20, 30, 40, 50, 60, 70, 80, 90, 100};

// Ten gaps of 10 to 100 days, the present one of 55: 6/11 are longer; limits as R's survfit(conf.type = "log-log").
TEST(Overdue, IsThatCountedByHand) {
    const Day last = day("2024-01-01");
    const auto found = overdue(with_gaps(kTenToHundred, last).facts(), last + 55);
    const auto& one = first_of(found);
    EXPECT_NEAR(*one.chance, 6.0 / 11, 1e-12);
    EXPECT_NEAR(one.chance_limits->low, 0.228544842680399, 1e-9);
    EXPECT_NEAR(one.chance_limits->high, 0.779648148814654, 1e-9);
    EXPECT_EQ(one.lateness, Lateness::not_overdue);
    const auto late = overdue(with_gaps(kTenToHundred, last).facts(), last + 101);
    EXPECT_NEAR(*first_of(late).chance, 1.0 / 11, 1e-12);
    EXPECT_EQ(first_of(late).lateness, Lateness::overdue);
    // Nine gaps cannot take it below a tenth.
    const auto few = overdue(with_gaps({10, 20, 30, 40, 50, 60, 70, 80, 90}, last).facts(), last + 1000);
    EXPECT_NEAR(*first_of(few).chance, 0.1, 1e-12);
    EXPECT_EQ(first_of(few).lateness, Lateness::longest_of_few);
    const auto answer = with_gaps(kTenToHundred, last).ask("overdue", last + 55);
    EXPECT_EQ(test::cell(test::table(answer, "kinds"), 0, "chance").text, "55 %");
    EXPECT_EQ(test::cell(test::table(answer, "kinds"), 0, "limits").text, "23–78 %");
    EXPECT_EQ(test::cell(test::table(answer, "kinds"), 0, "age").text, "55");
    EXPECT_EQ(answer.value, 0);
}

// With one censored gap the curve at its age is what counting gives: those that are longer, it among them, of all.
TEST(Overdue, OfRandomGapsIsThatOfCounting) {
    std::mt19937 random(9);
    for (int round = 0; round < 100; ++round) {
        std::vector<int> gaps(5 + random() % 30);
        for (auto& gap : gaps) gap = 1 + static_cast<int>(random() % 60);
        const Day last = day("2024-01-01");
        const int age = static_cast<int>(random() % 70);
        auto tie = with_gaps(gaps, last);
        const auto found = overdue(tie.facts(), last + age);
        const auto longer = std::ranges::count_if(gaps, [&](int gap) { return gap > age; });
        const auto all = static_cast<double>(gaps.size()) + (age > 0 ? 1 : 0);
        const double expected = (static_cast<double>(longer) + (age > 0 ? 1 : 0)) / all;
        EXPECT_NEAR(*first_of(found).chance, expected, 1e-12);
        const auto shifted = overdue(test::shifted(tie, 5000).facts(), last + age + 5000);
        EXPECT_EQ(first_of(shifted).chance, first_of(found).chance);
    }
}

Channel yearly(std::int64_t cadence) {
    Channel out;
    out.evidence.id = "m";
    out.name = "Maritime consultation";
    out.parties = {"usa", "chn"};
    out.cadence_days = {cadence, std::nullopt};
    return out;
}

TEST(Overdue, TakesADeclaredCadenceFirst) {
    auto tie = covered();
    tie.channels = {yearly(365)};
    tie.engagements = {engagement("e1", "2022-01-01", "DLG", "working", "m")};
    const auto on = [&](int days) { return overdue(tie.facts(), day("2022-01-01") + days).back().lateness; };
    EXPECT_EQ(on(547), Lateness::in_time);
    EXPECT_EQ(on(548), Lateness::late);
    const auto answer = tie.ask("overdue", day("2022-01-01") + 548);
    EXPECT_EQ(answer.value, 1);
    EXPECT_EQ(test::cell(test::table(answer, "channels"), 0, "verdict").text, "late (cadence 365)");
    EXPECT_EQ(test::cell(test::table(answer, "kinds"), 0, "verdict").text, "too few gaps: 0 of 5");
    EXPECT_NE(answer.headline.find("Late: Maritime consultation"), std::string::npos);
}

TEST(Overdue, DoesNotApplyToWhatIsStopped) {
    auto tie = covered();
    tie.channels = {yearly(30)};
    tie.engagements = {engagement("e1", "2022-01-01", "DLG", "working", "m")};
    auto outage = test::outage("d1", "2022-08-05", "", "a visit");
    outage.channel = "m";
    tie.disruptions = {outage};
    const auto answer = tie.ask("overdue", "2023-01-01");
    EXPECT_EQ(test::cell(test::table(answer, "channels"), 0, "verdict").text, "not applicable: suspended");
    EXPECT_FALSE(answer.value);
}

// Nothing is late on a day to which nobody looked.
TEST(Overdue, CannotBeSaidBeyondCoverage) {
    const Day last = day("2024-01-01");
    auto tie = with_gaps(kTenToHundred, last);
    tie.statements = {test::coverage("v1", "sample", {"usa", "chn"}, "1950..2024-02-25")};
    const auto answer = tie.ask("overdue", "2026-01-01");
    EXPECT_FALSE(answer.value);
    EXPECT_EQ(answer.reason, "not covered");
    const auto& kinds = test::table(answer, "kinds");
    EXPECT_EQ(test::cell(kinds, 0, "verdict").text, "cannot be said");
    EXPECT_EQ(test::cell(kinds, 0, "told_to").text, "25 Feb 2024");
    EXPECT_EQ(test::cell(kinds, 0, "age").text, "55");
    EXPECT_EQ(test::cell(kinds, 0, "then").text, "not overdue");
    tie.statements.clear();
    const auto blind = tie.ask("overdue", "2026-01-01");
    EXPECT_EQ(test::cell(test::table(blind, "kinds"), 0, "age").text, "not told");
    EXPECT_EQ(test::cell(test::table(blind, "kinds"), 0, "verdict").text, "cannot be said");
    EXPECT_EQ(covered().ask("overdue", "2020-01-01").reason, "none on record");
}

TEST(Overdue, SaysWhatIsExpected) {
    const Day last = day("2024-01-01");
    auto tie = with_gaps(kTenToHundred, last);
    auto next = engagement("n1", "2024-09-01");
    next.status = "planned";
    next.planned = next.held;
    next.held = {};
    tie.engagements.push_back(next);
    const auto answer = tie.ask("overdue", last + 55);
    EXPECT_EQ(test::cell(test::table(answer, "kinds"), 0, "next").text, "expected 1 Sep 2024");
}

}  // namespace
}  // namespace entente::measures
