#include "measures/shape/breadth.h"

#include "measures/shape/test_tie.h"

namespace entente::measures {
namespace {

using test::covered;
using test::day;
using test::engagement;
using test::Tie;

struct Found {
    Masses masses;
    std::vector<StrandStock> strands;
    Breadth breadth;
};

Found on(const Tie& tie, Day at) {
    Found out;
    const auto& parameters = builtin_parameters();
    out.masses = weigh(tie.tie(), parameters, at);
    out.strands = strand_stocks(tie.tie(), out.masses, parameters, at);
    out.breadth = breadth(out.strands, *drawn(parameters), at);
    return out;
}

TEST(EffectiveNumber, IsThatOfHill) {
    EXPECT_NEAR(effective_number(std::vector<double>{3, 3, 3, 3}), 4, 1e-12);
    EXPECT_NEAR(effective_number(std::vector<double>{2, 1}), 1.8898815748423097, 1e-12);  // 3/2^(2/3)
    EXPECT_NEAR(effective_number(std::vector<double>{5, 0}), 1, 1e-12);
    EXPECT_EQ(effective_number(std::vector<double>{}), 0);
    EXPECT_EQ(effective_number(std::vector<double>{0, 0}), 0);
}

// A minister's visit today is 3 of 6 half-full, a talk at working level 1 of 4: parts 2 and 1.
TEST(Breadth, IsThatCountedByHand) {
    auto tie = covered();
    tie.engagements = {
        engagement("e1", "2024-04-03", "KLE", "minister"), engagement("e2", "2024-04-03", "DLG", "working")};
    const auto found = on(tie, day("2024-04-03"));
    ASSERT_EQ(found.breadth.legs.size(), 2U);
    EXPECT_EQ(found.breadth.legs[0].leg->kind, "KLE");
    EXPECT_NEAR(found.breadth.legs[0].share, 2.0 / 3, 1e-12);
    EXPECT_NEAR(*found.breadth.number, 3 / std::cbrt(4.0), 1e-12);
    EXPECT_NEAR(found.breadth.units_mixed, effective_number(std::vector<double>{3, 1}), 1e-12);
    EXPECT_LT(found.breadth.band.low, *found.breadth.number);
    EXPECT_LE(found.breadth.band.high, 2);
    const auto answer = tie.ask("shape", "2024-04-03");
    EXPECT_EQ(answer.value, 1.88988);
    EXPECT_EQ(test::cell(test::table(answer, "legs"), 0, "share").text, "66.7 %");
}

TEST(Breadth, OfRandomTiesIsThatOfPlainSums) {
    std::mt19937 random(7);
    for (int round = 0; round < 30; ++round) {
        auto tie = covered();
        tie.engagements = test::random_contacts(random, 1 + random() % 40);
        const Day at = day("2024-12-31");
        const auto found = on(tie, at);
        std::map<std::string, double> parts;
        for (const auto& one : tie.engagements) {
            const auto& parameters = builtin_parameters();
            const auto masses = weigh({test::kPair, {&one, 1}, {}, {}, {}, {}, false}, parameters, at);
            for (const auto& item : masses.items) {
                const auto& strand = parameters.strands[item.strand];
                const double days = item.on.last - item.on.first + 1;
                for (Day on = item.on.first; on <= item.on.last; on = on + 1)
                    parts[one.category] += item.on.mass / days *
                                           std::exp2(-(at - on) / strand.half_life_days) / strand.half_full;
            }
        }
        double total = 0, entropy = 0, shares = 0;
        for (const auto& [kind, part] : parts) total += part;
        for (const auto& [kind, part] : parts) entropy -= part / total * std::log(part / total);
        EXPECT_NEAR(*found.breadth.number, std::exp(entropy), 1e-10);
        for (const auto& leg : found.breadth.legs) {
            EXPECT_NEAR(leg.share, parts[leg.leg->kind] / total, 1e-10);
            shares += leg.share;
        }
        EXPECT_NEAR(shares, 1, 1e-12);
        EXPECT_LE(*found.breadth.number, static_cast<double>(found.breadth.legs.size()) + 1e-12);
        EXPECT_LE(found.breadth.band.low, found.breadth.band.high);
        const auto later = on(test::shifted(tie, 1000), at + 1000);
        EXPECT_EQ(found.breadth.number, later.breadth.number);
    }
}

TEST(Breadth, TellsZeroFromWhatCannotBeSaid) {
    const auto zero = on(covered(), day("2024-04-03"));
    EXPECT_EQ(zero.breadth.number, 0);
    auto blind = Tie();
    blind.engagements = {engagement("e1", "2024-04-03", "KLE", "minister")};
    const auto unknown = on(blind, day("2024-04-03"));
    EXPECT_FALSE(unknown.breadth.number);
    EXPECT_EQ(unknown.breadth.unseen, 1U);
    const auto answer = blind.ask("shape", "2024-04-03");
    EXPECT_EQ(answer.reason, "not covered");
    EXPECT_EQ(test::cell(test::table(answer, "legs"), 0, "share").text, "cannot be said");
    EXPECT_EQ(test::cell(test::table(answer, "legs"), 0, "stock").text, "≥ 3");
}

// An exercise and a tally of exercises are one leg; a strand that went stale goes on, its legs keep their proportions.
TEST(Legs, AreKindsNotForms) {
    auto tie = covered("2000..2020");
    tie.engagements = {
        engagement("e1", "2020-06-01", "DLG", "working"), engagement("e2", "2020-06-01", "CBM", "colonel")};
    Tally tally;
    tally.evidence.id = "t1";
    tally.what = "exercises";
    tally.parties = {"usa", "chn"};
    tally.period = test::date("2019..2020");
    tally.parts = {{test::date("2019"), "", {}, {}, 2, {}, 0, {}, 0}};
    tie.tallies = {tally};
    const auto found = on(tie, day("2021-03-01"));
    const auto& parameters = builtin_parameters();
    const auto& dialogue = found.strands[parameters.strand("dialogue")];
    EXPECT_EQ(dialogue.coverage.knowledge, StrandKnowledge::stale);
    EXPECT_GT(dialogue.goes_on, 0);
    ASSERT_EQ(dialogue.legs.size(), 2U);
    EXPECT_NEAR(dialogue.legs[0].stock / dialogue.legs[1].stock, 1.5, 1e-12);
    EXPECT_NEAR(dialogue.legs[0].stock + dialogue.legs[1].stock, dialogue.stock(), 1e-12);
    const auto& exercise = found.strands[parameters.strand("exercise")];
    ASSERT_EQ(exercise.legs.size(), 1U);
    EXPECT_EQ(exercise.legs[0].kind, "EXR");
}

}  // namespace
}  // namespace entente::measures
