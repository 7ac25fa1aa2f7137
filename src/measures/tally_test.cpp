#include "measures/tally.h"

#include <gtest/gtest.h>

#include "measures/test_facts.h"

namespace entente::measures {
namespace {

using namespace test;

TEST(Tally, IsReadWithItsKindsOfEmpty) {
    const auto content = parse_json(R"({"what":"training","parties":["usa","col"],"deliverer":"usa",
        "recipient":"col","period":{"from":"2014-10-01","precision":"range","to":"2015-09-30"},
        "standing":"carried_out","source_id":"training-COL-2015",
        "parts":[{"programme":"IMET-1","school_families":["whinsec"],"number":3,"people":5,"people_missing":1,
                  "cost":{"amount":"275967.625","currency":"USD"}},
                 {"programme":{"none":"unknown"},"number":2,"people":{"none":"unknown"},"cost":{"none":"unknown"}}]})"
    );
    ASSERT_TRUE(content);
    const auto tally = read_tally("t", content->as_object());
    ASSERT_EQ(tally.parts.size(), 2U);
    EXPECT_EQ(*tally.parts[0].people, 5);
    EXPECT_EQ(*tally.parts[0].cost_micros, 275'967'625'000);
    EXPECT_EQ(tally.parts[0].people_missing, 1);
    EXPECT_EQ(tally.parts[1].programme, "");
    EXPECT_FALSE(tally.parts[1].people);
    EXPECT_EQ(tally.parts[1].people.none, domain::Empty::unknown);
    EXPECT_EQ(tally.parts[1].cost_micros.none, domain::Empty::unknown);
}

TEST(Tally, MoneyIsExact) {
    EXPECT_EQ(micros_of("2887451719.17"), 2'887'451'719'170'000);
    EXPECT_EQ(micros_of("0"), 0);
    EXPECT_EQ(micros_of("-1.5"), -1'500'000);
    EXPECT_EQ(micros_of("1.2345678"), std::nullopt);
    EXPECT_EQ(micros_of("99999999999999999999"), std::nullopt);
    EXPECT_EQ(micros_of(""), std::nullopt);
    EXPECT_EQ(micros_of("1,000"), std::nullopt);
    for (const char* text : {"0", "719.17", "275967.625", "-0.5", "-12", "2887451719.17"})
        EXPECT_EQ(decimal_of(*micros_of(text)), text);
}

Tally tally(std::string id, std::string what, std::vector<std::pair<const char*, int>> parts) {
    Tally out;
    out.evidence.id = std::move(id), out.what = std::move(what), out.parties = {"usa", "chn"};
    out.period = date("1980..2010");
    for (const auto& [period, number] : parts) {
        out.parts.emplace_back();
        out.parts.back().period = date(period), out.parts.back().number = number;
    }
    return out;
}

TEST(TalliedYears, TwoTalliesOfAYearAreNeverAdded) {
    const std::vector<Tally> tallies{
        tally("t", "exercises", {{"1980", 2}, {"1982", 1}}),
        tally("u", "exercises", {{"1980", 3}, {"1981", 4}}),
        tally("v", "agreements_in_force", {{"1979..1983", 9}})};
    const auto years = tallied_years(tallies, "exercises", kPair, day("2026-01-01"));
    ASSERT_EQ(years.size(), 3U);
    EXPECT_EQ(years[0].number, 3);
    EXPECT_EQ(years[0].evidence.id, "u");
    EXPECT_EQ(years[1].number, 4);
    EXPECT_EQ(years[2].year, 1982);
    const auto spans = tallied_years(tallies, "agreements_in_force", kPair, day("1981-06-01"));
    ASSERT_EQ(spans.size(), 3U);
    EXPECT_EQ(spans.front().year, 1979);
    EXPECT_EQ(spans.back().year, 1981) << "nothing after the day asked about";
    EXPECT_TRUE(tallied_years(tallies, "exercises", {"usa", "jpn"}, day("2026-01-01")).empty());
}

}  // namespace
}  // namespace entente::measures
