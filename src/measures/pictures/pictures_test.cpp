// Pictures against the answers that they draw: the same numbers, the same stretches.
#include <gtest/gtest.h>

#include "measures/pictures/pictures.h"
#include "measures/register.h"
#include "measures/test_facts.h"

namespace entente::measures {
namespace {

using picture::place;
using test::coverage;
using test::day;
using test::engagement;
using test::outage;
using test::shock;

struct World {
    std::vector<Engagement> engagements;
    std::vector<Disruption> disruptions;
    std::vector<Shock> shocks;
    std::vector<Channel> channels;
    std::vector<Coverage> statements{coverage("v", "census", {"usa", "chn"}, "2001..2004")};

    PairFacts facts() const {
        PairFacts out;
        out.tie = {test::kPair, engagements, {}, {}, {}, statements, false};
        out.disruptions = disruptions, out.shocks = shocks, out.channels = channels;
        out.names = {{"usa", "United States"}, {"chn", "China"}};
        return out;
    }
};

struct Drawn {
    Answer answer;
    picture::Picture picture;
};

Drawn drawn_by(
    const char* name, const PairFacts& facts, const char* at, std::map<std::string, std::string> typed = {}
) {
    const auto& measure = *find_measure(name);
    MeasureQuestion question{day(at), &builtin_parameters(), {}};
    for (const auto& choice : measure.choices) question.choices[choice.name] = choice.preset;
    for (const auto& [key, value] : typed) question.choices[key] = value;
    Drawn out;
    out.answer = *measure.ask(facts, question);
    auto picture = measure.draw(facts, question, out.answer);
    EXPECT_TRUE(picture.has_value()) << picture.error().message;
    if (picture) out.picture = *std::move(picture);
    return out;
}

template <class Panel>
const Panel* panel_of(const picture::Picture& picture, std::string_view name = {}) {
    for (const auto& panel : picture.panels)
        if (const auto* one = std::get_if<Panel>(&panel); one && (name.empty() || one->name == name))
            return one;
    return nullptr;
}

World visited() {
    World out;
    for (const char* on :
         {"2001-02-03", "2001-05-06", "2001-08-01", "2002-01-05", "2003-11-02", "2003-12-02"})
        out.engagements.push_back(engagement(on, on));
    return out;
}

TEST(SpellsPicture, HasABarForEachCoveredPeriodAndHatchesTheOthers) {
    auto world = visited();
    world.statements = {
        coverage("v", "census", {"usa", "chn"}, "2001..2002"),
        coverage("w", "census", {"usa", "chn"}, "2004")};
    const auto [answer, drawn] = drawn_by("spells", world.facts(), "2004-12-31", {{"unit", "year"}});
    const auto* bars = panel_of<picture::Bars>(drawn);
    ASSERT_TRUE(bars);
    ASSERT_EQ(bars->bars.size(), 3U);
    EXPECT_EQ(bars->bars[0].value, 3.0);
    EXPECT_EQ(bars->bars[0].from, place(day("2001-01-01")));
    EXPECT_EQ(bars->bars[0].to, place(day("2002-01-01")));
    EXPECT_EQ(bars->bars[1].value, 1.0);
    // Nobody looked at 2003: two contacts are on record, and no bar tells how many there were.
    EXPECT_EQ(bars->bars[2].from, place(day("2004-01-01")));
    ASSERT_EQ(bars->survey.size(), 1U);
    EXPECT_EQ(bars->survey[0].from, place(day("2003-01-01")));
    EXPECT_EQ(bars->survey[0].to, place(day("2004-01-01")));
    // One rate: four contacts in three covered years.
    ASSERT_FALSE(bars->levels.empty());
    EXPECT_NEAR(bars->levels[0].value, 4.0 / 3, 0.01);
    EXPECT_LT(bars->levels[0].low, bars->levels[0].value);
    EXPECT_GT(bars->levels[0].high, bars->levels[0].value);
}

TEST(RestartPicture, HasARowForEachChannelWithItsOutagesAndUses) {
    auto world = visited();
    Channel hotline;
    hotline.evidence.id = "h", hotline.short_name = "Hotline", hotline.parties = {"usa", "chn"};
    hotline.established = test::stated("2001-01-01");
    Channel talks = hotline;
    talks.evidence.id = "t", talks.short_name = "Talks";
    world.channels = {hotline, talks};
    world.disruptions = {outage("d", "2002-02-01", "2002-08-01", "sale")};
    world.disruptions[0].channel = "t";
    world.engagements[0].channel = "t", world.engagements[4].channel = "t";
    const auto [answer, drawn] = drawn_by("restart", world.facts(), "2004-12-31");
    const auto* stops = panel_of<picture::StopRow>(drawn, "Stops");
    ASSERT_TRUE(stops);
    EXPECT_TRUE(stops->through);
    EXPECT_EQ(stops->stops.size(), 1U);
    const auto* row = panel_of<picture::StopRow>(drawn, "Talks");
    ASSERT_TRUE(row);
    ASSERT_EQ(row->stops.size(), 1U);
    EXPECT_EQ(row->stops[0].to - row->stops[0].from, 181) << "February to July of 2002";
    EXPECT_EQ(row->uses.size(), 2U);
    const auto* other = panel_of<picture::StopRow>(drawn, "Hotline");
    ASSERT_TRUE(other);
    EXPECT_TRUE(other->stops.empty());
    EXPECT_TRUE(other->uses.empty());
    // What was stopped stands first.
    EXPECT_EQ(std::get<picture::StopRow>(drawn.panels[2]).name, "Talks");
}

TEST(ShocksPicture, DrawsOneShockAsALineOfTimeAndSeveralAddedUp) {
    auto world = visited();
    world.shocks = {shock("s1", "2002-06-01"), shock("s2", "2003-06-01")};
    const auto one = drawn_by("shocks", world.facts(), "2004-12-31", {{"shock", "s1"}, {"window", "300"}});
    ASSERT_EQ(one.picture.moments.size(), 1U);
    EXPECT_EQ(one.picture.moments[0].at, place(day("2002-06-01")));
    const auto* lane = panel_of<picture::Lane>(one.picture);
    ASSERT_TRUE(lane);
    ASSERT_EQ(lane->marks.size(), 1U) << "of the three hundred days on both sides one contact is on record";
    EXPECT_EQ(lane->note, "1 before, 0 after");

    const auto both = drawn_by("shocks", world.facts(), "2004-12-31", {{"window", "300"}});
    const auto* bars = panel_of<picture::Bars>(both.picture);
    ASSERT_TRUE(bars);
    ASSERT_EQ(bars->bars.size(), 20U);
    double before = 0, after = 0;
    for (const auto& bar : bars->bars) (bar.from < 0 ? before : after) += bar.value.value_or(0);
    // By hand: before s1 the contact of 5 January 2002, before s2 none; after s1 none, after s2 the two of 2003.
    EXPECT_EQ(before, 1);
    EXPECT_EQ(after, 2);
}

TEST(StrengthPicture, HasTheTotalAndEveryStrand) {
    const auto [answer, drawn] = drawn_by("strength", visited().facts(), "2004-12-31");
    ASSERT_TRUE(answer.value.has_value());
    const auto* total = panel_of<picture::Curve>(drawn, "Strength");
    ASSERT_TRUE(total);
    ASSERT_TRUE(total->points.back().value.has_value());
    EXPECT_NEAR(*total->points.back().value, *answer.value, 1e-3);
    std::size_t strands = 0;
    for (const auto& panel : drawn.panels) strands += std::holds_alternative<picture::Curve>(panel);
    EXPECT_EQ(strands, 1 + builtin_parameters().strands.size());
}

TEST(ForecastPicture, HasAPointForEachChanceThatIsPrinted) {
    Answer answer;
    answer.tables = {
        {"outages",
         "",
         {{"what", "what"},
          {"within_30", "30", true},
          {"within_365", "365", true},
          {"median", "half by", true},
          {"late", "to", true}},
         {{{"Talks"}, {"10 %", 0.1}, {"60 %", 0.6}, {"212", 212.0}, {"over ten years"}}},
         {},
         false}};
    const auto drawn = find_measure("forecast")->draw({}, {day("2024-01-01"), nullptr, {}}, answer);
    ASSERT_TRUE(drawn.has_value());
    const auto* curve = panel_of<picture::Curve>(*drawn);
    ASSERT_TRUE(curve);
    ASSERT_EQ(curve->points.size(), 4U)
        << "the beginning, two chances, the median; nothing where no day is known";
    EXPECT_EQ(curve->points[1].at, 30);
    EXPECT_EQ(curve->points[1].value, 10.0);
    EXPECT_EQ(curve->points[2].at, 212);
    EXPECT_EQ(curve->points[2].value, 50.0);
    EXPECT_EQ(curve->points[3].value, 60.0);
    EXPECT_EQ(drawn->notes.front(), "Talks.");
}

TEST(Pictures, ThatHaveNothingToShowSaySo) {
    World empty;
    empty.statements.clear();
    const auto& measure = *find_measure("spells");
    MeasureQuestion question{day("2004-12-31"), &builtin_parameters(), {}};
    for (const auto& choice : measure.choices) question.choices[choice.name] = choice.preset;
    const auto facts = empty.facts();
    const auto answer = measure.ask(facts, question);
    ASSERT_TRUE(answer.has_value());
    const auto drawn = measure.draw(facts, question, *answer);
    ASSERT_FALSE(drawn.has_value());
    EXPECT_EQ(drawn.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace entente::measures
