#include "measures/shape/gaps.h"
#include "measures/shape/test_tie.h"

namespace entente::measures {
namespace {

using test::covered;
using test::day;
using test::engagement;
using test::Tie;

void add_contacts(Tie& tie, Day on, const std::vector<int>& gaps) {
    const auto add = [&] {
        tie.engagements.push_back(engagement("e" + std::to_string(tie.engagements.size()), to_iso(on).c_str())
        );
    };
    add();
    for (const int gap : gaps) {
        on = on + gap;
        add();
    }
}

Tie with_gaps(const std::vector<int>& gaps, Day first = day("2010-01-01")) {
    auto tie = covered("1950..2100");
    add_contacts(tie, first, gaps);
    return tie;
}

// As R's cor(g[-7], g[-1]) of the gaps.
TEST(Memory, IsThatCountedByHand) {
    const auto answer = with_gaps({10, 30, 20, 40, 10, 30, 25}).ask("memory", "2024-01-01");
    EXPECT_EQ(answer.value, -0.755104);
    EXPECT_EQ(test::cell(test::table(answer, "memory"), "any kind", "pairs").text, "6");
    EXPECT_EQ(with_gaps({1, 2, 3, 4, 5, 6}).ask("memory", "2024-01-01").value, 1);
    EXPECT_EQ(with_gaps({9, 1, 9, 1, 9, 1, 9}).ask("memory", "2024-01-01").value, -1);
}

// Pearson's correlation from raw moments; turned round in time it is the same, and later it is the same.
TEST(Memory, OfRandomGapsIsThatOfRawMoments) {
    std::mt19937 random(12);
    for (int round = 0; round < 20; ++round) {
        std::vector<int> gaps(7 + random() % 30);
        for (auto& gap : gaps) gap = 1 + static_cast<int>(random() % 90);
        const double k = static_cast<double>(gaps.size()) - 1;
        double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
        for (std::size_t i = 0; i + 1 < gaps.size(); ++i) {
            const double a = gaps[i], b = gaps[i + 1];
            x += a, y += b, xx += a * a, yy += b * b, xy += a * b;
        }
        const double expected = (k * xy - x * y) / std::sqrt((k * xx - x * x) * (k * yy - y * y));
        const auto tie = with_gaps(gaps);
        EXPECT_NEAR(*tie.ask("memory", "2024-01-01").value, expected, 1e-5);
        EXPECT_EQ(
            test::shifted(tie, 400).ask("memory", day("2024-01-01") + 400).value,
            tie.ask("memory", "2024-01-01").value
        );
        const std::vector<int> turned(gaps.rbegin(), gaps.rend());
        EXPECT_NEAR(*with_gaps(turned).ask("memory", "2024-01-01").value, expected, 1e-5);
    }
}

TEST(Memory, HasAWordOnlyOutsideOfChance) {
    const auto order = [](const std::vector<int>& gaps) {
        const auto answer = with_gaps(gaps).ask("memory", "2024-01-01");
        return test::cell(test::table(answer, "memory"), "any kind", "order").text;
    };
    EXPECT_EQ(order({1, 2, 1, 3, 2, 1, 90, 80, 85, 95, 70, 88}), "short follows short");
    EXPECT_EQ(order({1, 90, 2, 80, 1, 85, 3, 95, 2, 70, 1, 88}), "short follows long");
    std::mt19937 random(13);
    int words = 0;
    constexpr int kRounds = 100;
    for (int round = 0; round < kRounds; ++round) {
        std::vector<int> gaps(15);
        for (auto& gap : gaps) gap = 1 + static_cast<int>(random() % 90);
        words += order(gaps) != "as chance";
    }
    EXPECT_NEAR(words, 10, 9) << "one in ten by construction";
}

TEST(Memory, SaysWhatIsMissing) {
    EXPECT_EQ(with_gaps({10, 30, 20, 40, 10}).ask("memory", "2024-01-01").reason, "too few");
    EXPECT_NE(
        with_gaps({30, 30, 30, 30, 30, 30, 30}).ask("memory", "2024-01-01").headline.find("all gaps alike"),
        std::string::npos
    );
    auto tie = with_gaps({10, 30, 20, 40, 10, 30, 25});
    // A week that nobody looked at between two contacts parts what stood side by side.
    tie.statements = {
        test::coverage("v1", "sample", {"usa", "chn"}, "1950..2010-03-05"),
        test::coverage("v2", "sample", {"usa", "chn"}, "2010-03-12..2100")};
    const auto parted = tie.ask("memory", "2024-01-01");
    EXPECT_EQ(test::cell(test::table(parted, "memory"), "any kind", "pairs").text, "4");
    EXPECT_EQ(test::cell(test::table(parted, "memory"), "any kind", "memory").text, "too few: 4 of 5");
    tie.statements.clear();
    EXPECT_EQ(tie.ask("memory", "2024-01-01").reason, "not covered");
}

}  // namespace
}  // namespace entente::measures
