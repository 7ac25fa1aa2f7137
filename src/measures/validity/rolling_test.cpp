#include "measures/validity/rolling.h"

#include <gtest/gtest.h>

#include <cmath>

#include "measures/validity/count_model.h"
#include "numerics/philox.h"

namespace entente::measures::validity {
namespace {

// By hand: 1, 2, 3 and 6 have the mean 3. Groups {1, 2} and {3, 6}: deviations −3 and +3, so √18/4 = 1.0607.
TEST(GroupedMean, ByHand) {
    const std::vector<double> values{1, 2, 3, 6};
    const auto found = grouped_mean(values, std::vector<std::size_t>{7, 7, 9, 9}).value();
    EXPECT_DOUBLE_EQ(found.mean, 3);
    EXPECT_NEAR(found.band.high - 3, 1.6448536269514722 * std::sqrt(18) / 4, 1e-14);
    EXPECT_EQ(found.groups, 2U);
    // Each by itself: 4 + 1 + 0 + 9 = 14.
    EXPECT_NEAR(
        grouped_mean(values, std::vector<std::size_t>{1, 2, 3, 4})->band.high - 3,
        1.6448536269514722 * std::sqrt(14) / 4,
        1e-14
    );
    EXPECT_FALSE(grouped_mean(values, std::vector<std::size_t>{1, 1, 1, 1}));
}

/// Counts with a slow part that last year's count shows badly and `added` shows well, if `told`.
std::vector<PanelRow> history(bool told) {
    const numerics::Draws draws("rolling test 1");
    std::vector<PanelRow> out;
    const auto count = [&](std::size_t partner, int year) {
        // A geometric draw around the partner's own mean.
        const double mean = static_cast<double>(partner % 7);
        const double u = draws.uniform(partner, static_cast<std::uint64_t>(year));
        return static_cast<std::int64_t>(
            mean == 0 ? 0 : std::floor(std::log(u) / std::log(mean / (1 + mean)))
        );
    };
    for (int year = 1990; year < 2005; ++year)
        for (std::size_t partner = 0; partner < 40; ++partner)
            out.push_back(
                {partner,
                 year,
                 count(partner, year),
                 count(partner, year + 1),
                 told ? std::log1p(static_cast<double>(partner % 7)) : draws.uniform(partner, 1)}
            );
    return out;
}

TEST(RollingScores, GainWhereTheAddedTellsMoreAndNoneWhereItDoesNot) {
    for (const bool told : {true, false}) {
        const auto rows = history(told);
        const auto plain = rolling_scores(rows, false).value(), more = rolling_scores(rows, true).value();
        EXPECT_EQ(plain.scores.size(), 40U * 10);
        EXPECT_EQ(plain.first_year, 1996);
        EXPECT_EQ(plain.last_year, 2005);
        const auto gain = gain_over(plain, more).value();
        EXPECT_EQ(gain.above_zero(), told) << gain.mean;
        EXPECT_NEAR(gain.mean, more.mean() - plain.mean(), 1e-12);
    }
}

// The last year's scores are those of one fit to everything before it; nothing of it or later is seen.
TEST(RollingScores, LearnFromThePastAlone) {
    auto rows = history(true);
    const auto scores = rolling_scores(rows, true).value();
    std::vector<CountRow> past;
    for (const auto& row : rows)
        if (row.year < 2004)
            past.push_back({{std::log1p(static_cast<double>(row.count)), row.added}, row.next});
    const auto model = fit_counts(past).value();
    for (std::size_t i = 0; i < 40; ++i) {
        const auto& row = rows[rows.size() - 40 + i];
        EXPECT_NEAR(
            scores.scores[scores.scores.size() - 40 + i],
            model.log_probability({{std::log1p(static_cast<double>(row.count)), row.added}, row.next}),
            1e-7
        );
    }
    for (auto& row : rows)
        if (row.year == 2004) row.next = 1000;
    const auto changed = rolling_scores(rows, true).value();
    for (std::size_t i = 0; i + 40 < scores.scores.size(); ++i)
        EXPECT_EQ(scores.scores[i], changed.scores[i]);
}

TEST(RollingScores, SayNothingOfAShortHistory) {
    auto rows = history(true);
    std::erase_if(rows, [](const auto& row) { return row.year > 1994; });
    EXPECT_TRUE(rolling_scores(rows, false)->scores.empty());
}

}  // namespace
}  // namespace entente::measures::validity
