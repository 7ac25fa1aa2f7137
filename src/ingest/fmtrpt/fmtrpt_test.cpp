// Readings worked out by hand from rows of the published reports; the whole reports: tests/corpus.
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "domain/content.h"
#include "domain/empty.h"
#include "ingest/fmtrpt/heading.h"
#include "ingest/fmtrpt/lines.h"
#include "ingest/fmtrpt/reading.h"
#include "ingest/fmtrpt/text.h"
#include "ingest/fmtrpt/totals.h"

namespace entente::ingest::fmtrpt {
namespace {

Cells row(std::initializer_list<std::pair<Column, std::string_view>> cells) {
    Cells out;
    for (const auto& [column, text] : cells) out[column] = text;
    return out;
}

// course, recipient unit, location, quantity, cost, start, end
Cells activity(
    std::string_view course,
    std::string_view unit,
    std::string_view location,
    std::string_view quantity,
    std::string_view cost,
    std::string_view start,
    std::string_view end
) {
    return row(
        {{Column::course, course},
         {Column::recipient_unit, unit},
         {Column::location, location},
         {Column::quantity, quantity},
         {Column::total_cost, cost},
         {Column::start, start},
         {Column::end, end}}
    );
}

std::string days(const Reading& reading) {
    return (reading.start ? to_iso(*reading.start) : "") + ".." + (reading.end ? to_iso(*reading.end) : "");
}

TEST(TrainingText, ReadsAmountsAndDatesAsPrinted) {
    EXPECT_EQ(money("$1,234"), "1234");
    EXPECT_EQ(money("275967.625"), "275967.625");
    EXPECT_EQ(money("0"), "0");
    EXPECT_FALSE(money("$"));
    EXPECT_FALSE(money("39529-7099"));
    EXPECT_FALSE(money("6/22/2009"));
    EXPECT_EQ(to_iso(*date("6/4/01")), "2001-06-04");
    EXPECT_EQ(to_iso(*date("12/5/2005")), "2005-12-05");
    EXPECT_FALSE(date("12/10/207"));
    EXPECT_FALSE(date("2/30/2005"));
    ASSERT_EQ(dates("1/8/20061/11/2006").size(), 2U);
    EXPECT_EQ(to_iso(dates("1/8/20061/11/2006")[1]), "2006-01-11");
    EXPECT_TRUE(dates("$0").empty());
}

TEST(TrainingText, TellsWhyACellHasNoValue) {
    using domain::Empty;
    EXPECT_EQ(empty_cell("US unit not specified in 2008-2009 report"), Empty::not_released);
    EXPECT_EQ(
        empty_cell("No page numbers: 2006-2007 report was published as web-page, not document."),
        Empty::not_released
    );
    EXPECT_EQ(empty_cell("TBD"), Empty::expected);
    EXPECT_EQ(empty_cell(" - "), Empty::unknown);
    EXPECT_EQ(empty_cell("N/A"), Empty::unknown);
    EXPECT_FALSE(empty_cell("Navy"));
    EXPECT_EQ(readable("Army &amp; Navy  &#233;t&eacute;"), "Army & Navy \xC3\xA9t&eacute;");
}

TEST(TrainingReading, PlainRowNeedsNoRepair) {
    const auto r = read_row(
        activity("SES 06-3", "Chief of Staff", "Marshall Center", "1", "$3,069", "4/24/2006", "5/4/2006"),
        MoneyStyle::dollar
    );
    EXPECT_EQ(r.people, 1);
    EXPECT_EQ(r.cost, "3069");
    EXPECT_EQ(days(r), "2006-04-24..2006-05-04");
    EXPECT_TRUE(r.repairs.empty());
}

TEST(TrainingReading, RecoversSplitCells) {
    auto r = read_row(
        activity("MET REGIONAL DIILS", "MOD", "MACEDONIA", "1", "0 5/18/2009", "", "5/22/2009"),
        MoneyStyle::bare
    );
    EXPECT_EQ(r.cost, "0");
    EXPECT_EQ(days(r), "2009-05-18..2009-05-22");
    r = read_row(activity("C", "U", "P", "1", "106927 7/7/2008 9/30/2009", "", ""), MoneyStyle::bare);
    EXPECT_EQ(r.cost, "106927");
    EXPECT_EQ(days(r), "2008-07-07..2009-09-30");
    r = read_row(activity("C", "U", "P", "1", "4562", "7/13/2009 7/15/2009", ""), MoneyStyle::bare);
    EXPECT_EQ(days(r), "2009-07-13..2009-07-15");
    r = read_row(
        activity("PASS", "INTSEC", "", "2 Garmisch,", "22227", "3/27/2009", "6/19/2009"), MoneyStyle::bare
    );
    EXPECT_EQ(r.people, 2);
    EXPECT_EQ(r.place, "Garmisch");
    ASSERT_EQ(r.repairs.size(), 1U);
    EXPECT_STREQ(r.repairs[0].column, "quantity");
    EXPECT_EQ(r.repairs[0].text, "2 Garmisch,");
}

TEST(TrainingReading, RecoversNumbersAtTheEndOfTexts) {
    auto r = read_row(
        activity("RULE OF LAW", "IT BRANCH 2429", "P", "1", "", "12/8/2008", "12/12/2008"), MoneyStyle::bare
    );
    EXPECT_EQ(r.cost, "2429");
    EXPECT_EQ(r.recipient_unit, "IT BRANCH");
    r = read_row(
        activity("ENG", "AHQ ISLAMABAD 3050 7/27/2009", "LACKLAND", "1", "", "", "9/30/2009"),
        MoneyStyle::bare
    );
    EXPECT_EQ(r.cost, "3050");
    EXPECT_EQ(days(r), "2009-07-27..2009-09-30");
    r = read_row(activity("INSTRUCTOR 1", "", "MOBILE", "", "0", "3/21/2009", "3/31/2009"), MoneyStyle::bare);
    EXPECT_EQ(r.people, 1);
    EXPECT_EQ(r.course, "INSTRUCTOR");
    // A year is no head-count, and a unit's number is no cost where costs are written with a dollar sign.
    EXPECT_FALSE(read_row(activity("SEMINAR 2000", "", "", "", "$5", "", ""), MoneyStyle::dollar).people);
    EXPECT_FALSE(read_row(activity("C", "Battalion 7", "P", "1", "", "", ""), MoneyStyle::dollar).cost);
}

TEST(TrainingReading, RecoversShiftedRows) {
    auto cells =
        activity("RANGER", "-", "FORT BENNING, GAMotorized Unit", "1", "10/18/2005", "12/16/2005", "");
    cells[Column::delivery_unit] = "1348";
    auto r = read_row(cells, MoneyStyle::bare);
    EXPECT_EQ(r.cost, "1348");
    EXPECT_EQ(r.delivery_unit, "");
    EXPECT_EQ(days(r), "2005-10-18..2005-12-16");
    cells = activity("AIR TRAFFIC CONTROL FUND", "3012", "KEESLER AFB", "1", "6/1/2006", "", "");
    cells[Column::delivery_unit] = "4/24/2006";
    r = read_row(cells, MoneyStyle::bare);
    EXPECT_EQ(r.cost, "3012");
    EXPECT_EQ(days(r), "2006-04-24..2006-06-01");
    cells = activity("SUPERINTENDENT OF POLICE;", "$972", "972", "N/A", "", "", "");
    cells[Column::delivery_unit] = "6/17/2015";
    r = read_row(cells, MoneyStyle::dollar);
    EXPECT_EQ(r.cost, "972");
    EXPECT_FALSE(r.people);
    EXPECT_EQ(r.place, "");
}

TEST(TrainingReading, TakesTwoGluedRowsTogether) {
    const auto r = read_row(
        activity("C", "Navy Navy", "P", "30 30", "$48,102 $0", "6/11/01 4/30/01", "6/30/01 5/3/01"),
        MoneyStyle::dollar
    );
    EXPECT_EQ(r.people, 60);
    EXPECT_EQ(r.cost, "48102");
    EXPECT_EQ(days(r), "2001-04-30..2001-06-30");
}

TEST(TrainingReading, ADollarSignAloneIsZeroAndWrappedWordsAreNothing) {
    EXPECT_EQ(read_row(activity("C", "U", "P", "1", "$", "", ""), MoneyStyle::dollar).cost, "0");
    EXPECT_TRUE(read_row(activity("COURSE", "", "", "", "", "", ""), MoneyStyle::dollar).is_fragment());
    EXPECT_FALSE(read_row(activity("COURSE", "", "", "", "$0", "", ""), MoneyStyle::dollar).is_fragment());
}

TEST(TrainingReading, TheLetterOfThePrintIsKeptApart) {
    EXPECT_EQ(people_as_printed("1 Garmisch,"), 1);
    EXPECT_FALSE(people_as_printed("1,738"));
    EXPECT_EQ(cost_as_printed("0 6/22/2009"), "0");
    EXPECT_FALSE(cost_as_printed("$"));
    const auto r = read_row(activity("C", "U", "P", "1,738", "$5", "", ""), MoneyStyle::dollar);
    EXPECT_EQ(r.people, 1738);
    ASSERT_EQ(r.repairs.size(), 1U);
    EXPECT_STREQ(r.repairs[0].repair, "number_form");
}

TEST(TrainingHeading, ReadsProgrammeAndYearOfEveryForm) {
    const auto read = [](std::string_view text, std::string_view country = "Egypt") {
        const auto heading = read_heading(text, country);
        return heading.programme + "|" +
               (heading.fiscal_year ? std::to_string(*heading.fiscal_year) : "none");
    };
    EXPECT_EQ(read("International Military Education And Training (IMET), FY 99"), "IMET|1999");
    EXPECT_EQ(
        read("DoS Near East Region, Egypt, International Military Education and Training (IMET), FY 01"),
        "IMET|2001"
    );
    EXPECT_EQ(
        read(
            "Western Hemisphere Region, Bolivia, Drug Interdiction and Counter-Drug Activities, Section "
            "1004, FY03",
            "Bolivia"
        ),
        "Section 1004|2003"
    );
    EXPECT_EQ(read("IMET-1 - FY 2009 DoS Training"), "IMET-1|2009");
    EXPECT_EQ(
        read("Regional Centers - Fiscal Year 2016 Department of Defense Training"), "Regional Centers|2016"
    );
    EXPECT_EQ(read("Miscellaneous DoD-DoS Activities, FY"), "Misc DoD/DoS Non-SA|none");
    EXPECT_EQ(read("Center For Hemispheric Defense Studies, FY 00 FY 00"), "Regional Centers|2000");
    EXPECT_EQ(read("Some New Fund - Fiscal Year 2019 Department of Defense Training"), "Some New Fund|2019");
}

TEST(TrainingTotals, AreToldByStyleBySumAndByName) {
    TotalsWatch watch;
    watch.count(activity("A", "Army", "P", "3", "100", "1/1/2007", "1/2/2007"));
    watch.count(activity("B", "Navy", "P", "2", "50", "1/1/2007", "1/2/2007"));
    EXPECT_EQ(watch.style(), MoneyStyle::bare);
    EXPECT_TRUE(watch.is_total(activity("", "", "", "9", "$1,000", "", ""))) << "money in another style";
    EXPECT_TRUE(watch.is_total(activity("", "", "", "5", "150", "", ""))) << "the sums so far";
    EXPECT_FALSE(watch.is_total(activity("", "", "", "5", "151", "", "")));
    EXPECT_FALSE(watch.is_total(activity("", "Army", "P", "5", "151", "1/1/2007", "1/2/2007")))
        << "a title may be missing";
    EXPECT_TRUE(watch.is_total(activity("Totals", "", "", "7", "9", "", "")));
    EXPECT_FALSE(watch.is_total(activity("Total Quality Management", "", "", "7", "9", "", "")));
    TotalsWatch dollars;
    dollars.count(activity("A", "Army", "P", "3", "$100", "1/1/2014", "1/2/2014"));
    EXPECT_FALSE(dollars.is_total(activity("", "Army", "P", "1", "$40", "", "")))
        << "every cost has a dollar sign";
}

TEST(TrainingLine, SaysWhichKindOfEmptyAndWhichYear) {
    auto cells =
        activity("SEMINAR", "Student Unit not included in 1999-2000 report", "", "4", "$64,360", "", "");
    cells[Column::country] = "Angola", cells[Column::iso] = "AGO";
    cells[Column::programme] = "Africa Center for Strategic Studies, FY 00";
    cells[Column::start] = "Start date not included in 1999-2000 report";
    std::vector<std::string> remarks;
    const auto place = read_place("1999_2000_Africa_1_fmtrpt.tsv", "x.tsv");
    EXPECT_EQ(place.report, "1999_2000");
    EXPECT_EQ(place.section, "Africa_1");
    auto line = training_line(cells, read_row(cells, MoneyStyle::dollar), place, remarks);
    EXPECT_EQ(text_at(line, "recipient"), "actor:AGO");
    EXPECT_EQ(text_at(line, "fiscal_year"), "2000");
    EXPECT_EQ(text_at(line, "standing"), "planned") << "the second year of a report of two years";
    EXPECT_EQ(domain::empty_of(line["recipient_unit"]), domain::Empty::not_released);
    EXPECT_EQ(domain::empty_of(line["held"]), domain::Empty::not_released);
    EXPECT_EQ(domain::empty_of(line["place"]), domain::Empty::unknown);
    EXPECT_EQ(line["people"].as_int64(), 4);
    cells[Column::programme] = "Democracy Building", cells[Column::iso] = "RCA";
    line = training_line(cells, read_row(cells, MoneyStyle::dollar), {"2006_2007", "Africa"}, remarks);
    EXPECT_EQ(text_at(line, "fiscal_year"), "2006") << "a heading without a year, in a report of one";
    EXPECT_EQ(text_at(line, "standing"), "carried_out");
    EXPECT_EQ(text_at(line, "recipient"), "actor:CAF");
    line = training_line(cells, read_row(cells, MoneyStyle::dollar), {"1999_2000", "Africa"}, remarks);
    EXPECT_EQ(domain::empty_of(line["fiscal_year"]), domain::Empty::unknown) << "one of two years";
}

TEST(TrainingLine, LeavesOutDatesThatCannotBeRight) {
    auto cells = activity("C", "U", "P", "1", "$5", "5/30/2207", "6/4/2008");
    cells[Column::programme] = "IMET-1 - FY 2008 DoS Training";
    std::vector<std::string> remarks;
    auto line = training_line(cells, read_row(cells, MoneyStyle::dollar), {"2008_2009", "Africa"}, remarks);
    EXPECT_EQ(boost::json::serialize(line["held"]), R"({"precision":"open","to":"2008-06-04"})");
    EXPECT_EQ(
        boost::json::serialize(line["printed"]),
        R"([{"column":"start","repair":"implausible_date","text":"5/30/2207"}])"
    );
    cells[Column::start] = "6/9/2008";
    line = training_line(cells, read_row(cells, MoneyStyle::dollar), {"2008_2009", "Africa"}, remarks);
    EXPECT_EQ(domain::empty_of(line["held"]), domain::Empty::unknown) << "the end lies before the start";
    EXPECT_EQ(line["printed"].as_array().size(), 2U);
}

}  // namespace
}  // namespace entente::ingest::fmtrpt
