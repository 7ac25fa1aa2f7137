// Measures as they are asked for: by name, with their choices, on facts in memory.
#include "measures/measure.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

#include "measures/register.h"
#include "measures/test_facts.h"

namespace entente::measures {
namespace {

using test::day;

/// Facts of a pair and a question about them.
struct Asked {
    std::vector<Engagement> engagements;
    std::vector<Disruption> disruptions;
    std::vector<Shock> shocks;
    std::vector<Channel> channels;
    std::vector<Tally> tallies;
    std::vector<Coverage> coverage;
    std::vector<Tally> of_others;
    Day at = day("2026-11-27");

    Result<Answer> ask(const std::string& name, std::map<std::string, std::string> choices = {}) const {
        PairFacts facts;
        facts.tie = {test::kPair, engagements, {}, tallies, {}, coverage, false};
        facts.disruptions = disruptions;
        facts.shocks = shocks;
        facts.channels = channels;
        facts.all_tallies = of_others;
        facts.names = {{"usa", "United States"}, {"chn", "China"}};
        const auto* measure = find_measure(name);
        for (const auto& choice : measure->choices) choices.try_emplace(choice.name, choice.preset);
        return measure->ask(facts, {at, &builtin_parameters(), std::move(choices)});
    }
};

const AnswerTable& table(const Answer& answer, std::string_view name) {
    static const AnswerTable kNone;
    for (const auto& one : answer.tables)
        if (one.name == name) return one;
    ADD_FAILURE() << "no table " << name;
    return kNone;
}

const Cell& cell(const AnswerTable& in, std::size_t row, std::string_view column) {
    static const Cell kNone;
    for (std::size_t i = 0; i < in.columns.size(); ++i)
        if (in.columns[i].name == column && row < in.rows.size()) return in.rows[row][i];
    ADD_FAILURE() << "no cell " << row << " " << column;
    return kNone;
}

TEST(Register, DeclaresEveryMeasureWhole) {
    std::set<std::string> names;
    for (const auto& measure : all_measures()) {
        EXPECT_TRUE(names.insert(measure.name).second);
        EXPECT_TRUE(measure.question.ends_with('?')) << measure.name;
        EXPECT_FALSE(measure.references.empty()) << measure.name;
        EXPECT_FALSE(measure.unit.empty()) << measure.name;
        for (const auto& choice : measure.choices)
            EXPECT_FALSE(choice.help.empty()) << measure.name << " " << choice.name;
    }
}

TEST(Register, EveryMeasureAnswersAboutNothingWithAReason) {
    for (const auto& measure : all_measures()) {
        const auto answer = Asked().ask(measure.name);
        ASSERT_TRUE(answer) << measure.name;
        EXPECT_FALSE(answer->headline.empty()) << measure.name;
        EXPECT_FALSE(answer->value) << measure.name << ": nothing is on record and nothing is covered";
        EXPECT_FALSE(answer->reason.empty()) << measure.name;
        for (const auto& one : answer->tables)
            for (const auto& row : one.rows)
                EXPECT_EQ(row.size(), one.columns.size()) << measure.name << " " << one.name;
    }
}

TEST(ShownParts, AddUpToTheWholeAsPrinted) {
    EXPECT_EQ(shown_parts({1.04, 1.04, 1.04}, 3.12, 1), (std::vector<std::string>{"1.1", "1.0", "1.0"}));
    EXPECT_EQ(shown_parts({2.5, 2.5}, 5, 0), (std::vector<std::string>{"3", "2"}));
}

TEST(ShownNumber, KeepsThreeDigits) {
    EXPECT_EQ(shown_number(1095.2), "1095");
    EXPECT_EQ(shown_number(4.715), "4.71");
    EXPECT_EQ(shown_number(0), "0");
    EXPECT_EQ(shown_number(0.0002), "0.0002");
    EXPECT_EQ(six_digits(66.7760021), 66.776);
}

TEST(StrengthAgainstAnotherDay, SaysHowSureItIs) {
    Asked asked;
    asked.coverage = {test::coverage("v1", "census", {"usa", "chn"}, "1990..2030")};
    asked.engagements = {
        test::engagement("e1", "2010-05-05", "KLE", "minister"),
        test::engagement("e2", "2026-10-10", "KLE", "minister"),
        test::engagement("e3", "2026-11-10", "DLG", "working")};
    const auto answer = asked.ask("strength", {{"against", "2013"}});
    ASSERT_TRUE(answer);
    const auto& against = table(*answer, "against");
    EXPECT_EQ(cell(against, 0, "sure").text, "higher in 100 % of draws");
    EXPECT_EQ(cell(against, 4, "sure").text, "cannot be said");  // training
    EXPECT_NE(answer->paragraphs.front().find("higher in 100 % of draws"), std::string::npos);
    EXPECT_EQ(asked.ask("strength", {{"against", "never"}}).error().field, "against");
}

// MEASURES.md 18.2: the maritime consultation, suspended 2022-08-05, met again 2024-04-03.
TEST(Restart, CountsTheMaritimeConsultation) {
    Asked asked;
    Channel channel;
    channel.evidence.id = "m";
    channel.name = "Maritime consultation";
    channel.parties = {"usa", "chn"};
    channel.established = test::stated("1998-01-19");
    asked.channels = {channel};
    auto outage = test::outage("d1", "2022-08-05", "2024-04-03", "a visit");
    outage.channel = "m";
    asked.disruptions = {outage};
    const auto answer = asked.ask("restart");
    ASSERT_TRUE(answer);
    const auto& channels = table(*answer, "channels");
    EXPECT_EQ(cell(channels, 0, "longest").text, "607");
    EXPECT_EQ(cell(channels, 0, "available").text, "66.8 %");
    EXPECT_NEAR(*cell(channels, 0, "available").number, 1220.0 / 1827, 1e-12);
    EXPECT_EQ(cell(channels, 0, "stopped_by").text, "China");
    EXPECT_EQ(*answer->value, 1);
    EXPECT_EQ(cell(table(*answer, "stops"), 0, "days").text, "607");
}

// A channel that is not stopped and that nobody used meanwhile carried nothing: 607 days out, from 5 Aug 2022.
TEST(Restart, CountsOnlyChannelsThatWentOnBesideOneThatIsOut) {
    Asked asked;
    Channel out;
    out.evidence.id = "m", out.name = "Maritime consultation", out.parties = {"usa", "chn"};
    out.established = test::stated("1998-01-19");
    auto other = out;
    other.evidence.id = "t", other.name = "Telephone link";
    asked.channels = {out, other};
    auto outage = test::outage("d1", "2022-08-05", "2024-04-03", "a visit");
    outage.channel = "m";
    asked.disruptions = {outage};
    const auto row = [&](std::string_view column) {
        const auto answer = asked.ask("restart");
        EXPECT_TRUE(answer);
        EXPECT_EQ(
            answer->paragraphs.front(),
            "Of single channels Maritime consultation was out longest: 607 days from 5 Aug 2022, stopped by "
            "China."
        );
        return cell(table(*answer, "quiet_continuity"), 0, column);
    };
    EXPECT_EQ(*row("share").number, 0);
    EXPECT_EQ(row("which").text, "none");
    asked.engagements = {test::engagement("c1", "2013-04-10", "CAL", "", "t")};
    EXPECT_EQ(*row("share").number, 0) << "used nine years before, and no cadence is known";
    // Of a yearly one the last use counts for 547 days: to 30 Aug 2023, the 391st day out.
    asked.channels[1].cadence_days.value = 365;
    asked.engagements = {test::engagement("c1", "2022-03-01", "CAL", "", "t")};
    EXPECT_NEAR(*row("share").number, 391.0 / 607, 1e-12);
    EXPECT_EQ(row("which").text, "Telephone link, 391 days, last used 1 Mar 2022");
    asked.channels[1].cadence_days = {};
    asked.engagements = {test::engagement("c1", "2023-04-10", "CAL", "", "t")};
    // From its first known use on it is a channel of which one knows; that use lies in the time out.
    EXPECT_EQ(*row("share").number, 359.0 / 607);
    EXPECT_EQ(row("which").records.size(), 1U);
}

TEST(Restart, SaysWhetherAnybodyLooked) {
    Asked asked;
    EXPECT_EQ(asked.ask("restart")->reason, "not covered");
    EXPECT_NE(asked.ask("restart")->headline.find("It is not 0."), std::string::npos);
    asked.coverage = {test::coverage("v1", "sample", {"usa", "chn"}, "2000..2020")};
    EXPECT_EQ(asked.ask("restart")->reason, "not covered") << "a statement of contacts alone";
    asked.coverage.front().record_types.push_back("disruption");
    EXPECT_EQ(asked.ask("restart")->reason, "none on record");
    EXPECT_EQ(
        asked.ask("restart")->headline, "No stop is on record; stops were looked for 2000–2020 (sample)."
    );
    EXPECT_NE(asked.ask("restart")->paragraphs.back().find("spells"), std::string::npos);
}

TEST(Restart, RefusesAWindowThatEndsBeforeItBegins) {
    EXPECT_EQ(Asked().ask("restart", {{"from", "2024"}, {"to", "2020"}}).error().field, "to");
    EXPECT_EQ(Asked().ask("restart", {{"from", "soon"}}).error().field, "from");
}

Asked trained(std::initializer_list<std::pair<int, int>> activities) {
    Asked asked;
    auto covered = test::coverage("v1", "sample", {"usa"}, "1998-10-01..2016-09-30");
    covered.record_types = {"training_line", "tally"};
    covered.counts = {"training"};
    asked.coverage = {covered};
    for (const auto& [year, number] : activities) {
        Tally tally;
        tally.evidence.id = "t" + std::to_string(year);
        tally.what = "training";
        tally.parties = {"usa", "chn"};
        tally.deliverer = "usa";
        tally.recipient = "chn";
        tally.period =
            test::date((std::to_string(year - 1) + "-10-01.." + std::to_string(year) + "-09-30").c_str());
        tally.parts = {
            {std::nullopt, year % 2 ? "IMET-1" : "IMET", {}, {}, number, {number, std::nullopt}, 0, {}, 0}};
        asked.tallies.push_back(tally);
    }
    return asked;
}

TEST(Spells, FindsAStopAndARestartInTrainingAlone) {
    auto asked = trained(
        {{1999, 20},
         {2000, 22},
         {2001, 19},
         {2002, 21},
         {2003, 20},
         {2004, 18},
         {2012, 20},
         {2013, 22},
         {2014, 19},
         {2015, 21},
         {2016, 20}}
    );
    auto coup = test::shock("s1", "2004-06-01");
    coup.title = "Coup";
    asked.shocks = {coup};
    const auto answer = asked.ask("spells", {{"programme", "IMET"}});
    ASSERT_TRUE(answer);
    EXPECT_EQ(*answer->value, 2);
    const auto& silences = table(*answer, "silences");
    ASSERT_EQ(silences.rows.size(), 1U);
    EXPECT_EQ(cell(silences, 0, "from").text, "FY 2005");
    EXPECT_EQ(cell(silences, 0, "to").text, "FY 2011");
    EXPECT_LT(*cell(silences, 0, "chance").number, 1e-6);
    EXPECT_EQ(cell(silences, 0, "beside").text, "Coup, 1 Jun 2004");
}

// A programme is found however its letters are typed; one that nobody has on record is no zero.
TEST(Spells, KnowsProgrammesOrRefusesThem) {
    const auto asked = trained({{1999, 20}, {2000, 22}, {2001, 19}, {2002, 21}, {2003, 20}});
    const auto answer = asked.ask("spells", {{"programme", "imet"}});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->headline, asked.ask("spells", {{"programme", "IMET"}})->headline);
    EXPECT_TRUE(answer->headline.starts_with("102 IMET activities")) << answer->headline;
    for (const char* wrong : {"NOSUCH", "IME", "IMETX"}) {
        const auto refused = asked.ask("spells", {{"programme", wrong}});
        ASSERT_FALSE(refused) << wrong;
        EXPECT_EQ(refused.error().field, "programme");
        EXPECT_EQ(
            refused.error().message, fmt::format("found '{}', expected one on record: IMET, IMET-1", wrong)
        );
    }
}

TEST(Spells, RefusesChoicesThatCannotHoldTogether) {
    const auto asked = trained({{1999, 20}, {2000, 22}});
    EXPECT_EQ(asked.ask("spells", {{"programme", "IMET"}, {"kinds", "leaders"}}).error().field, "kinds");
    EXPECT_EQ(asked.ask("spells", {{"programme", "IMET"}, {"unit", "month"}}).error().field, "unit");
    EXPECT_EQ(asked.ask("spells", {{"kinds", "training"}, {"unit", "month"}}).error().field, "unit");
    EXPECT_TRUE(asked.ask("spells", {{"programme", "IMET"}, {"kinds", "training"}, {"unit", "year"}}));
}

// Every count opens to its records, and the statements it rests on are named.
TEST(Spells, OpensToWhatWasCounted) {
    const auto asked = trained({{1999, 20}, {2000, 22}, {2001, 0}, {2002, 21}});
    const auto answer = asked.ask("spells", {{"programme", "IMET"}});
    ASSERT_TRUE(answer);
    double counted = 0;
    for (const auto& row : table(*answer, "counts").rows) {
        counted += *row[1].number;
        EXPECT_EQ(row[1].records.size(), 1U) << row[0].text;
    }
    EXPECT_EQ(counted, 63);
    std::size_t opened = 0;
    for (const auto& row : table(*answer, "stretches").rows) opened += row[2].records.size();
    EXPECT_EQ(opened, 4U);
    EXPECT_EQ(cell(table(*answer, "grounds"), 0, "kind").text, "sample");
    EXPECT_FALSE(table(*answer, "computed").rows.empty());
}

// The fiscal year that goes on is no silence.
TEST(Spells, CountsOnlyFiscalYearsThatAreOver) {
    auto asked = trained({{1999, 20}, {2000, 22}, {2001, 19}, {2002, 21}, {2003, 20}});
    asked.at = day("2003-12-31");
    const auto answer = asked.ask("spells", {{"programme", "IMET"}});
    ASSERT_TRUE(answer);
    EXPECT_EQ(*answer->value, 0);
    EXPECT_TRUE(table(*answer, "silences").rows.empty());
    EXPECT_NE(answer->headline.find("in 5 covered fiscal years from FY 1999 to FY 2003"), std::string::npos);
}

TEST(Spells, TellsAHoleInTheReportFromNothingDone) {
    auto asked = trained({{1999, 20}, {2000, 22}, {2001, 0}, {2002, 21}, {2003, 20}});
    const auto hole = [&] {
        const auto answer = asked.ask("spells", {{"programme", "IMET"}});
        EXPECT_TRUE(answer);
        return cell(table(*answer, "silences"), 0, "hole").text;
    };
    EXPECT_EQ(hole(), "not asked");
    for (int year = 1999; year <= 2003; ++year) {
        auto other = asked.tallies.front();
        other.recipient = "fji", other.parties = {"usa", "fji"};
        other.period =
            *domain::DateSpan::parse(std::to_string(year - 1) + "-10-01.." + std::to_string(year) + "-09-30");
        other.parts.front().programme = "IMET";
        asked.of_others.push_back(other);
    }
    EXPECT_EQ(hole(), "page may be missing");
    // Another programme of the pair stands in the report of that year.
    auto row = asked.of_others[2];
    row.recipient = "chn", row.parties = {"usa", "chn"}, row.parts.front().programme = "FMF";
    asked.tallies.push_back(row);
    EXPECT_EQ(hole(), "unlikely");
    asked.of_others[2].parts[0].programme = "FMF";
    EXPECT_EQ(hole(), "nobody has rows");
}

TEST(Spells, SaysNotReleasedAndNotCoveredApart) {
    Asked asked;
    auto law = test::coverage("v1", "not_released", {"usa", "chn"}, "1998-10-01..2016-09-30");
    law.record_types = {"training_line", "tally"};
    law.counts = {"training"};
    asked.coverage = {law};
    EXPECT_EQ(asked.ask("spells", {{"kinds", "training"}})->reason, "not released");
    EXPECT_EQ(asked.ask("spells")->reason, "not covered");
    EXPECT_EQ(asked.ask("spells", {{"kinds", "QQQ"}}).error().field, "kinds");
    EXPECT_EQ(asked.ask("spells", {{"unit", "week"}}).error().field, "unit");
}

TEST(Shocks, CountsBothSidesOfASale) {
    Asked asked;
    asked.coverage = {test::coverage("v1", "census", {"usa", "chn"}, "2000..2020")};
    for (Day at = day("2000-01-05"); at < day("2020-12-01"); at = at + 20)
        if (at < day("2010-01-29") || at > day("2010-12-01"))
            asked.engagements.push_back(test::engagement("e" + std::to_string(at.value), to_iso(at).c_str()));
    asked.shocks = {test::shock("s1", "2010-01-29")};
    const auto answer = asked.ask("shocks");
    ASSERT_TRUE(answer);
    EXPECT_EQ(*answer->value, -9);
    const auto& around = table(*answer, "around");
    EXPECT_EQ(cell(around, 0, "before").text, "9");
    EXPECT_EQ(cell(around, 0, "after").text, "0");
    const auto& lost = table(*answer, "lost");
    EXPECT_NEAR(*cell(lost, 0, "stretch").number, 9, 0.2);
    EXPECT_NEAR(*cell(lost, 0, "calendar").number, 9, 0.7);
    EXPECT_FALSE(cell(lost, 0, "donors").number);
    EXPECT_LT(*cell(lost, 0, "placebo").number, 0.01);
    EXPECT_EQ(asked.ask("shocks", {{"kind", "quarrel"}}).error().field, "kind");
    EXPECT_EQ(*asked.ask("shocks", {{"shock", "s1"}})->value, -9);
    EXPECT_EQ(asked.ask("shocks", {{"shock", "s1"}, {"kind", "coup"}}).error().field, "kind");
    EXPECT_EQ(asked.ask("shocks", {{"shock", "s2"}}).error().code, ErrorCode::not_found);
    for (const auto& one : answer->tables)
        for (const auto& row : one.rows)
            for (const auto& in : row) EXPECT_EQ(in.text.find("-0 "), std::string::npos) << in.text;
    EXPECT_EQ(asked.ask("shocks", {{"window", "5"}}).error().field, "window");
}

// A statement about contacts says nothing of training, which the reports count by fiscal year: it is not 0.
TEST(Shocks, AreNotCountedInTrainingByFiscalYear) {
    auto asked = trained({{2014, 20}, {2015, 22}, {2016, 19}});
    asked.coverage.push_back(test::coverage("v9", "census", {"usa", "chn"}, "2000..2026"));
    asked.shocks = {test::shock("s1", "2025-12-01"), test::shock("s2", "2015-06-01")};
    for (const char* kinds : {"training", "education", "TRG", "PME,ALM"}) {
        const auto answer = asked.ask("shocks", {{"kinds", kinds}});
        ASSERT_TRUE(answer);
        EXPECT_FALSE(answer->value) << kinds;
        EXPECT_EQ(answer->reason, "not covered");
        EXPECT_TRUE(answer->tables.empty());
        EXPECT_NE(answer->headline.find("by fiscal year"), std::string::npos);
        EXPECT_NE(answer->headline.find("not covered since 30 Sep 2016; 61 places"), std::string::npos)
            << answer->headline;
    }
    EXPECT_EQ(asked.ask("spells", {{"kinds", "TRG"}})->reason, "not covered");
    // Whoever records courses by the day may say so.
    asked.coverage.push_back(test::coverage("v10", "census", {"usa", "chn"}, "2000..2026"));
    asked.coverage.back().categories = {"TRG"};
    EXPECT_TRUE(asked.ask("shocks", {{"kinds", "TRG"}})->value);
}

TEST(Shocks, ComparesWithOtherPartnersOnlyWhereAllKindsAreCovered) {
    Asked asked;
    auto exercises = test::coverage("v1", "sample", {}, "2000..2020");
    exercises.categories = {"EXR"};
    asked.coverage = {exercises};
    asked.shocks = {test::shock("s1", "2010-01-29")};
    EXPECT_EQ(asked.ask("shocks")->reason, "not covered");
    EXPECT_TRUE(asked.ask("shocks", {{"kinds", "EXR"}})->value);
}

}  // namespace
}  // namespace entente::measures
