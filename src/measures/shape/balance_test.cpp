#include "measures/shape/balance.h"

#include <numeric>

#include "measures/shape/test_tie.h"
#include "measures/tie/strength.h"

namespace entente::measures {
namespace {

using test::covered;
using test::day;
using test::engagement;
using test::Tie;

Source source(std::string reliability) {
    Source out;
    out.key = "s" + reliability;
    out.reliability = std::move(reliability);
    return out;
}

const std::map<std::string, Source> kSources{
    {"a", source("A")},
    {"b", source("B")},
    {"c", source("C")},
    {"d", source("D")},
    {"e", source("E")},
    {"f", source("F")},
    {"x", source("")}};

Engagement cited(std::string id, const char* held, const char* kind, std::vector<std::string> sources) {
    auto out = engagement(std::move(id), held, kind, "minister");
    out.evidence.sources = std::move(sources);
    return out;
}

struct Found {
    Masses masses;
    std::vector<StrandStock> strands;
    BalanceOfEvidence balance;
};

Found on(const Tie& tie, Day at) {
    const auto& parameters = builtin_parameters();
    Found out;
    out.masses = weigh(tie.tie(), parameters, at);
    out.strands = strand_stocks(tie.tie(), out.masses, parameters, at);
    out.balance = balance_of_evidence(out.strands, tie.sources, parameters, at);
    return out;
}

TEST(Grade, IsThatOfTheBestSource) {
    const auto grade = [](std::vector<std::string> sources) {
        Evidence evidence;
        evidence.sources = std::move(sources);
        return grade_of(evidence, kSources);
    };
    EXPECT_EQ(grade({"d", "b", "x"}), Grade::b);
    EXPECT_EQ(grade({"x"}), Grade::not_judged);
    EXPECT_EQ(grade({"nobody"}), Grade::not_judged);
    EXPECT_EQ(grade({"x", "f"}), Grade::f);
    EXPECT_EQ(grade({}), Grade::no_source);
}

// Leaders: a visit today on A, one a half-life ago on D and another: 2/3 and 1/3. Dialogue: one on nobody judged.
TEST(BalanceOfEvidence, IsThatCountedByHand) {
    auto tie = covered();
    tie.sources = kSources;
    tie.engagements = {
        cited("e1", "2024-06-29", "KLE", {"a"}),
        cited("e2", "2024-01-01", "KLE", {"d", "x"}),
        cited("e3", "2024-06-29", "DLG", {"x"})};
    tie.engagements[1].evidence.conflicts = {{"held", "2024-01-02"}};
    const auto found = on(tie, day("2024-06-29"));
    ASSERT_EQ(found.balance.strands.size(), 2U);
    const auto& leaders = found.balance.strands[0].shares;
    EXPECT_NEAR(leaders.grades[0], 2.0 / 3, 1e-12);
    EXPECT_NEAR(leaders.grades[3], 1.0 / 3, 1e-12);
    EXPECT_NEAR(leaders.two_or_more, 1.0 / 3, 1e-12);
    EXPECT_NEAR(leaders.disputed, 1.0 / 3, 1e-12);
    // Points: leaders 4.5 of 6 half-full, share 0.18; dialogue 3 of 4, share 0.15.
    const double points = 0.18 * (1 - std::exp2(-0.75)), others = 0.15 * (1 - std::exp2(-0.75));
    EXPECT_NEAR(found.balance.whole->grades[0], 2.0 / 3 * points / (points + others), 1e-12);
    const auto answer = tie.ask("balance", "2024-06-29");
    EXPECT_EQ(answer.value, 0.363636);  // 2/3 of 18/33
    const auto& grades = test::table(answer, "grades");
    EXPECT_EQ(test::cell(grades, "leaders", "A").text, "67 %");
    EXPECT_EQ(test::cell(grades, "leaders", "D").text, "33 %");
    EXPECT_EQ(test::cell(grades, "dialogue", "not_judged").text, "100 %");
    EXPECT_EQ(test::cell(test::table(answer, "confirmed"), "leaders", "sides").text, "cannot be said");
    EXPECT_EQ(test::cell(test::table(answer, "records"), 0, "record").text, "e3");  // all of 15/33
    EXPECT_EQ(test::cell(test::table(answer, "records"), 1, "record").text, "e1");
}

// Against plain sums, and the points of the strength, which are computed elsewhere.
TEST(BalanceOfEvidence, OfRandomTiesIsThatOfPlainSums) {
    std::mt19937 random(10);
    const auto& parameters = builtin_parameters();
    for (int round = 0; round < 20; ++round) {
        auto tie = covered();
        tie.sources = kSources;
        tie.engagements = test::random_contacts(random, 40);
        for (auto& one : tie.engagements)
            for (auto n = random() % 3; n > 0; --n)
                one.evidence.sources.push_back(std::string(1, "abcdefx"[random() % 7]));
        const Day at = day("2024-12-31");
        const auto found = on(tie, at);
        const auto whole = strength(tie.tie(), found.masses, *drawn(parameters), at);
        std::array<double, kGrades> grades{};
        for (const auto& strand : whole.strands)
            for (const auto& share : strand.records)
                grades[static_cast<std::size_t>(grade_of(share.record->evidence, kSources))] +=
                    share.points / *whole.total;
        for (std::size_t grade = 0; grade < kGrades; ++grade)
            EXPECT_NEAR(found.balance.whole->grades[grade], grades[grade], 1e-10);
        for (const auto& strand : found.balance.strands)
            EXPECT_NEAR(
                std::accumulate(strand.shares.grades.begin(), strand.shares.grades.end(), 0.0), 1, 1e-12
            );
        const auto later = on(test::shifted(tie, 321), at + 321);
        EXPECT_EQ(later.balance.whole->grades, found.balance.whole->grades);
        const auto answer = tie.ask("balance", at);
        const auto& table = test::table(answer, "grades");
        for (std::size_t row = 0; row < table.rows.size(); ++row) {
            int sum = 0;
            for (std::size_t i = 1; i <= kGrades; ++i) sum += std::stoi(table.rows[row][i].text);
            EXPECT_EQ(sum, 100) << "shares add up as printed";
        }
    }
}

TEST(BalanceOfEvidence, SaysWhatIsLeftOut) {
    auto tie = covered();
    tie.engagements = {cited("e1", "2024-06-29", "KLE", {}), cited("e2", "2024-06-29", "KLE", {"a"})};
    tie.engagements[0].evidence.general_knowledge = {"all"};
    tie.sources = kSources;
    const auto answer = tie.ask("balance", "2024-06-29");
    EXPECT_EQ(answer.value, 1);
    ASSERT_EQ(answer.warnings.size(), 1U);
    EXPECT_TRUE(
        answer.warnings.front().starts_with("1 record rests on general knowledge alone and is left out")
    );
    tie.general_knowledge = true;
    const auto with = tie.ask("balance", "2024-06-29");
    EXPECT_EQ(with.value, 0.5);
    EXPECT_TRUE(with.warnings.empty());
    EXPECT_EQ(test::cell(test::table(with, "grades"), "leaders", "no_source").text, "50 %");
}

TEST(BalanceOfEvidence, HasNoWholeWhereTooLittleIsSeen) {
    Tie tie;
    tie.sources = kSources;
    tie.engagements = {cited("e1", "2024-06-29", "KLE", {"a"})};
    const auto answer = tie.ask("balance", "2024-06-29");
    EXPECT_FALSE(answer.value);
    EXPECT_EQ(answer.reason, "not covered");
    EXPECT_EQ(test::cell(test::table(answer, "grades"), 0, "A").text, "100 %");
    EXPECT_EQ(test::cell(test::table(answer, "grades"), 0, "part_of_whole").text, "not counted");
    EXPECT_EQ(covered().ask("balance", "2024-06-29").reason, "none on record");
}

}  // namespace
}  // namespace entente::measures
