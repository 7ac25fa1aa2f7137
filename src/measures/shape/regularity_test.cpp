#include "measures/shape/regularity.h"

#include "measures/shape/gaps.h"
#include "measures/shape/geometric_sums.h"
#include "measures/shape/test_tie.h"
#include "numerics/philox.h"

namespace entente::measures {
namespace {

using test::covered;
using test::day;
using test::engagement;
using test::Tie;

double naive_burstiness(const std::vector<double>& gaps) {
    const auto n = static_cast<double>(gaps.size());
    double mean = 0, square = 0;
    for (const double gap : gaps) mean += gap / n;
    for (const double gap : gaps) square += gap * gap / n;
    const double rho = std::sqrt(std::max(0.0, square / (mean * mean) - 1));
    return (std::sqrt(n + 1) * rho - std::sqrt(n - 1)) / ((std::sqrt(n + 1) - 2) * rho + std::sqrt(n - 1));
}

// Gaps 1 to 5: mean 3, population deviation √2, n 5.
TEST(Burstiness, IsThatCountedByHand) {
    EXPECT_NEAR(*burstiness(std::vector<double>{1, 2, 3, 4, 5}), -0.38216135956250097, 1e-12);
    EXPECT_NEAR(*burstiness(std::vector<double>{7, 7, 7, 7}), -1, 1e-12);
    EXPECT_FALSE(burstiness(std::vector<double>{7}));
    // All time in one gap is the other end, at any n.
    EXPECT_NEAR(*burstiness(std::vector<double>{0, 0, 0, 0, 0, 60}), 1, 1e-12);
}

TEST(Burstiness, OfRandomGapsIsThatOfPlainSums) {
    std::mt19937 random(1);
    for (int round = 0; round < 200; ++round) {
        std::vector<double> gaps(2 + random() % 40);
        for (auto& gap : gaps) gap = static_cast<double>(1 + random() % 500);
        const double found = *burstiness(gaps);
        EXPECT_NEAR(found, naive_burstiness(gaps), 1e-10);
        EXPECT_GE(found, -1 - 1e-12);
        EXPECT_LE(found, 1 + 1e-12);
        for (auto& gap : gaps) gap *= 7;
        EXPECT_NEAR(*burstiness(gaps), found, 1e-10) << "the unit of time does not matter";
    }
}

TEST(GeometricSums, AreThoseOfWholeDaysOneByOneInAnyRegisters) {
    std::mt19937_64 random(3);
    std::uniform_real_distribution<double> uniform(1e-9, 1);
    for (const double scale : std::initializer_list<double>{
             std::log1p(-1 / 1.5), std::log1p(-1 / 40.0), std::log1p(-1 / 30000.0), -INFINITY}) {
        std::vector<double> logs(37 * GeometricSums::kTogether);
        for (double& one : logs) one = std::log(uniform(random));
        logs[0] = scale == -INFINITY ? -1 : 3 * scale;  // whole as it comes
        logs[1] = 0;                                    // no gap is shorter than a day
        GeometricSums wide{logs.data(), 37, scale}, narrow = wide;
        add_geometric_gaps(wide);
        add_geometric_gaps_narrow(narrow);
        for (std::size_t draw = 0; draw < GeometricSums::kTogether; ++draw) {
            std::int64_t sum = 0, squares = 0;
            for (std::size_t gap = 0; gap < 37; ++gap) {
                const auto days = std::max<std::int64_t>(
                    1,
                    static_cast<std::int64_t>(std::ceil(logs[gap * GeometricSums::kTogether + draw] / scale))
                );
                sum += days, squares += days * days;
            }
            EXPECT_EQ(wide.sums[draw], static_cast<double>(sum));
            EXPECT_EQ(wide.squares[draw], static_cast<double>(squares));
            EXPECT_EQ(narrow.sums[draw], wide.sums[draw]);
            EXPECT_EQ(narrow.squares[draw], wide.squares[draw]);
        }
    }
}

// What the correction is for: near 0 for chance at any n, where (σ−μ)/(σ+μ) is not.
TEST(Burstiness, OfChanceIsZeroInTheMean) {
    std::mt19937 random(2);
    std::exponential_distribution<double> chance(1);
    for (const std::size_t n : {5, 10, 50, 200}) {
        constexpr int kRounds = 20000;
        double sum = 0, squares = 0, uncorrected = 0;
        std::vector<double> gaps(n);
        for (int round = 0; round < kRounds; ++round) {
            for (auto& gap : gaps) gap = chance(random);
            const double value = *burstiness(gaps);
            sum += value;
            const auto m = static_cast<double>(n);
            // ρ from B, by solving its definition.
            const double rho =
                std::sqrt(m - 1) * (1 + value) / (std::sqrt(m + 1) - value * (std::sqrt(m + 1) - 2));
            squares += rho * rho;
            uncorrected += (rho - 1) / (rho + 1);
        }
        const auto m = static_cast<double>(n);
        EXPECT_NEAR(squares / kRounds, (m - 1) / (m + 1), 0.02) << n;
        EXPECT_LT(std::fabs(sum), std::fabs(uncorrected)) << n;
        EXPECT_NEAR(sum / kRounds, 0, n == 5 ? 0.065 : n == 10 ? 0.042 : 0.015) << n;
    }
}

std::optional<Regularity> regularity(const std::vector<double>& gaps) {
    return regularities(std::array{gaps}).front();
}

Interval chance_of(std::size_t gaps, double mean_days) {
    return burstiness_by_chance(std::array{GapsToDraw{gaps, mean_days}}).front();
}

/// One draw after the other, gap by gap.
Interval naive_chance(std::size_t gaps, double mean_days) {
    const numerics::Draws random("regularity 1");
    std::vector<double> values;
    for (std::size_t draw = 0; draw < 2000; ++draw) {
        std::vector<double> drawn;
        for (std::size_t i = 0; i < gaps; ++i)
            drawn.push_back(
                std::max(1.0, std::ceil(std::log(random.uniform(draw, i)) / std::log1p(-1 / mean_days)))
            );
        values.push_back(*burstiness(drawn));
    }
    return numerics::middle_part(values, 0.9);
}

TEST(Rhythm, OfAllKindsAtOnceIsThatOfEachAlone) {
    const std::array kinds{
        GapsToDraw{5, 1.4}, GapsToDraw{40, 30}, GapsToDraw{17, 365.25}, GapsToDraw{2, 9000}};
    const auto found = burstiness_by_chance(kinds);
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        const auto expected = naive_chance(kinds[i].gaps, kinds[i].mean_days);
        EXPECT_NEAR(found[i].low, expected.low, 1e-12) << i;
        EXPECT_NEAR(found[i].high, expected.high, 1e-12) << i;
    }
}

TEST(Rhythm, HasAWordOnlyOutsideOfChance) {
    EXPECT_FALSE(regularity(std::vector<double>{30, 30, 30, 30}));
    EXPECT_EQ(regularity(std::vector<double>(5, 365.0))->rhythm, Rhythm::regular);
    EXPECT_EQ(regularity(std::vector<double>{1, 1, 1, 1, 1, 1, 1, 1, 1, 900})->rhythm, Rhythm::bursts);
    std::mt19937 random(4);
    std::geometric_distribution<int> chance(1 / 60.0);
    int words = 0;
    constexpr int kRounds = 400;
    for (int round = 0; round < kRounds; ++round) {
        std::vector<double> gaps(12);
        for (auto& gap : gaps) gap = 1 + chance(random);
        words += regularity(gaps)->rhythm != Rhythm::as_chance;
    }
    // One in ten by construction.
    EXPECT_NEAR(static_cast<double>(words) / kRounds, 0.1, 0.05);
}

// Whole days make chance look more regular where gaps are short; the band takes that along.
TEST(Rhythm, KnowsThatDaysAreWhole) {
    EXPECT_EQ(chance_of(10, 1), (Interval{-1, -1}));
    const auto dense = chance_of(20, 2), sparse = chance_of(20, 200);
    EXPECT_LT(dense.high, sparse.high);
    EXPECT_EQ(chance_of(20, 200), sparse);
}

GapHistory on(const Tie& tie, Day at) {
    return gap_history(contact_days(tie.tie(), {"DLG"}, at));
}

// Two on one day are one; the gap over the uncovered year 2012 is none.
TEST(Gaps, AreThoseCountedByHand) {
    auto tie = covered("2010..2011");
    tie.statements.push_back(test::coverage("v2", "sample", {"usa", "chn"}, "2013..2014"));
    for (const auto* held :
         {"2010-02-01",
          "2010-02-01",
          "2010-03-01",
          "2011-03-01",
          "2013-01-10",
          "2013-01-20",
          "2013-02",
          "2014"})
        tie.engagements.push_back(engagement("e" + std::to_string(tie.engagements.size()), held));
    const auto found = on(tie, day("2014-06-30"));
    EXPECT_EQ(found.lengths(), (std::vector<double>{28, 365, 10, 25}));  // February 2013 counts on its 14th
    EXPECT_EQ(found.untold, 1U);
    EXPECT_EQ(found.imprecise, 1U);
    EXPECT_EQ(found.left_out, 1U);
    EXPECT_EQ(found.told_to, day("2014-06-30"));
    EXPECT_EQ(found.age(), 501);
    EXPECT_EQ(on(tie, day("2012-06-30")).told_to, day("2011-12-31"));
}

// Day by day through time, with nothing but a calendar.
TEST(Gaps, OfRandomTiesAreThoseOfAWalkThroughDays) {
    std::mt19937 random(6);
    for (int round = 0; round < 60; ++round) {
        Tie tie;
        const Day first = day("2020-01-01"), at = day("2021-12-31");
        std::vector<bool> seen(731, false), met(731, false);
        for (int i = 0; i < 3; ++i) {
            const auto from = static_cast<int>(random() % 700),
                       to = std::min<int>(730, from + static_cast<int>(random() % 300));
            auto statement = test::coverage("v" + std::to_string(i), "sample", {"usa", "chn"}, "2020");
            statement.covers = {first + from, first + to, domain::Precision::range};
            tie.statements.push_back(statement);
            for (int d = from; d <= to; ++d) seen[static_cast<std::size_t>(d)] = true;
        }
        for (int i = 0; i < 25; ++i) {
            const auto on = static_cast<int>(random() % 731);
            met[static_cast<std::size_t>(on)] = true;
            tie.engagements.push_back(engagement("e" + std::to_string(i), to_iso(first + on).c_str()));
        }
        std::vector<double> gaps;
        int since = -1;
        for (int d = 0; d < 731; ++d) {
            const auto here = static_cast<std::size_t>(d);
            if (!seen[here]) since = -1;
            if (!met[here] || !seen[here]) continue;
            if (since >= 0) gaps.push_back(d - since);
            since = d;
        }
        const auto found = on(tie, at);
        EXPECT_EQ(found.lengths(), gaps);
        EXPECT_EQ(found.gaps.size() + found.untold + 1, found.days.size());
        EXPECT_EQ(on(test::shifted(tie, 1234), at + 1234).lengths(), gaps);
    }
}

TEST(RhythmOnThePage, SaysTooFewAndWithWhatNumber) {
    auto tie = covered();
    for (const auto* held : {"2020-01-01", "2021-01-01", "2022-01-01"})
        tie.engagements.push_back(engagement("e" + std::to_string(tie.engagements.size()), held));
    auto answer = tie.ask("shape", "2024-01-01");
    EXPECT_EQ(test::cell(test::table(answer, "rhythm"), 0, "burstiness").text, "too few: 2 of 5");
    for (const auto* held : {"2023-01-01", "2019-01-01", "2018-01-01"})
        tie.engagements.push_back(engagement("e" + std::to_string(tie.engagements.size()), held));
    answer = tie.ask("shape", "2024-01-01");
    EXPECT_EQ(test::cell(test::table(answer, "rhythm"), 0, "burstiness").text, "-1.00");
    EXPECT_EQ(test::cell(test::table(answer, "rhythm"), 0, "rhythm").text, "regular");
    tie.statements.clear();
    answer = tie.ask("shape", "2024-01-01");
    EXPECT_EQ(test::cell(test::table(answer, "rhythm"), 0, "rhythm").text, "cannot be said");
}

}  // namespace
}  // namespace entente::measures
