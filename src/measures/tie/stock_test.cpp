#include "measures/tie/stock.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "measures/test_facts.h"

namespace entente::measures {
namespace {

using test::day;

// MEASURES.md 18.1, counted by hand.
TEST(Stock, HalvesInOneHalfLife) {
    EXPECT_NEAR(stock_of({day("2024-04-03"), day("2024-04-03"), 1}, 180, day("2024-09-30")), 0.5, 1e-15);
}

TEST(Stock, SpreadsAYear) {
    const MassOnDays year{day("2023-01-01"), day("2023-12-31"), 1, Spread::imprecise};
    EXPECT_NEAR(stock_of(year, 180, day("2024-06-30")), 0.266949130752812, 1e-14);
    EXPECT_NEAR(stock_of(year, 180, day("2023-06-30")), 0.35778825789234, 1e-14);
}

TEST(Stock, SpreadsFifteenDaysOverALeapDay) {
    EXPECT_NEAR(
        stock_of({day("1968-02-20"), day("1968-03-05"), 3}, 365, day("1969-01-01")), 1.66836588556644, 1e-13
    );
}

TEST(Stock, WithoutDecayCountsTheDaysThatPassed) {
    const MassOnDays ten{day("2024-01-01"), day("2024-01-10"), 5};
    EXPECT_DOUBLE_EQ(stock_of(ten, kNeverFades, day("2024-01-04")), 2);
    EXPECT_DOUBLE_EQ(stock_of(ten, kNeverFades, day("2030-01-01")), 5);
    EXPECT_EQ(stock_of(ten, 30, day("2023-12-31")), 0);
}

TEST(Stock, OfWhatIsHeldFadesAfterItsEnd) {
    const MassOnDays agreement{day("2000-01-01"), day("2009-12-31"), 2, Spread::held};
    EXPECT_EQ(stock_of(agreement, 365, day("2005-06-01")), 2);
    EXPECT_EQ(stock_of(agreement, 365, day("2009-12-31")), 2);
    EXPECT_NEAR(stock_of(agreement, 365, day("2010-12-31")), 1, 1e-15);
}

MassOnDays random_mass(std::mt19937_64& random) {
    std::uniform_int_distribution start(-20000, 20000);
    std::uniform_int_distribution length(1, 500);
    const Day first{start(random)};
    return {first, first + (length(random) - 1), std::exponential_distribution<>(0.5)(random)};
}

// The definition of section 2: a sum over days, each with its own age.
double naive(const MassOnDays& mass, double half_life, Day at) {
    double total = 0;
    const double days = mass.last - mass.first + 1;
    for (Day one = mass.first; one <= std::min(mass.last, at); one = one + 1)
        total += mass.mass / days * std::pow(2.0, -(at - one) / half_life);
    return total;
}

TEST(Stock, EqualsTheSumOverDays) {
    std::mt19937_64 random(5);
    for (int round = 0; round < 500; ++round) {
        const auto mass = random_mass(random);
        const double half_life = std::uniform_real_distribution<>(1, 4000)(random);
        const Day at = mass.first + std::uniform_int_distribution(-10, 5000)(random);
        const double expected = naive(mass, half_life, at);
        EXPECT_NEAR(stock_of(mass, half_life, at), expected, 1e-12 * (1 + expected)) << round;
    }
}

TEST(Stock, OfASeriesInStepsEqualsTheDirectSum) {
    std::mt19937_64 random(6);
    std::vector<MassOnDays> masses;
    for (int i = 0; i < 300; ++i) masses.push_back(random_mass(random));
    const double half_life = 365;
    double stepped = 0;
    Day at{-21000};
    for (int step = 0; step < 1500; ++step) {
        const Day next = at + 30;
        stepped = faded(stepped, half_life, 30);
        for (const auto& mass : masses) {
            const Day first = std::max(mass.first, at + 1), last = std::min(mass.last, next);
            if (last < first) continue;
            const double part = mass.mass * (last - first + 1) / (mass.last - mass.first + 1);
            stepped += stock_of({first, last, part}, half_life, next);
        }
        at = next;
        ASSERT_NEAR(stepped, stock_of(masses, half_life, at), 1e-10 * (1 + stepped)) << step;
    }
}

TEST(Stock, OfTwoHalvesIsThatOfTheWhole) {
    std::mt19937_64 random(7);
    for (int round = 0; round < 300; ++round) {
        const auto whole = random_mass(random);
        const std::int32_t days = whole.last - whole.first + 1;
        if (days < 2) continue;
        const std::int32_t cut = std::uniform_int_distribution(1, days - 1)(random);
        const MassOnDays early{whole.first, whole.first + (cut - 1), whole.mass * cut / days};
        const MassOnDays late{whole.first + cut, whole.last, whole.mass * (days - cut) / days};
        const Day at = whole.first + std::uniform_int_distribution(0, 2000)(random);
        const double together = stock_of(early, 200, at) + stock_of(late, 200, at);
        EXPECT_NEAR(together, stock_of(whole, 200, at), 1e-12 * (1 + together));
    }
}

TEST(Stock, DoesNotCareWhichDayIsTheFirst) {
    std::mt19937_64 random(8);
    for (int round = 0; round < 200; ++round) {
        const auto mass = random_mass(random);
        const std::int32_t shift = std::uniform_int_distribution(-30000, 30000)(random);
        const Day at = mass.first + 700;
        EXPECT_EQ(
            stock_of(mass, 365, at),
            stock_of({mass.first + shift, mass.last + shift, mass.mass}, 365, at + shift)
        );
    }
}

}  // namespace
}  // namespace entente::measures
