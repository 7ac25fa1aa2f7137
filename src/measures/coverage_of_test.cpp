#include "measures/coverage_of.h"

#include <array>
#include <random>

#include <gtest/gtest.h>

#include "measures/test_facts.h"

namespace entente::measures {
namespace {

using test::coverage;
using test::day;

const CoverageQuestion kQuestion{test::kPair, "engagement", "DLG"};
const Day kLater = day("2030-12-31");

CoverageKind in_year(const std::vector<Coverage>& statements, int year, Day until = kLater) {
    return coverage_in_year(statements, kQuestion, year, until).kind;
}

TEST(CoverageOf, NothingSaidIsNotCovered) {
    EXPECT_EQ(in_year({}, 2020), CoverageKind::not_covered);
    EXPECT_EQ(in_year({coverage("v", "census", {"usa", "ind"}, "2020")}, 2020), CoverageKind::not_covered);
    EXPECT_EQ(in_year({coverage("v", "census", {}, "2020")}, 2021), CoverageKind::not_covered);
}

TEST(CoverageOf, TheMoreSpecificStatementDecides) {
    const std::vector<Coverage> statements{
        coverage("all", "census", {}, "1980..2030"),
        coverage("side", "sparse", {"chn"}, "1990..2030"),
        coverage("pair", "sample", {"chn", "usa"}, "2000..2010"),
    };
    EXPECT_EQ(in_year(statements, 1985), CoverageKind::census);
    EXPECT_EQ(in_year(statements, 1995), CoverageKind::sparse);
    EXPECT_EQ(in_year(statements, 2005), CoverageKind::sample);
    EXPECT_EQ(in_year(statements, 2011), CoverageKind::sparse);
    EXPECT_EQ(coverage_in_year(statements, kQuestion, 2005, kLater).statements.front().id, "pair");
}

TEST(CoverageOf, CategoriesAndTypesNarrow) {
    auto only_exercises = coverage("v", "census", {"usa", "chn"}, "2020");
    only_exercises.categories = {"EXR"};
    EXPECT_EQ(in_year({only_exercises}, 2020), CoverageKind::not_covered);
    EXPECT_EQ(
        coverage_on(std::vector{only_exercises}, {test::kPair, "engagement", "EXR"}, day("2020-05-05")).kind,
        CoverageKind::census
    );
    EXPECT_EQ(
        coverage_on(std::vector{only_exercises}, {test::kPair, "shock", "EXR"}, day("2020-05-05")).kind,
        CoverageKind::not_covered
    );
}

TEST(CoverageOf, HalfAYearDecides) {
    const std::vector<Coverage> half{
        coverage("v", "sample", {}, "2021-01-01..2021-07-02")};  // 183 of 365 days
    const std::vector<Coverage> less{coverage("v", "sample", {}, "2021-01-01..2021-07-01")};  // 182
    EXPECT_EQ(in_year(half, 2021), CoverageKind::sample);
    EXPECT_EQ(in_year(less, 2021), CoverageKind::not_covered);
    EXPECT_EQ(in_year(less, 2021, day("2021-07-31")), CoverageKind::sample)
        << "only days up to the day asked about";
    EXPECT_EQ(in_year(less, 2022, day("2021-07-31")), CoverageKind::not_covered);
}

TEST(CoverageOf, ABetterHalfCountsForTheWorseOne) {
    const std::vector<Coverage> mixed{
        coverage("a", "census", {}, "2021-01-01..2021-04-30"),
        coverage("b", "sparse", {}, "2021-05-01..2021-12-31"),
    };
    EXPECT_EQ(in_year(mixed, 2021), CoverageKind::sparse);
}

// Oracle: every day of every year asked about one by one.
TEST(CoverageOf, NaiveCountingOfDaysAgrees) {
    std::mt19937 random(5);
    const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    constexpr std::array kKinds{"census", "sample", "sparse", "not_released"};
    for (int round = 0; round < 30; ++round) {
        std::vector<Coverage> statements;
        for (int i = 0; i < 5; ++i) {
            const Day from = day("2000-01-01") + pick(1500);
            const auto covers = to_iso(from) + ".." + to_iso(from + pick(600));
            const auto kind = kKinds[static_cast<std::size_t>(pick(4))];
            statements.push_back(coverage(
                "v",
                kind,
                pick(2) ? std::vector<std::string>{"usa", "chn"} : std::vector<std::string>{},
                covers.c_str()
            ));
        }
        for (int year = 2000; year < 2006; ++year) {
            std::array<int, 5> days{};
            const int length = *day_of(year, 12, 31) - *day_of(year, 1, 1) + 1;
            for (int i = 0; i < length; ++i)
                ++days[static_cast<std::size_t>(coverage_on(statements, kQuestion, *day_of(year, 1, 1) + i)
                                                    .kind)];
            int sum = 0;
            auto expected = CoverageKind::not_covered;
            for (std::size_t kind = 0; kind < 4 && expected == CoverageKind::not_covered; ++kind)
                if (sum += days[kind]; days[kind] > 0 && 2 * sum >= length)
                    expected = static_cast<CoverageKind>(kind);
            EXPECT_EQ(in_year(statements, year), expected) << round << " " << year;
        }
    }
}

TEST(CoverageOf, OpenEndsReachOn) {
    EXPECT_EQ(
        in_year({coverage("v", "not_released", {"usa"}, "1999-01-01..")}, 2029), CoverageKind::not_released
    );
    EXPECT_EQ(
        in_year({coverage("v", "not_released", {"usa"}, "1999-01-01..")}, 1998), CoverageKind::not_covered
    );
}

TEST(CoverageOf, AStatementOnContactsSaysNothingOfPoliticalOnes) {
    auto statement = coverage("v", "sample", {}, "1990..2020");
    const auto kind = [&] {
        return coverage_on(std::vector{statement}, {test::kPair, "engagement", "POL"}, day("2000-01-01"))
            .kind;
    };
    EXPECT_EQ(kind(), CoverageKind::not_covered);
    statement.categories = {"POL"};
    EXPECT_EQ(kind(), CoverageKind::sample);
}

TEST(CoverageOf, AStatementOnOneCountSaysNothingOfAnother) {
    auto statement = coverage("v", "sample", {"usa"}, "1998-10-01..2016-09-30");
    statement.record_types = {"training_line", "tally"};
    statement.counts = {"training"};
    const std::vector<Coverage> statements{statement};
    const auto kind = [&](const char* type, const char* count) {
        return coverage_on(statements, {test::kPair, type, {}, count}, day("2000-01-01")).kind;
    };
    EXPECT_EQ(kind("tally", "training"), CoverageKind::sample);
    EXPECT_EQ(kind("tally", "exercises"), CoverageKind::not_covered);
    EXPECT_EQ(kind("training_line", ""), CoverageKind::sample);
    EXPECT_EQ(kind("engagement", ""), CoverageKind::not_covered);
    // A fiscal year is asked for by its days: most of calendar 1998 is not covered, all of fiscal 1999 is.
    const CoverageQuestion question{test::kPair, "tally", {}, "training"};
    EXPECT_EQ(
        coverage_in_year(statements, question, 1998, day("2026-01-01")).kind, CoverageKind::not_covered
    );
    EXPECT_EQ(
        coverage_between(statements, question, day("1998-10-01"), day("1999-09-30")).kind,
        CoverageKind::sample
    );
    EXPECT_EQ(
        coverage_between(statements, question, day("1999-10-01"), day("1999-09-30")).kind,
        CoverageKind::not_covered
    ) << "no day at all";
}

}  // namespace
}  // namespace entente::measures
