#include "cli/render_brief.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "base/utf8.h"
#include "measures/test_facts.h"

namespace entente::cli {
namespace {

using namespace measures::test;

/// A pair with more stops than a page holds.
service::Brief busy_brief(int stops) {
    service::BriefFacts facts;
    facts.a.evidence.id = "usa", facts.a.code = "USA", facts.a.name = "United States";
    facts.b.evidence.id = "chn", facts.b.code = "CHN", facts.b.name = "جمهورية الصين الشعبية";
    facts.actors = {{"chn", {"chn", "CHN", "China"}}};
    for (int i = 0; i < stops; ++i) {
        const auto year = std::to_string(1960 + i);
        facts.disruptions.push_back(
            outage("d" + year, (year + "-02-01").c_str(), (year + "-06").c_str(), "cause " + year)
        );
        facts.engagements.push_back(
            engagement("e" + year, (year + "-06-15").c_str(), i % 2 ? "KLE" : "DLG", "minister")
        );
        facts.shocks.push_back(shock("s" + year, (year + "-01-20").c_str()));
    }
    facts.disruptions.back().ended = stated("");
    facts.coverage = {coverage("v", "sample", {}, "1970..1990")};
    return service::compose_brief(facts, {"usa", "chn", day("2026-05-31"), "checkpoint 214", false});
}

std::vector<std::string> lines(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find('\n', at);
        out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

TEST(RenderBrief, KeepsToThePage) {
    for (const std::size_t width : {80UL, 99UL, 120UL})
        for (const int stops : {1, 5, 20, 60}) {
            const auto text = render_brief(busy_brief(stops), {width, true, false, true}, {});
            const auto found = lines(text);
            EXPECT_LE(found.size(), 60U) << width << " " << stops;
            for (const auto& line : found) EXPECT_LE(cell_width(line), width) << line;
        }
}

TEST(RenderBrief, AllNamesEveryStop) {
    const auto text = render_brief(busy_brief(60), {80, true, false, true}, {true, false});
    for (int year = 1960; year < 2020; ++year)
        EXPECT_NE(text.find("cause " + std::to_string(year)), std::string::npos) << year;
    EXPECT_EQ(text.find("earlier: --all"), std::string::npos);
}

TEST(RenderBrief, APipeIsAsciiAndUncut) {
    auto brief = busy_brief(5);
    brief.b.name = "China";
    const auto text = render_brief(brief, {}, {});
    EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](char c) {
        return c == '\n' || (c >= 0x20 && c < 0x7F);
    })) << text;
    EXPECT_EQ(text.find("..."), text.find("....")) << "dots are cells of a chart, never an ellipsis";
}

TEST(RenderBrief, UncoveredYearsAreHatched) {
    const auto text = render_years(busy_brief(40), {120, true, false, true});
    const auto found = lines(text);
    const auto covered = std::find_if(found.begin(), found.end(), [](const auto& line) {
        return line.starts_with("covered");
    });
    ASSERT_NE(covered, found.end());
    std::string expected = "covered       ";
    for (int year = 1960; year <= 2026; ++year) expected += year >= 1970 && year <= 1990 ? "s" : "░";
    EXPECT_EQ(*covered, expected);
    EXPECT_NE(text.find("░ not covered"), std::string::npos);
}

TEST(RenderBrief, ExplainNamesTheRecords) {
    const auto text = render_brief(busy_brief(5), {80, true, false, true}, {false, true});
    EXPECT_NE(text.find("stop 3, days: 120-149: d1962"), std::string::npos) << text;
}

TEST(RenderBrief, NothingOnRecordIsSaidInWords) {
    service::BriefFacts facts;
    facts.a.name = "Kenya", facts.b.name = "Chile";
    const auto brief =
        service::compose_brief(facts, {"ken", "chl", day("2026-05-31"), "checkpoint 214", false});
    const auto text = render_brief(brief, {80, true, false, true}, {});
    EXPECT_NE(text.find("no contacts; no stops; no single refusals; no shocks"), std::string::npos);
    EXPECT_NE(text.find("not covered 2026"), std::string::npos);
    EXPECT_EQ(text.find(" 0 "), std::string::npos) << text;
}

}  // namespace
}  // namespace entente::cli
