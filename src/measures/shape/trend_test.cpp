#include "measures/shape/trend.h"

#include <fmt/format.h>

#include "measures/shape/test_tie.h"

namespace entente::measures {
namespace {

using test::covered;
using test::day;
using test::engagement;
using test::Tie;

const StrandTrend& of(const std::vector<StrandTrend>& found, std::string_view strand) {
    return found[builtin_parameters().strand(strand)];
}

std::vector<StrandTrend> on(const Tie& tie, Day at) {
    return trends(tie.tie(), *drawn(builtin_parameters()), at);
}

// One visit, and a year in which nothing came: 365 days of a half-life of 180.
TEST(Trend, IsThatCountedByHand) {
    auto tie = covered();
    tie.engagements = {engagement("e1", "2022-01-01", "KLE", "minister")};
    const auto found = on(tie, day("2024-01-01"));
    EXPECT_NEAR(*of(found, "leaders").log_ratio, -365.0 / 180 * std::log(2.0), 1e-12);
    EXPECT_EQ(of(found, "leaders").word, TrendWord::waning);
    EXPECT_EQ(of(found, "dialogue").word, TrendWord::none_on_record);
    EXPECT_EQ(of(found, "training").word, TrendWord::not_said);
    const auto answer = tie.ask("shape", "2024-01-01");
    const auto& table = test::table(answer, "trend");
    EXPECT_TRUE(test::cell(table, "leaders", "change").text.starts_with("-75 % (")) << "2^(-365/180) = 0.245";
    EXPECT_NEAR(*test::cell(table, "leaders", "change").number, -1.40555, 1e-5);
    EXPECT_EQ(test::cell(table, "training", "then").text, "unknown");
    EXPECT_EQ(test::cell(table, "training", "word").text, "cannot be said");
}

TEST(Trend, HasNoRatioToNothing) {
    auto tie = covered();
    tie.engagements = {engagement("e1", "2023-06-01", "DLG", "working")};
    const auto found = on(tie, day("2024-01-01"));
    EXPECT_FALSE(of(found, "dialogue").log_ratio);
    EXPECT_EQ(of(found, "dialogue").word, TrendWord::from_nothing);
}

// A talk of which only the year is known: on the day before its middle some draws have it, some not.
TEST(Trend, TellsAnOpenEndAndNeverNoNumber) {
    auto tie = covered();
    tie.engagements = {
        engagement("e1", "2022", "EXC", "working"), engagement("e2", "2023-02-01", "DLG", "working")};
    bool told = false, upper = false;
    for (const char* at :
         {"2022-01-10", "2022-02-01", "2022-07-01", "2023-01-10", "2023-02-01", "2023-07-01"}) {
        for (const auto& one : on(tie, day(at))) {
            EXPECT_FALSE(std::isnan(one.band.low) || std::isnan(one.band.high)) << at;
            upper = upper || (one.log_ratio && std::isinf(one.band.high));
        }
        const auto answer = tie.ask("shape", at);
        for (const auto& row : test::table(answer, "trend").rows)
            for (const auto& cell : row) EXPECT_EQ(cell.text.find("nan"), std::string::npos) << cell.text;
        const auto& note = test::table(answer, "trend").note;
        told = told || note.find("nothing then") != std::string::npos;
    }
    EXPECT_TRUE(upper);
    EXPECT_TRUE(told);
}

// An exercise of 13 years ago is nothing where half-lives are short. What fades alone loses 1 − 2^(−365/h), in every draw.
TEST(Trend, OfWhatHasFadedHasANumberOrAnOpenEnd) {
    auto tie = covered("1980..2030");
    tie.engagements = {engagement("e1", "1986-06-01", "EXR"), engagement("e2", "1986-07-01", "EXC")};
    const Day at = day("1999-06-30");
    const auto draws = drawn(builtin_parameters());
    for (const char* strand : {"exercise", "exchange"}) {
        const auto found = on(tie, at);
        const auto& one = of(found, strand);
        std::vector<double> ratios;
        for (std::size_t draw = 0; draw < draws->draws(); ++draw)
            ratios.push_back(-365 / draws->half_life(draw, one.strand) * std::log(2.0));
        std::ranges::sort(ratios);
        // What fades within months is nothing after 13 years, and has no lower end; the rest has its number.
        const bool nothing_left = std::string_view(strand) == "exchange";
        if (nothing_left) {
            EXPECT_EQ(one.band.low, -std::numeric_limits<double>::infinity());
        } else {
            EXPECT_NEAR(one.band.low, numerics::sorted_quantile(ratios, 0.05), 0.02) << strand;
        }
        EXPECT_NEAR(one.band.high, numerics::sorted_quantile(ratios, 0.95), 0.02) << strand;
        EXPECT_EQ(one.word, TrendWord::waning);
    }
}

/// Stocks of a strand by draw, record by record.
std::vector<double> plain_stocks(const Tie& tie, std::size_t strand, Day at) {
    const auto& parameters = builtin_parameters();
    const auto draws = drawn(parameters);
    std::vector<double> out(draws->draws());
    for (const auto& item : weigh(tie.tie(), parameters, at).items) {
        if (item.strand != strand) continue;
        for (std::size_t draw = 0; draw < out.size(); ++draw) {
            MassOnDays on = item.on;
            if (on.spread == Spread::imprecise) {
                const int days = on.last - on.first + 1;
                on.first = on.last =
                    on.first + static_cast<int>(draws->place_in_date(draw, item.evidence.id) * days);
            }
            out[draw] +=
                stock_of(on, draws->half_life(draw, strand), at) * draws->table_factor(draw, item.choice);
        }
    }
    return out;
}

// Ratio, band and word against plain sums of records over all draws; another day changes nothing.
TEST(Trend, OfRandomTiesIsThatOfPlainSums) {
    std::mt19937 random(8);
    const auto& parameters = builtin_parameters();
    std::map<TrendWord, int> words;
    for (int round = 0; round < 8; ++round) {
        auto tie = covered();
        tie.engagements = test::random_contacts(random, 50);
        const Day at = day("2024-12-31");
        const auto found = on(tie, at);
        const auto later = on(test::shifted(tie, 90), at + 90);
        for (const auto& one : found) {
            EXPECT_EQ(later[one.strand].word, one.word);
            EXPECT_EQ(later[one.strand].log_ratio, one.log_ratio);
            if (!one.log_ratio) continue;
            const auto now = plain_stocks(tie, one.strand, at),
                       then = plain_stocks(tie, one.strand, at - 365);
            int above = 0, below = 0, within = 0;
            std::vector<double> ratios;
            for (std::size_t draw = 0; draw < now.size(); ++draw) {
                ratios.push_back(then[draw] > 0 ? std::log(now[draw] / then[draw]) : INFINITY);
                above += now[draw] > 1.1 * then[draw];
                below += now[draw] < 0.9 * then[draw];
                within += 0.9 * then[draw] < now[draw] && now[draw] < 1.1 * then[draw];
            }
            std::ranges::sort(ratios);
            EXPECT_NEAR(one.band.low, numerics::sorted_quantile(ratios, 0.05), 2e-5);
            EXPECT_NEAR(one.band.high, numerics::sorted_quantile(ratios, 0.95), 2e-5);
            const int enough = static_cast<int>(parameters.trend_agree * parameters.draws);
            EXPECT_EQ(one.word == TrendWord::growing, above >= enough);
            EXPECT_EQ(one.word == TrendWord::waning, below >= enough);
            EXPECT_EQ(one.word == TrendWord::steady, within >= enough);
            ++words[one.word];
        }
    }
    EXPECT_GE(words.size(), 3U) << "the ties of this test must not all tell the same";
}

// A strand that is covered to before the day has a word only where nothing since then could change it.
TEST(Trend, OfAStaleStrandMustHoldWhateverCame) {
    auto tie = covered("2000..2023-09-30");
    for (int year = 2000; year < 2023; ++year)
        tie.engagements.push_back(
            engagement("e" + std::to_string(year), fmt::format("{}-05-01", year).c_str(), "DLG", "working")
        );
    const auto steady = on(tie, day("2023-09-30")), stale = on(tie, day("2024-06-30"));
    EXPECT_EQ(of(steady, "dialogue").now_covered.knowledge, StrandKnowledge::known);
    EXPECT_EQ(of(stale, "dialogue").now_covered.knowledge, StrandKnowledge::stale);
    EXPECT_EQ(of(stale, "dialogue").word, TrendWord::not_clear);
    // Covered on neither day: not said.
    EXPECT_EQ(of(on(tie, day("2024-12-31")), "dialogue").word, TrendWord::not_said);
}

}  // namespace
}  // namespace entente::measures
