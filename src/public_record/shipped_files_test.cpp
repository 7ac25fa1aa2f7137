// What ships, against figures that were counted by hand or printed by the sources.
#include <gtest/gtest.h>

#include <map>

#include "measures/tally.h"
#include "public_record/named_rows.h"

namespace entente::public_record {
namespace {

NamedRows training() {
    auto rows = read_named(
        "data/public-record/training.csv",
        {"recipient", "fiscal_year", "programme", "school_families", "activities", "people", "cost_usd"}
    );
    EXPECT_TRUE(rows) << (rows ? "" : rows.error().message);
    return *std::move(rows);
}

struct Sum {
    int activities = 0;
    int people = 0;
    std::int64_t micros = 0;
    friend bool operator==(const Sum&, const Sum&) = default;
    Sum& operator+=(const Sum& other) {
        activities += other.activities, people += other.people, micros += other.micros;
        return *this;
    }
};

Sum sum_of(const NamedRows& rows, std::size_t row) {
    return {
        *rows.number(row, "activities"),
        rows.number(row, "people").value_or(0),
        measures::micros_of(rows.cell(row, "cost_usd")).value_or(0)};
}

constexpr std::int64_t kMicros = 1'000'000;

TEST(ShippedTraining, OnePartnerYearCountedByHand) {
    // Timor-Leste in the report 2015_2016: 24 rows, added up on paper.
    const std::map<std::string, Sum> expected{
        {"IMET-1 ", {2, 2, 29'447 * kMicros}},              // Airborne 4,999; infantry leader 24,448
        {"IMET-1 dli_english", {8, 8, 226'717 * kMicros}},  // eight courses of English
        {"IMET-1 navsciatts", {6, 6, 54'756 * kMicros}},    // two of 16,995, three of 3,929, one of 8,979
        {"Regional Centers asia_pacific_center", {8, 9, 6'723 * kMicros}},  // one row of two people
    };
    const auto rows = training();
    std::map<std::string, Sum> found;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows.cell(i, "recipient") == "TLS" && rows.number(i, "fiscal_year") == 2015)
            found[rows.cell(i, "programme") + " " + rows.cell(i, "school_families")] = sum_of(rows, i);
    EXPECT_EQ(found, expected);
}

TEST(ShippedTraining, EachFiscalYearOnceAndAsTheReportsAddUp) {
    // Places and dollars as their README prints them; where cells were mended, with what that added.
    const std::map<int, std::pair<int, std::int64_t>> expected{
        {1999, {38'012, 119'569'671}},
        {2000, {27'853 + 5, 101'685'587}},
        {2001, {34'492 + 30, 82'466'073}},
        {2002, {30'441, 83'273'621 + 31'000}},
        {2003, {52'735, 224'810'310}},
        {2004, {29'886, 128'697'321}},
        {2005, {32'378, 151'381'251}},
        {2007, {46'724, 246'870'640}},
        {2008, {41'599 - 1, 163'264'206 - 4'000}},  // Indochina is no actor
        {2009, {54'920 + 605, 152'005'832 + 27'362'408}},
        {2010, {42'460, 181'135'654}},
        {2011, {54'731, 200'846'900}},
        {2012, {54'328, 193'291'263}},
        {2013, {52'675, 228'364'381}},
        {2014, {40'032, 198'971'215}},
        {2015, {65'641, 234'278'472 + 4'860}},
        {2016, {64'634, 268'219'041 + 256'460}},
    };
    const auto rows = training();
    std::map<int, Sum> years;
    Sum since_2001, colombia;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const int year = *rows.number(i, "fiscal_year");
        years[year] += sum_of(rows, i);
        if (year < 2001) continue;
        since_2001 += sum_of(rows, i);
        if (rows.cell(i, "recipient") == "COL") colombia += sum_of(rows, i);
    }
    EXPECT_EQ(years.size(), 18U);
    for (const auto& [year, sums] : expected) {
        EXPECT_EQ(years[year].people, sums.first) << year;
        EXPECT_EQ((years[year].micros + kMicros / 2) / kMicros, sums.second) << year;
    }
    EXPECT_EQ(since_2001.people, 733'801 + 605 + 30 - 1);
    EXPECT_EQ(measures::decimal_of(since_2001.micros), "2915788030.17");
    EXPECT_EQ(colombia.people, 66'758 + 19);
    EXPECT_EQ(measures::decimal_of(colombia.micros), "265543208");
}

TEST(ShippedTraining, WhatIsNotReleasedHasNoRowNotEvenAZero) {
    const auto rows = training();
    const std::map<std::string, int> last{
        {"DEU", 0},
        {"GBR", 0},
        {"TUR", 0},
        {"POL", 0},
        {"EST", 2003},
        {"ROU", 2003},
        {"ALB", 2011},
        {"JPN", 2002}};
    std::map<std::string, int> found;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        EXPECT_GT(*rows.number(i, "activities"), 0) << i;
        auto& year = found[rows.cell(i, "recipient")];
        year = std::max(year, *rows.number(i, "fiscal_year"));
    }
    for (const auto& [code, year] : last) EXPECT_EQ(found.contains(code) ? found[code] : 0, year) << code;
}

TEST(ShippedCounts, OnePairCountedByHand) {
    // Exercises of Colombia and the United States in 2006, by name in the list: three.
    auto rows = read_named("data/public-record/exercises.csv", {"a", "b", "source", "year", "exercises"});
    ASSERT_TRUE(rows);
    int found = 0, all = 0;
    for (std::size_t i = 0; i < rows->size(); ++i) {
        if (rows->cell(i, "source") == "mme-7") all += *rows->number(i, "exercises");
        if (rows->cell(i, "a") == "COL" && rows->cell(i, "b") == "USA" && rows->number(i, "year") == 2006)
            found += *rows->number(i, "exercises");
    }
    EXPECT_EQ(found, 3);
    EXPECT_EQ(all, 39'831);
}

}  // namespace
}  // namespace entente::public_record
