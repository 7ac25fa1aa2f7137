#include "measures/counts.h"

#include <random>

#include <gtest/gtest.h>

#include "measures/test_facts.h"

namespace entente::measures {
namespace {

using test::day;
using test::engagement;

const Day kOn = day("2026-05-31");

TEST(Counts, ByTheYearOfTheBeginning) {
    std::vector<Engagement> engagements{
        engagement("a", "2020-12-30..2021-01-03"),
        engagement("b", "2020"),
        engagement("c", "2020-02", "KLE"),
        engagement("d", "2022-03-01"),
        engagement("e", "2022-03-01"),
        engagement("f", "2026-06-01"),
    };
    engagements[4].status = "announced";
    engagements.push_back(engagement("g", "2021-05-05"));
    engagements.back().actors = {"usa", "ind"};
    const auto years = count_by_year(engagements, test::kPair, kOn);
    ASSERT_EQ(years.size(), 3U);
    EXPECT_EQ(years[0].year, 2020);
    EXPECT_EQ(years[0].total(), 3U);
    EXPECT_EQ(years[0].by_category.at("DLG").size(), 2U);
    EXPECT_EQ(years[0].by_category.at("KLE").front().id, "c");
    EXPECT_EQ(years[1].total(), 0U);
    EXPECT_EQ(years[2].total(), 1U);
    EXPECT_TRUE(count_by_year({}, test::kPair, kOn).empty());
}

TEST(Counts, LastContactWithDaysSince) {
    const std::vector<Engagement> engagements{
        engagement("a", "2024-04-03..2024-04-04"),
        engagement("b", "2025-12-15..2025-12-16"),
        engagement("c", "2026-05", "KLE"),
        engagement("d", "2005", "EXR"),
    };
    const auto last = last_contacts(engagements, test::kPair, kOn);
    ASSERT_EQ(last.size(), 3U);
    EXPECT_EQ(last[0].category, "KLE");
    EXPECT_EQ(last[0].days_since, (domain::LengthRange{0, 30}));
    EXPECT_EQ(last[1].engagement->evidence.id, "b");
    EXPECT_EQ(last[1].records, 2U);
    EXPECT_EQ(last[1].days_since, (domain::LengthRange{166, 166}));  // 15 + 31 + 28 + 31 + 30 + 31
    EXPECT_EQ(last[2].days_since, (domain::LengthRange{kOn - day("2005-12-31"), kOn - day("2005-01-01")}));
}

TEST(Counts, NaiveCountingAgrees) {
    std::mt19937 random(7);
    std::vector<Engagement> engagements;
    for (int i = 0; i < 300; ++i) {
        const int year = 1990 + static_cast<int>(random() % 30);
        engagements.push_back(
            engagement(std::to_string(i), std::to_string(year).c_str(), random() % 2 ? "DLG" : "EXR")
        );
        if (random() % 5 == 0) engagements.back().status = "refused";
    }
    const auto years = count_by_year(engagements, test::kPair, kOn);
    for (const auto& year : years)
        for (const char* category : {"DLG", "EXR"}) {
            std::size_t naive = 0;
            for (const auto& one : engagements)
                naive += one.status == "completed" && one.category == category &&
                         calendar(*one.held->from).year == year.year;
            const auto found = year.by_category.find(category);
            EXPECT_EQ(found == year.by_category.end() ? 0 : found->second.size(), naive)
                << year.year << category;
        }
}

}  // namespace
}  // namespace entente::measures
