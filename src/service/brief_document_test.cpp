#include "service/brief_document.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "measures/test_facts.h"
#include "measures/tie/strength.h"
#include "service/brief_parts.h"

namespace entente::service {
namespace {

using namespace measures::test;
using picture::Section;
using picture::Table;
using picture::Text;

BriefFacts pair_facts() {
    BriefFacts facts;
    facts.a.evidence.id = "usa", facts.a.code = "USA", facts.a.name = "United States";
    facts.b.evidence.id = "chn", facts.b.code = "CHN", facts.b.name = "China";
    facts.actors = {{"usa", {"usa", "USA", "United States"}}, {"chn", {"chn", "CHN", "China"}}};
    return facts;
}

Brief pictured(const BriefFacts& facts, const char* on = "2026-05-31") {
    const BriefRequest request{"usa", "chn", day(on), "checkpoint 1", false, true};
    auto brief = compose_brief(facts, request);
    const measures::TieFacts tie{
        kPair,
        facts.engagements,
        facts.agreements,
        facts.tallies,
        facts.training_lines,
        facts.coverage,
        false};
    add_picture(brief, facts, tie, request);
    return brief;
}

const Section* section_of(const picture::Document& document, std::string_view title) {
    for (const auto& page : document.pages)
        for (const auto& band : page.bands)
            for (const auto& column : band.columns)
                for (const auto& section : column.sections)
                    if (section.title == title) return &section;
    return nullptr;
}

const Table* table_of(const Section* section) {
    if (!section) return nullptr;
    for (const auto& block : section->blocks)
        if (const auto* table = std::get_if<Table>(&block)) return table;
    return nullptr;
}

std::string words_of(const Section* section) {
    std::string out;
    for (const auto& block : section->blocks)
        if (const auto* text = std::get_if<Text>(&block)) out += text->words + "\n";
    return out;
}

template <class Panel>
const Panel* panel_of(const Brief& brief, std::string_view name) {
    for (const auto& panel : brief.line_of_time->panels)
        if (const auto* one = std::get_if<Panel>(&panel); one && one->name == name) return one;
    return nullptr;
}

TEST(BriefDocument, HasTwoPagesAndSaysWhatIsEmptyInWords) {
    const auto document = brief_document(pictured(pair_facts()));
    EXPECT_EQ(document.title, "United States and China");
    EXPECT_EQ(document.pages.size(), 2U);
    EXPECT_EQ(words_of(section_of(document, "Stops")), "None on record, and no single refusal.\n");
    EXPECT_EQ(words_of(section_of(document, "Channels")), "None on record.\n");
    EXPECT_EQ(words_of(section_of(document, "What moved it")), "No contact of these months is on record.\n");
    EXPECT_EQ(document.foot, "checkpoint 1  ·  entente brief USA CHN --on 2026-05-31");
}

TEST(BriefDocument, TellsTheStopsOfTheBriefNewestFirst) {
    auto facts = pair_facts();
    facts.disruptions = {
        outage("d1", "2008-10-06", "2009-02", "sale of 2008"),
        outage("d2", "2022-08-05", "2024-04-03", "visit"),
        outage("d3", "2024-07-17", "", "sale of 2024")};
    facts.disruptions[1].scope = "maritime talks";
    facts.engagements = {engagement("e", "2024-04-03", "DLG", "working")};
    const auto brief = pictured(facts);
    ASSERT_EQ(brief.stops.size(), 3U);
    const auto document = brief_document(brief);
    const auto* table = table_of(section_of(document, "Stops"));
    ASSERT_TRUE(table);
    ASSERT_EQ(table->rows.size(), 3U);
    EXPECT_EQ(table->rows[0].cells[1], "17 Jul 2024");
    EXPECT_EQ(table->rows[0].cells[2], "no end known");
    EXPECT_TRUE(table->rows[0].stopped);
    EXPECT_EQ(table->rows[1].cells[3], "607");
    EXPECT_EQ(table->rows[1].details.front(), "maritime talks");
    EXPECT_EQ(table->rows[2].cells[3], "118–145");
    EXPECT_FALSE(table->rows[2].stopped);
}

TEST(BriefDocument, CountsInTheLineOfTimeWhatTheBriefCounts) {
    auto facts = pair_facts();
    facts.engagements = {
        engagement("a", "2001-02-03", "DLG", "working"),
        engagement("b", "2001-05", "KLE", "minister"),
        engagement("c", "2026-05-30", "KLE", "minister"),
        engagement("d", "2026-06-30", "KLE", "minister"),  // after the day
        engagement("p", "2001-06-01", "POL")};             // shown, not counted
    facts.shocks = {shock("s", "2001-04-01")};
    const auto brief = pictured(facts);
    std::size_t marks = 0;
    for (const auto& panel : brief.line_of_time->panels)
        if (const auto* lane = std::get_if<picture::Lane>(&panel)) marks += lane->marks.size();
    EXPECT_EQ(marks, brief.contacts.size());
    EXPECT_EQ(marks, 3U);
    EXPECT_EQ(panel_of<picture::Lane>(brief, "Leaders")->marks.size(), 2U);
    EXPECT_EQ(panel_of<picture::Lane>(brief, "Exchange")->note, "none on record");
    EXPECT_EQ(panel_of<picture::ShockRow>(brief, "Shocks")->shocks.size(), 1U);
    ASSERT_EQ(brief.last_year.size(), 1U);
    EXPECT_EQ(brief.last_year[0].record.id, "c");
    const auto* strength = panel_of<picture::Curve>(brief, "Strength");
    ASSERT_TRUE(strength);
    // Nothing is covered: no value anywhere, and all of it hatched.
    for (const auto& point : strength->points) EXPECT_FALSE(point.value.has_value());
    ASSERT_EQ(strength->survey.size(), 1U);
    EXPECT_EQ(
        strength->survey[0].to - strength->survey[0].from,
        brief.line_of_time->axis.last - brief.line_of_time->axis.first
    );
}

TEST(BriefDocument, TrainingThatIsNotReleasedIsNoZero) {
    auto facts = pair_facts();
    auto withheld = coverage("v", "not_released", {"usa", "chn"}, "2001-10-01..2004-09-30");
    withheld.record_types = {"training_line", "tally"}, withheld.counts = {"training"};
    withheld.ground = "law", withheld.notes = {"The law leaves them out"};
    facts.coverage = {withheld};
    const auto brief = pictured(facts);
    const auto document = brief_document(brief);
    const auto words = words_of(section_of(document, "Training"));
    EXPECT_NE(words.find("Not released 2002–2004 by law: The law leaves them out."), std::string::npos)
        << words;
    const auto* bars = panel_of<picture::Bars>(brief, "Training");
    ASSERT_TRUE(bars);
    EXPECT_TRUE(bars->bars.empty());
    EXPECT_EQ(bars->note, "not released");
    EXPECT_TRUE(std::ranges::any_of(bars->survey, [](const auto& one) {
        return one.how == picture::Survey::withheld;
    }));
}

TEST(BriefDocument, NamesTheMostCitedSourcesFirst) {
    auto facts = pair_facts();
    facts.engagements = {
        engagement("a", "2001-02-03"), engagement("b", "2001-05-01"), engagement("c", "2001-06-01")};
    facts.engagements[0].evidence.sources = {"s1"};
    facts.engagements[1].evidence.sources = {"s2"};
    facts.engagements[2].evidence.sources = {"s2"};
    facts.sources["s1"].title = "One", facts.sources["s2"].title = "Two";
    const auto document = brief_document(pictured(facts));
    const auto* table = table_of(section_of(document, "Stands on"));
    ASSERT_TRUE(table);
    ASSERT_EQ(table->rows.size(), 2U);
    EXPECT_EQ(table->rows[0].cells, (std::vector<std::string>{"Two", "2"}));
}

}  // namespace
}  // namespace entente::service
