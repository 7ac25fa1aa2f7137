#include <gtest/gtest.h>

#include "measures/test_facts.h"
#include "service/brief.h"

namespace entente::service {
namespace {

using namespace measures::test;

BriefFacts trained_pair() {
    BriefFacts facts;
    facts.a.evidence.id = "usa", facts.a.code = "USA", facts.a.name = "United States";
    facts.b.evidence.id = "chn", facts.b.code = "CHN", facts.b.name = "China";
    return facts;
}

Brief brief_of(const BriefFacts& facts) {
    return compose_brief(facts, {"usa", "chn", day("2026-05-31"), "checkpoint 1", false});
}

measures::Tally training_tally(int year, std::int64_t activities, std::int64_t people) {
    measures::Tally out;
    out.evidence.id = "t" + std::to_string(year);
    out.what = "training", out.parties = {"usa", "chn"}, out.deliverer = "usa", out.recipient = "chn";
    out.standing = "carried_out";
    out.period = {
        measures::fiscal_year_begin(year), measures::fiscal_year_end(year), domain::Precision::range};
    out.parts.resize(1);
    out.parts[0].programme = "IMET-1", out.parts[0].number = activities, out.parts[0].people.value = people;
    out.parts[0].cost_micros.value = 0;
    return out;
}

measures::TrainingLine training_line(int year, std::int64_t people) {
    measures::TrainingLine out;
    out.evidence.id = "l" + std::to_string(year);
    out.deliverer = "usa", out.recipient = "chn", out.fiscal_year = year, out.standing = "carried_out";
    out.programme = "IMET-1", out.people.value = people;
    out.school_families = {"whinsec", "dli_english"};
    return out;
}

measures::Tally exercise_tally(const char* year, int number) {
    measures::Tally out;
    out.evidence.id = "x", out.what = "exercises", out.parties = {"usa", "chn"};
    out.period = date("1980..2010");
    out.parts.resize(1);
    out.parts[0].period = date(year), out.parts[0].number = number;
    return out;
}

measures::Coverage training_coverage(const char* kind, std::vector<std::string> parties, const char* covers) {
    auto out = coverage(std::string("v-") + kind, kind, std::move(parties), covers);
    out.record_types = {"training_line", "tally"};
    out.counts = {"training"};
    out.ground = "law";
    out.notes = {"The law leaves them out"};
    return out;
}

TEST(BriefTraining, LinesOnRecordAreNeverAddedToTallies) {
    auto facts = trained_pair();
    facts.tallies = {training_tally(2014, 3, 30), training_tally(2015, 4, 40)};
    facts.training_lines = {training_line(2015, 7)};
    const auto brief = brief_of(facts);
    ASSERT_EQ(brief.training.size(), 1U);
    const auto& training = brief.training[0];
    EXPECT_EQ(training.sum.people.sum, 37) << "30 tallied of 2014, 7 by the line of 2015";
    EXPECT_EQ(training.sum.activities, 4);
    EXPECT_TRUE(training.year(2015)->single_lines);
    EXPECT_FALSE(training.year(2014)->single_lines);
    ASSERT_EQ(training.schools.size(), 2U) << "a line may name two schools";
    EXPECT_EQ(training.schools[0].sum.people.sum, 7);
    EXPECT_TRUE(brief.contacts.empty()) << "training is no contact";
    EXPECT_EQ(brief.sentence.find("Talking"), std::string::npos);
}

TEST(BriefTraining, NotReleasedIsNeverZero) {
    auto facts = trained_pair();
    facts.coverage = {
        training_coverage("sample", {"usa"}, "1998-10-01..2016-09-30"),
        training_coverage("not_released", {"usa", "chn"}, "2003-10-01..2016-09-30")};
    facts.tallies = {training_tally(2003, 2, 5)};
    const auto brief = brief_of(facts);
    ASSERT_EQ(brief.training.size(), 1U);
    const auto& training = brief.training[0];
    EXPECT_EQ(training.year(2003)->sum.people.sum, 5);
    EXPECT_EQ(training.year(2003)->coverage, measures::CoverageKind::sample);
    EXPECT_EQ(training.year(2004)->coverage, measures::CoverageKind::not_released);
    EXPECT_TRUE(training.year(2004)->records.empty());
    EXPECT_EQ(training.year(2017), nullptr);
    ASSERT_EQ(training.covered.size(), 2U);
    EXPECT_EQ(training.covered[1].first, 2004);
    EXPECT_EQ(training.covered[1].last, 2016);
    EXPECT_EQ(training.grounds, std::vector<std::string>{"The law leaves them out"});
    const auto text = pretty_json(brief_json(brief));
    EXPECT_NE(text.find("\"not released\""), std::string::npos);
    // The year without release has no number at all, neither in JSON nor among the figures.
    for (const auto& figure : figures(brief))
        EXPECT_EQ(figure.what.find("fiscal year 2004"), std::string::npos);
}

TEST(BriefTraining, WithoutAnyCoverageThereIsNothingToSay) {
    EXPECT_TRUE(brief_of(trained_pair()).training.empty());
}

TEST(BriefExercises, ATallyStandsOnlyWhereNoSingleRecordDoes) {
    auto facts = trained_pair();
    facts.engagements = {engagement("e", "2004-03-01", "EXR")};
    facts.tallies = {exercise_tally("2004", 3), exercise_tally("2006", 2)};
    const auto brief = brief_of(facts);
    EXPECT_EQ(brief.exercises.total(), 2);
    EXPECT_EQ(brief.exercises.most()->year, 2006);
    EXPECT_EQ(brief.contacts.size(), 1U) << "a tally is no contact on record";
    const auto& year = brief.exercises.years.front();
    EXPECT_EQ(year.year, 2004);
    EXPECT_TRUE(year.single_records && year.records.empty());
}

TEST(BriefPolitical, VisitsAreShownAndNotCounted) {
    auto facts = trained_pair();
    facts.engagements = {engagement("e", "2004-03-01", "DLG"), engagement("p", "2026-05-01", "POL")};
    facts.engagements[1].host = "chn", facts.engagements[1].subcategory = "foreign_minister_visit";
    facts.disruptions = {outage("d", "2025-01-01", "", "x")};
    const auto brief = brief_of(facts);
    EXPECT_EQ(brief.contacts.size(), 1U);
    ASSERT_EQ(brief.last_contacts.size(), 1U);
    EXPECT_EQ(brief.last_contacts[0].category, "DLG") << "never the last contact";
    EXPECT_TRUE(brief.sentence.starts_with("No contact on record for")) << brief.sentence;
    EXPECT_TRUE(brief.stops[0].meanwhile.empty()) << "never the end of a stop";
    EXPECT_EQ(brief.political.by_a, 1);
    EXPECT_EQ(brief.political.label, "visit of a foreign minister to China");
}

TEST(BriefStudies, AnEndOfTheStudyIsNoEndOfTheAgreement) {
    auto facts = trained_pair();
    measures::Tally tally;
    tally.evidence.id = "g", tally.what = "agreements_in_force", tally.parties = {"usa", "chn"};
    tally.period = date("1980..2010");
    tally.parts.resize(2);
    tally.parts[0].period = date("1984..1999"), tally.parts[0].number = 1;
    tally.parts[1].period = date("2000..2010"), tally.parts[1].number = 2;
    facts.tallies = {tally};
    auto statement = coverage("v", "sample", {}, "1980..2010");
    statement.record_types = {"tally"}, statement.counts = {"agreements_in_force"};
    facts.coverage = {statement};
    auto brief = brief_of(facts);
    EXPECT_EQ(brief.agreements_in_force.last_year(), 2010);
    ASSERT_NE(brief.agreements_in_force.current(), nullptr);
    EXPECT_EQ(brief.agreements_in_force.current()->number, 2);
    EXPECT_TRUE(brief.alliances.covered.empty()) << "a statement on agreements says nothing of alliances";
    facts.tallies[0].parts.pop_back();
    EXPECT_EQ(brief_of(facts).agreements_in_force.current(), nullptr);
}

}  // namespace
}  // namespace entente::service
