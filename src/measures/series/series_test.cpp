#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

#include "measures/series/stocks_at.h"
#include "measures/series/stocks_on_days.h"
#include "measures/test_facts.h"

namespace entente::measures::series {
namespace {

using test::day;

constexpr std::size_t kStrands = 3;
constexpr std::size_t kPairs = 7;

MassOnDays random_mass(std::mt19937_64& random) {
    const Day first{std::uniform_int_distribution(-4000, 12000)(random)};
    const auto how = random() % 10;
    const int days = how < 5 ? 1 : how < 9 ? std::uniform_int_distribution(2, 500)(random) : 4200;
    const Spread spread = random() % 6 == 0 ? Spread::held : Spread::extended;
    return {first, first + (days - 1), std::exponential_distribution<>(0.5)(random), spread};
}

std::vector<Weight> random_weights(std::mt19937_64& random, std::size_t count) {
    std::vector<Weight> out;
    for (std::size_t i = 0; i < count; ++i) {
        Weight one{
            static_cast<PairNumber>(random() % kPairs),
            static_cast<std::uint8_t>(random() % kStrands),
            static_cast<RecordNumber>(i),
            random_mass(random)};
        if (random() % 20 == 0) one.counts_from = one.on.last;
        if (random() % 20 == 0) one.counts_until = one.on.first + 300;
        out.push_back(one);
    }
    return out;
}

TieMasses built(const std::vector<Weight>& weights) {
    TieMasses out(kStrands);
    out.build(weights);
    return out;
}

/// Every mass by itself, as `tie/stock` has it.
double one_by_one(
    const std::vector<Weight>& weights, PairNumber pair, std::size_t strand, double half_life, Day at
) {
    long double total = 0;
    for (const Weight& one : weights)
        if (one.pair == pair && one.strand == strand && one.counts_from <= at && at < one.counts_until)
            total += stock_of(one.on, half_life, at);
    return static_cast<double>(total);
}

/// The definition: a sum over days, each with its own age.
double day_by_day(
    const std::vector<Weight>& weights, PairNumber pair, std::size_t strand, double half_life, Day at
) {
    long double total = 0;
    for (const Weight& one : weights) {
        if (one.pair != pair || one.strand != strand || at < one.counts_from || one.counts_until <= at)
            continue;
        const auto left = [&](Day since) {
            return half_life == kNeverFades ? 1 : std::pow(2.0L, -(at - since) / (long double)half_life);
        };
        if (one.on.spread == Spread::held) {
            if (one.on.first <= at) total += one.on.mass * left(std::min(at, one.on.last));
            continue;
        }
        for (Day day = one.on.first; day <= std::min(one.on.last, at); day = day + 1)
            total += one.on.mass / (one.on.last - one.on.first + 1) * left(day);
    }
    return static_cast<double>(total);
}

const HalfLives kHalfLives{{180}, {kNeverFades}, {3650}};

void expect_same(const Stocks& a, const Stocks& b) {
    EXPECT_EQ(a.pairs, b.pairs);
    EXPECT_EQ(a.values, b.values);
}

// MEASURES.md 18.1, counted by hand.
TEST(Series, WorkedFigures) {
    TieMasses masses(1);
    masses.add({0, 0, 1, {day("2024-04-03"), day("2024-04-03"), 1}});
    EXPECT_NEAR(stocks_at(masses, {{180}}, day("2024-09-30")).value(0, 0), 0.5, 1e-15);
    EXPECT_EQ(stocks_at(masses, {{180}}, day("2024-04-02")).value(0, 0), 0);

    TieMasses year(1);
    year.add({2, 0, 1, {day("2023-01-01"), day("2023-12-31"), 1, Spread::imprecise}});
    EXPECT_NEAR(stocks_at(year, {{180}}, day("2024-06-30")).value(2, 0), 0.266949130752812, 1e-14);
    EXPECT_NEAR(stocks_at(year, {{180}}, day("2023-06-30")).value(2, 0), 0.35778825789234, 1e-14);
    const std::vector<Day> days{day("2023-06-30"), day("2024-06-30")};
    const auto series = stocks_on_days(year.strand(0), 180, days);
    EXPECT_NEAR(series.of(2)[0], 0.35778825789234, 1e-14);
    EXPECT_NEAR(series.of(2)[1], 0.266949130752812, 1e-14);
    EXPECT_EQ(series.of(0)[1], 0);

    TieMasses leap(1);
    leap.add({0, 0, 1, {day("1968-02-20"), day("1968-03-05"), 3}});
    EXPECT_NEAR(stocks_at(leap, {{365}}, day("1969-01-01")).value(0, 0), 1.66836588556644, 1e-13);
}

TEST(Series, StocksOfAllPairsEqualThoseOneByOne) {
    std::mt19937_64 random(11);
    for (int round = 0; round < 30; ++round) {
        const auto weights = random_weights(random, 1 + random() % 3000);
        const auto masses = built(weights);
        EXPECT_EQ(masses.size(), weights.size());
        // Before everything, amid it, and long after it.
        for (const Day at :
             {Day{-5000}, Day{std::uniform_int_distribution(-4000, 14000)(random)}, Day{90'000}}) {
            const auto found = stocks_at(masses, kHalfLives, at);
            for (PairNumber pair = 0; pair < found.pairs; ++pair)
                for (std::size_t strand = 0; strand < kStrands; ++strand) {
                    const double expected = one_by_one(weights, pair, strand, kHalfLives[strand][0], at);
                    EXPECT_NEAR(found.value(pair, strand), expected, 1e-12 * (1e-9 + expected));
                }
        }
    }
}

TEST(Series, StocksEqualTheDefinition) {
    std::mt19937_64 random(12);
    const auto weights = random_weights(random, 400);
    const auto masses = built(weights);
    const Day at{9000};
    const auto found = stocks_at(masses, kHalfLives, at);
    for (PairNumber pair = 0; pair < kPairs; ++pair)
        for (std::size_t strand = 0; strand < kStrands; ++strand) {
            const double expected = day_by_day(weights, pair, strand, kHalfLives[strand][0], at);
            EXPECT_NEAR(found.value(pair, strand), expected, 1e-12 * expected);
        }
}

TEST(Series, ManyHalfLivesAtOnceEqualEachAlone) {
    std::mt19937_64 random(13);
    const auto masses = built(random_weights(random, 5000));
    const std::vector<double> some{1, 30, 90, 180, 365, 730, kNeverFades, 3650, 2, 5000, 12};
    const Day at{8000};
    for (const std::size_t count : {2UL, 8UL, 9UL, 11UL}) {
        const std::vector<double> half_lives(some.begin(), some.begin() + static_cast<std::ptrdiff_t>(count));
        const auto found = stocks_at(masses, {half_lives, half_lives, half_lives}, at);
        EXPECT_EQ(found.half_lives, count);
        for (std::size_t k = 0; k < count; ++k) {
            const auto alone = stocks_at(masses, {{some[k]}, {some[k]}, {some[k]}}, at);
            for (PairNumber pair = 0; pair < kPairs; ++pair)
                for (std::size_t strand = 0; strand < kStrands; ++strand)
                    EXPECT_NEAR(
                        found.value(pair, strand, k),
                        alone.value(pair, strand),
                        1e-13 * alone.value(pair, strand)
                    );
        }
    }
}

TEST(Series, SameDigitsWithAnyNumberOfThreads) {
    std::mt19937_64 random(14);
    const auto masses = built(random_weights(random, 20000));
    const HalfLives eight(kStrands, {10, 20, 30, 40, 50, 60, 70, 80});
    const auto months = ends_of_months(day("1970-01-01"), day("2000-12-31"));
    for (const unsigned threads : {2U, 3U, 64U}) {
        expect_same(
            stocks_at(masses, kHalfLives, Day{9000}), stocks_at(masses, kHalfLives, Day{9000}, threads)
        );
        expect_same(stocks_at(masses, eight, Day{9000}), stocks_at(masses, eight, Day{9000}, threads));
        EXPECT_EQ(
            stocks_on_days(masses.strand(0), 180, months).values,
            stocks_on_days(masses.strand(0), 180, months, threads).values
        );
    }
}

TEST(Series, WhatCameWhenChangesNoDigit) {
    std::mt19937_64 random(15);
    auto weights = random_weights(random, 6000);
    const auto at_once = built(weights);
    std::ranges::shuffle(weights, random);
    TieMasses one_by_one(kStrands);
    one_by_one.build(std::vector<Weight>(weights.begin(), weights.begin() + 2000));
    for (std::size_t i = 2000; i < weights.size(); ++i) one_by_one.add(weights[i]);
    expect_same(stocks_at(at_once, kHalfLives, Day{9000}), stocks_at(one_by_one, kHalfLives, Day{9000}));

    // Take out every third, and build anew without them.
    std::vector<Weight> rest;
    for (const Weight& one : weights) {
        if (one.record % 3 != 0)
            rest.push_back(one);
        else
            EXPECT_EQ(one_by_one.remove(one.pair, one.strand, one.record), 1U);
    }
    EXPECT_EQ(one_by_one.remove(0, 0, 999'999), 0U);
    EXPECT_EQ(one_by_one.size(), rest.size());
    expect_same(stocks_at(built(rest), kHalfLives, Day{9000}), stocks_at(one_by_one, kHalfLives, Day{9000}));
}

TEST(Series, ShiftingAllDaysChangesNothing) {
    std::mt19937_64 random(16);
    auto weights = random_weights(random, 4000);
    const auto before = stocks_at(built(weights), kHalfLives, Day{9000});
    for (auto& one : weights) {
        one.on.first = one.on.first + 12'345, one.on.last = one.on.last + 12'345;
        if (one.counts_from != kFirstDay) one.counts_from = one.counts_from + 12'345;
        if (one.counts_until != kNoEnd) one.counts_until = one.counts_until + 12'345;
    }
    expect_same(before, stocks_at(built(weights), kHalfLives, Day{9000 + 12'345}));
}

TEST(Series, TwoHalvesAddUpToTheWhole) {
    std::mt19937_64 random(17);
    const auto weights = random_weights(random, 4000);
    const auto half = static_cast<std::ptrdiff_t>(weights.size() / 2);
    const auto whole = stocks_at(built(weights), kHalfLives, Day{9000});
    const auto first = stocks_at(built({weights.begin(), weights.begin() + half}), kHalfLives, Day{9000});
    const auto second = stocks_at(built({weights.begin() + half, weights.end()}), kHalfLives, Day{9000});
    for (PairNumber pair = 0; pair < kPairs; ++pair)
        for (std::size_t strand = 0; strand < kStrands; ++strand)
            EXPECT_NEAR(
                whole.value(pair, strand),
                first.value(pair, strand) + second.value(pair, strand),
                1e-13 * whole.value(pair, strand)
            );
}

TEST(Series, MonthlySeriesEqualTheStockOfEachDay) {
    std::mt19937_64 random(18);
    const auto masses = built(random_weights(random, 8000));
    const auto months = ends_of_months(day("1965-03-10"), day("2005-02-01"));
    EXPECT_EQ(months.size(), 480U);
    EXPECT_EQ(months.front(), day("1965-03-31"));
    EXPECT_EQ(months.back(), day("2005-02-28"));
    std::vector<StockSeries> series;
    for (std::size_t strand = 0; strand < kStrands; ++strand)
        series.push_back(stocks_on_days(masses.strand(strand), kHalfLives[strand][0], months));
    for (std::size_t i = 0; i < months.size(); i += 7) {
        const auto direct = stocks_at(masses, kHalfLives, months[i]);
        for (PairNumber pair = 0; pair < kPairs; ++pair)
            for (std::size_t strand = 0; strand < kStrands; ++strand) {
                const double expected = direct.value(pair, strand);
                EXPECT_NEAR(series[strand].of(pair)[i], expected, 1e-12 * expected) << i;
            }
    }
}

TEST(Series, DaysMayLieFarApartOrTogether) {
    std::mt19937_64 random(19);
    const auto masses = built(random_weights(random, 500));
    const std::vector<Day> days{Day{-6000}, Day{100}, Day{100}, Day{101}, Day{9000}, Day{140'000}};
    const auto series = stocks_on_days(masses.strand(1), kNeverFades, days);
    for (std::size_t i = 0; i < days.size(); ++i) {
        const auto direct = stocks_at(masses, {{1}, {kNeverFades}, {1}}, days[i]);
        for (PairNumber pair = 0; pair < kPairs; ++pair)
            EXPECT_NEAR(series.of(pair)[i], direct.value(pair, 1), 1e-12 * direct.value(pair, 1));
    }
}

TEST(Series, NothingOnRecordHasNoPairs) {
    const TieMasses none(kStrands);
    EXPECT_EQ(stocks_at(none, kHalfLives, Day{0}).pairs, 0U);
    EXPECT_EQ(stocks_on_days(none.strand(0), 180, ends_of_months(Day{0}, Day{400})).pairs(), 0U);
    EXPECT_EQ(stocks_on_days(none.strand(0), 180, {}, 2).pairs(), 0U);
}

}  // namespace
}  // namespace entente::measures::series
