#include "measures/training.h"

#include <gtest/gtest.h>

#include "measures/test_facts.h"

namespace entente::measures {
namespace {

using namespace test;

const Pair kTrained{"usa", "col"};
const Day kToday = day("2026-01-01");

TrainingLine line(const char* id, int year, const char* programme, int people, std::int64_t dollars) {
    TrainingLine out;
    out.evidence.id = id, out.deliverer = "usa", out.recipient = "col";
    out.fiscal_year = year, out.standing = "carried_out", out.programme = programme;
    if (people >= 0)
        out.people.value = people;
    else
        out.people.none = domain::Empty::unknown;
    if (dollars >= 0)
        out.cost_micros.value = dollars * 1'000'000;
    else
        out.cost_micros.none = domain::Empty::unknown;
    return out;
}

TEST(Training, MissingIsNeverZeroAndZeroIsAValue) {
    const std::vector<TrainingLine> lines{
        line("a", 2015, "IMET-1", 2, 100), line("b", 2015, "IMET-1", -1, 0), line("c", 2015, "FMF", -1, -1)};
    const auto cells = cells_of(lines, kTrained, kToday);
    ASSERT_EQ(cells.size(), 2U);
    EXPECT_EQ(cells[0].programme, "FMF");
    EXPECT_FALSE(cells[0].sum.knows_people());
    EXPECT_FALSE(cells[0].sum.knows_cost());
    EXPECT_EQ(cells[1].sum.activities, 2);
    EXPECT_EQ(cells[1].sum.people, (Quantity{2, 1}));
    EXPECT_EQ(cells[1].sum.cost_micros, (Quantity{100'000'000, 0}));
    EXPECT_EQ(cells[1].records.size(), 2U);
}

TEST(Training, PlannedOpenAndOthersAreLeftOut) {
    auto planned = line("p", 2001, "IMET-1", 5, 5), open = line("o", 0, "IMET-1", 5, 5);
    auto other = line("x", 2001, "IMET-1", 5, 5);
    planned.standing = "planned", other.recipient = "per";
    EXPECT_TRUE(cells_of(std::vector{planned, open, other}, kTrained, kToday).empty());
    const std::vector later{line("l", 2016, "IMET-1", 1, 1)};
    EXPECT_TRUE(cells_of(later, kTrained, day("2015-09-30")).empty());
    EXPECT_EQ(cells_of(later, kTrained, day("2015-10-01")).size(), 1U) << "the fiscal year begins in October";
}

TEST(Training, TalliesAndLinesOfTheSameYearSayTheSame) {
    const std::vector<TrainingLine> lines{
        line("a", 2015, "IMET-1", 2, 100), line("b", 2015, "IMET-1", -1, 30), line("c", 2016, "FMF", 7, -1)};
    Tally first, second;
    first.evidence.id = "t", second.evidence.id = "u";
    for (auto* tally : {&first, &second}) {
        tally->what = "training", tally->deliverer = "usa", tally->recipient = "col";
        tally->parties = {"usa", "col"}, tally->standing = "carried_out";
        tally->parts.resize(1);
    }
    first.period = date("2014-10-01..2015-09-30"), second.period = date("2015-10-01..2016-09-30");
    first.parts[0].programme = "IMET-1", first.parts[0].number = 2, first.parts[0].people.value = 2;
    first.parts[0].people_missing = 1, first.parts[0].cost_micros.value = 130'000'000;
    second.parts[0].programme = "FMF", second.parts[0].number = 1, second.parts[0].people.value = 7;
    second.parts[0].cost_micros.none = domain::Empty::unknown;
    const auto counted = cells_of(lines, kTrained, kToday);
    const auto tallied = cells_of(std::vector{first, second}, kTrained, kToday);
    ASSERT_EQ(counted.size(), tallied.size());
    for (std::size_t i = 0; i < counted.size(); ++i) {
        EXPECT_EQ(counted[i].sum, tallied[i].sum);
        EXPECT_EQ(counted[i].fiscal_year, tallied[i].fiscal_year);
        EXPECT_EQ(counted[i].programme, tallied[i].programme);
    }
}

}  // namespace
}  // namespace entente::measures
