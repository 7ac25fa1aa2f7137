#include "cli/render_brief.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "base/utf8.h"
#include "measures/test_facts.h"

namespace entente::cli {
namespace {

using namespace measures::test;

/// Training of many programmes, exercises, agreements, alliances and visits.
void add_beside(service::BriefFacts& facts) {
    for (int year = 1999; year <= 2016; ++year) {
        measures::Tally tally;
        tally.evidence.id = "training-CHN-" + std::to_string(year);
        tally.what = "training", tally.deliverer = "usa", tally.recipient = "chn",
        tally.parties = {"usa", "chn"};
        tally.standing = "carried_out";
        tally.period = {
            measures::fiscal_year_begin(year), measures::fiscal_year_end(year), domain::Precision::range};
        for (int i = 0; i < 30; ++i) {
            auto& part = tally.parts.emplace_back();
            part.programme = "Programme " + std::to_string(i), part.number = 1 + i,
            part.people.value = 1000 + i;
            part.cost_micros.value = 1'000'000'000LL * i;
            part.school_families = {"whinsec", "dli_english"};
        }
        facts.tallies.push_back(tally);
    }
    measures::Tally exercises;
    exercises.evidence.id = "exercises-CHN-USA", exercises.what = "exercises",
    exercises.parties = {"usa", "chn"};
    exercises.period = date("1980..2010");
    exercises.parts.resize(1);
    exercises.parts[0].period = date("2004"), exercises.parts[0].number = 12;
    facts.tallies.push_back(exercises);
    for (const char* what : {"agreements_in_force", "alliances_in_force"}) {
        exercises.what = what;
        exercises.parts[0].period = date("1990..2010");
        exercises.parts[0].obligations = {"defence", "non_aggression"};
        facts.tallies.push_back(exercises);
        auto statement = coverage(std::string("v-") + what, "sample", {}, "1980..2010");
        statement.record_types = {"tally"}, statement.counts = {what};
        facts.coverage.push_back(statement);
    }
    facts.engagements.push_back(engagement("p", "2020-02-01", "POL", "minister"));
    facts.engagements.back().subcategory = "foreign_minister_visit", facts.engagements.back().host = "chn";
}

/// A pair with more stops than a page holds.
service::Brief busy_brief(int stops, bool beside = false) {
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
    if (beside) add_beside(facts);
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
        for (const int stops : {1, 5, 9, 20, 60})
            for (const bool beside : {false, true}) {
                const auto text = render_brief(busy_brief(stops, beside), {width, true, false, true}, {});
                const auto found = lines(text);
                EXPECT_LE(found.size(), 60U) << width << " " << stops << " " << beside;
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

TEST(RenderBrief, TrainingHasItsTableAndAFullPageALine) {
    const auto roomy = render_brief(busy_brief(1, true), {80, true, false, true}, {});
    EXPECT_NE(roomy.find("Training    547,830 places"), std::string::npos) << roomy;  // 18 years of 30,435
    EXPECT_NE(roomy.find("Programme, then school"), std::string::npos) << roomy;
    EXPECT_NE(roomy.find("at WHINSEC"), std::string::npos) << roomy;
    EXPECT_NE(roomy.find("more programmes"), std::string::npos) << roomy;
    EXPECT_NE(roomy.find("shown, not counted"), std::string::npos) << roomy;
    const auto full = render_brief(busy_brief(20, true), {80, true, false, true}, {});
    EXPECT_EQ(full.find("Programme, then school"), std::string::npos) << full;
    EXPECT_NE(full.find("Training    547,830 places, USD 7,830,000"), std::string::npos) << full;
    const auto all = render_brief(busy_brief(20, true), {80, true, false, true}, {true, false});
    EXPECT_NE(all.find("Programme 0 "), std::string::npos) << all;
    EXPECT_EQ(all.find("more programmes"), std::string::npos);
}

TEST(RenderBrief, NotReleasedIsAWordAndNoZero) {
    service::BriefFacts facts;
    facts.a.evidence.id = "usa", facts.a.name = "United States", facts.b.evidence.id = "deu",
    facts.b.name = "Germany";
    auto statement = coverage("v", "not_released", {"usa", "deu"}, "1998-10-01..2016-09-30");
    statement.record_types = {"training_line", "tally"}, statement.counts = {"training"};
    statement.ground = "law", statement.notes = {"NATO members are left out"};
    facts.coverage = {statement};
    facts.engagements = {engagement("p", "1999-02-01", "POL")};
    facts.engagements[0].actors = {"usa", "deu"}, facts.engagements[0].host = "deu";
    const auto brief =
        service::compose_brief(facts, {"usa", "deu", day("2026-05-31"), "checkpoint 214", false});
    const auto text = render_brief(brief, {}, {});
    EXPECT_NE(
        text.find("Training    not released 1999-2016 by law: NATO members are left out; not covered after "
                  "30 Sep 2016\n"),
        std::string::npos
    ) << text;
    EXPECT_NE(text.find("trained       nnnnnnnnnnnnnnnnnn----------"), std::string::npos) << text;
    EXPECT_NE(text.find("n not released"), std::string::npos) << text;
    EXPECT_EQ(text.find(" 0 places"), std::string::npos) << text;
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
