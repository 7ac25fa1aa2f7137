#include "service/brief.h"

#include <gtest/gtest.h>

#include "measures/test_facts.h"
#include "service/brief_words.h"

namespace entente::service {
namespace {

using namespace measures::test;

measures::Actor actor(std::string id, std::string code, std::string name) {
    measures::Actor out;
    out.evidence.id = std::move(id);
    out.code = std::move(code);
    out.name = std::move(name);
    return out;
}

BriefFacts pair_facts() {
    BriefFacts facts;
    facts.a = actor("usa", "USA", "United States");
    facts.b = actor("chn", "CHN", "China");
    facts.actors = {{"usa", {"usa", "USA", "United States"}}, {"chn", {"chn", "CHN", "China"}}};
    return facts;
}

Brief brief_of(const BriefFacts& facts, bool general_knowledge = false) {
    return compose_brief(facts, {"usa", "chn", day("2026-05-31"), "checkpoint 1", general_knowledge});
}

TEST(Brief, SaysAloudHowThingsStand) {
    auto facts = pair_facts();
    EXPECT_EQ(
        brief_of(facts).sentence,
        "No contact on record, with no stop on record. This time is not covered: silence is no stop."
    );
    facts.engagements = {engagement("e", "2026-05")};
    facts.disruptions = {outage("d", "2024-07-17", "", "arms sales")};
    EXPECT_EQ(brief_of(facts).sentence, "Talking, with one stop that has no end on record.");
    facts.engagements = {engagement("e", "2024-05-31")};
    facts.disruptions[0].ended = stated("2025-01-01");
    facts.coverage = {coverage("v", "sample", {"usa", "chn"}, "2020..2026")};
    EXPECT_EQ(
        brief_of(facts).sentence,
        "No contact on record for 730 days, with no stop open on record. The record is a sample: silence is "
        "no stop."
    );
    facts.coverage[0].kind = "census";
    EXPECT_EQ(brief_of(facts).sentence, "No contact on record for 730 days, with no stop open on record.");
}

TEST(Brief, GeneralKnowledgeIsLeftOutUnlessAskedFor) {
    auto facts = pair_facts();
    facts.engagements = {engagement("e", "2024-05-31"), engagement("f", "2025-05-31")};
    facts.engagements[1].evidence.general_knowledge = {"all"};
    EXPECT_EQ(brief_of(facts).contacts.size(), 1U);
    EXPECT_EQ(brief_of(facts).weak.front().what, "contacts left out");
    EXPECT_EQ(brief_of(facts, true).contacts.size(), 2U);
    EXPECT_EQ(brief_of(facts, true).last_contacts.front().held.to_text(), "2025-05-31");
}

TEST(Brief, AnnouncedIsNotCounted) {
    auto facts = pair_facts();
    facts.engagements = {engagement("e", "2024-05-31")};
    facts.engagements[0].status = "announced";
    const auto brief = brief_of(facts);
    EXPECT_TRUE(brief.contacts.empty());
    ASSERT_EQ(brief.weak.size(), 1U);
    EXPECT_EQ(brief.weak[0].ground, "only announced");
}

TEST(Brief, TheYearsCarryContactsShocksStopsAndCoverage) {
    auto facts = pair_facts();
    facts.engagements = {engagement("e", "2020-05-31"), engagement("f", "2022-02")};
    facts.disruptions = {outage("d", "2022-08-05", "2024-04-03", "c"), outage("o", "2025-02-01", "", "x")};
    facts.disruptions[1].last_known = stated("2025-02-02");
    facts.shocks = {shock("s", "2022-08-02")};
    facts.coverage = {
        coverage("v", "sample", {"usa", "chn"}, "2020..2022"), coverage("w", "sparse", {}, "2024..2026")};
    const auto brief = brief_of(facts);
    ASSERT_EQ(brief.years.size(), 7U);
    EXPECT_EQ(brief.years[0].total(), 1U);
    EXPECT_EQ(brief.years[2].shocks.front().id, "s");
    EXPECT_EQ(brief.years[2].stops_begun, std::vector<int>{1});
    EXPECT_TRUE(brief.years[3].stopped);
    EXPECT_TRUE(brief.years[5].stopped);
    EXPECT_TRUE(brief.years[6].end_unknown && !brief.years[6].stopped);
    EXPECT_EQ(brief.years[3].coverage, measures::CoverageKind::not_covered);
    ASSERT_EQ(brief.covered.size(), 3U);
    EXPECT_EQ(brief.covered[2].first, 2024);
    EXPECT_EQ(brief.covered[0].statements.size(), 1U);
    EXPECT_EQ(brief.stops[0].coincident.front().by, "United States");
    EXPECT_EQ(brief.stops[0].stopped_by.front().code, "CHN");
}

TEST(Brief, ArmsSalesAmongTheCauses) {
    auto facts = pair_facts();
    facts.disruptions = {
        outage("a", "2010-01-30", "2010-12-10", "x"),
        outage("b", "2018-09-22", "2018-11", "y"),
        outage("e", "2011-10", "", "z")};
    facts.shocks = {shock("s", "2018-09-20")};
    facts.disruptions[0].cause_class = "arms_sale";
    facts.disruptions[1].shocks = {"s"};
    facts.disruptions[2].scope_class = "event";
    const auto brief = brief_of(facts);
    EXPECT_TRUE(brief.stops[0].arms_sale && brief.stops[1].arms_sale);
    EXPECT_EQ(brief.arms_sales.size(), 1U);
    EXPECT_TRUE(brief.single_events_after_arms_sales.empty());
    EXPECT_EQ(brief.single_events.size(), 1U);
}

TEST(Brief, EveryFigureOpens) {
    auto facts = pair_facts();
    facts.engagements = {engagement("e", "2020-05-31", "DLG", "working", "h")};
    facts.disruptions = {outage("d", "2022-08-05", "2024-04-03", "c")};
    measures::Channel channel;
    channel.evidence.id = "h";
    channel.name = "Maritime consultation";
    channel.parties = {"usa", "chn"};
    facts.channels = {channel};
    const auto brief = brief_of(facts);
    const auto found = figures(brief);
    EXPECT_GE(found.size(), 5U);
    for (const auto& figure : found) EXPECT_FALSE(figure.records.empty()) << figure.what;
    EXPECT_EQ(brief.last_contacts.front().label, "Maritime consultation");
    const auto text = pretty_json(brief_json(brief));
    EXPECT_NE(text.find("\"stated_causes\""), std::string::npos);
    EXPECT_EQ(text.find("nan"), std::string::npos);
}

TEST(BriefWords, NumbersAndLabels) {
    EXPECT_EQ(with_commas(0), "0");
    EXPECT_EQ(with_commas(-1234567), "-1,234,567");
    EXPECT_EQ(range_words({1883, 1913}, "–"), "1,883–1,913");
    EXPECT_EQ(contact_label(engagement("e", "2020", "KLE", "minister"), ""), "Ministers, meeting");
    EXPECT_EQ(contact_label(engagement("e", "2020", "GOV", ""), ""), "Governance");
    for (const auto& level : domain::Schema::builtin().list("level")->codes)
        EXPECT_EQ(
            contact_label(engagement("e", "2020", "KLE", level.code), "").find("Level unknown"),
            std::string::npos
        ) << level.code;
}

}  // namespace
}  // namespace entente::service
