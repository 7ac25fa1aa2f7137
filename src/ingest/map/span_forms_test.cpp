// Spans of days in one cell: read by a declared form, and proposed where values look so.
#include "ingest/map/span_forms.h"

#include <gtest/gtest.h>

#include "ingest/map/date_guess.h"

namespace entente::ingest::map {
namespace {

std::string span(std::string_view cell, std::vector<std::string> forms) {
    const auto read = read_span(cell, forms, 1950);
    if (!read) return "ERROR " + read.error().message;
    const auto text = span_text(read->first, read->last);
    return text ? *text : "ERROR " + text.error().message;
}

TEST(SpanForms, AsPeopleWriteThem) {
    for (const auto& [cell, form] : std::vector<std::pair<const char*, const char*>>{
             {"3-5 Apr 2024", "%d%-%d %B %Y"},
             {"3–5 April 2024", "%d%-%d %B %Y"},
             {"3 — 5 avril 2024", "%d%-%d %B %Y"},
             {"3 to 5 April 2024", "%d%-%d %B %Y"},
             {"3. bis 5. April 2024", "%d.%-%d. %B %Y"},
             {"Apr 3-5, 2024", "%B %d%-%d, %Y"},
             {"3 Apr – 5 Apr 2024", "%d %B%-%d %B %Y"},
             {"2024-04-03 - 2024-04-05", "iso%-iso"},
             {"2024-04-03-2024-04-05", "iso%-iso"},
             {"2024-04-03 to 2024-04-05", "iso%-iso"},
             {"2024-04-03T08:00 – 2024-04-05T17:00", "iso%-iso"},
             {"2024-04-03/2024-04-05", "iso/iso"},
             {"03.-05.04.2024", "%d.%-%d.%m.%Y"},
             {"03.04.-05.04.2024", "%d.%m.%-%d.%m.%Y"},
             {"03.04.2024 - 05.04.2024", "%d.%m.%Y%-%d.%m.%Y"},
             {"3-5/4/2024", "%d%-%d/%m/%Y"},
             {"4/3-5/2024", "%m/%d%-%d/%Y"}}) {
        EXPECT_TRUE(is_span_form(form)) << form;
        EXPECT_EQ(span(cell, {form}), "2024-04-03..2024-04-05") << cell;
        const auto guess = guess_dates("x", {cell}, false);
        ASSERT_EQ(guess.forms.size(), 1U) << cell;
        EXPECT_EQ(span(cell, guess.forms), "2024-04-03..2024-04-05") << cell << " as " << guess.forms[0];
    }
    EXPECT_EQ(span("30 Apr - 2 May 2024", {"%d %B%-%d %B %Y"}), "2024-04-30..2024-05-02");
    EXPECT_EQ(span("April-May 2024", {"%B%-%B %Y"}), "2024-04..2024-05");
    EXPECT_EQ(span("2023-2024", {"iso%-iso"}), "2023..2024");
    EXPECT_EQ(span("3 Apr 2024", {"%d%-%d %B %Y", "%d %B %Y"}), "2024-04-03") << "forms may be mixed";
}

TEST(SpanForms, AYearThatIsToldOnceIsThatOfTheEnd) {
    EXPECT_EQ(span("30 Dec - 2 Jan 2025", {"%d %B%-%d %B %Y"}), "2024-12-30..2025-01-02");
    EXPECT_EQ(
        span("30 Apr - 2 Mar 2024", {"%d %B%-%d %B %Y"}),
        "ERROR found 2024-04-30 to 2024-03-02, expected an end that is not before the beginning"
    );
    EXPECT_EQ(
        span("5-3 Apr 2024", {"%d%-%d %B %Y"}),
        "ERROR found 2024-04-05 to 2024-04-03, expected an end that is not before the beginning"
    );
}

TEST(SpanForms, WhatIsNotDeclaredIsRefusedWithTheFormThatWouldRead) {
    EXPECT_EQ(
        span("3-5 Apr 2024", {"iso"}),
        "ERROR found '3-5 Apr 2024', expected a date such as 2024-04-03 (%d%-%d %B %Y would read it)"
    );
    EXPECT_EQ(
        span("31/12/2023", {"%m/%d/%Y"}),
        "ERROR found '31/12/2023', there is no month 31: expected a date such as 04/03/2024 (%d/%m/%Y would "
        "read it)"
    );
    EXPECT_EQ(span("30-31 Feb 2024", {"%d%-%d %B %Y"}).substr(0, 5), "ERROR") << "there is no such day";
    EXPECT_EQ(
        span("2024-01-02/03", {"iso", "iso/iso"}),
        "ERROR found '2024-01-02/03', expected a date such as 2024-04-03 or 2024-04-03/2024-04-05"
    );
}

TEST(SpanForms, AFormIsTwoOfWhichOneHasTheYear) {
    for (const auto* good :
         {"%d%-%d %B %Y", "%B %d%-%d, %Y", "iso%-iso", "iso/iso", "%d. %B %Y", "%B%-%B %Y"})
        EXPECT_TRUE(is_span_form(good)) << good;
    for (const auto* bad : {"%d%-%d %B", "%-%d %B %Y", "%d %B %Y%-", "%d%-%d%-%d.%m.%Y", "%Q%-%d %B %Y"})
        EXPECT_FALSE(is_span_form(bad)) << bad;
}

TEST(DateGuess, WhatFitsBothOrdersIsAskedUnlessOtherValuesTell) {
    const auto doubts = [](const std::vector<std::string>& values) {
        std::string out;
        for (const auto& doubt : guess_dates("When", values, true).doubts) out += doubt + "\n";
        return out;
    };
    EXPECT_EQ(
        doubts({"3-5/4/2024"}),
        "When: '3-5/4/2024' is taken as 2024-04-03 to 2024-04-05, the days first: is it so?\n"
    );
    EXPECT_EQ(doubts({"3-5/4/2024", "13/04/2024"}), "") << "the day comes first in another value";
    EXPECT_EQ(
        doubts({"04/05/2024"}),
        "When: '04/05/2024' fits %m/%d/%Y as well as %d/%m/%Y: is the day or the month first? Taken as "
        "%d/%m/%Y\n"
    );
    EXPECT_EQ(doubts({"04/05/2024", "04/13/2024"}), "");
    EXPECT_EQ(
        guess_dates("When", {"04/05/2024 - 04/07/2024", "04/13/2024"}, true).forms.back(),
        "%m/%d/%Y%-%m/%d/%Y"
    );
    EXPECT_NE(
        doubts({"04/05/2024", "04/13/2024", "13/04/2024"}).find("in others the month"), std::string::npos
    );
}

TEST(DateGuess, NumbersWithADashAreNoYears) {
    EXPECT_TRUE(guess_dates("Order", {"1234-5678", "2001-2002"}, false).forms.empty());
    EXPECT_EQ(guess_dates("Year", {"2023-2024", "2024"}, true).forms.size(), 2U);
}

}  // namespace
}  // namespace entente::ingest::map
