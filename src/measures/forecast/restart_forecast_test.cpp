#include "measures/forecast/restart_forecast.h"

#include <gtest/gtest.h>

#include "measures/register.h"
#include "measures/test_facts.h"

namespace entente::measures {
namespace {

using test::date;
using test::day;

/// Twelve outages of others that ended after 40 to 260 days, one a year, and what a test adds.
struct Asked {
    std::vector<Disruption> disruptions;
    std::vector<Channel> channels;
    std::vector<Engagement> contacts;
    bool general_knowledge = false;
    Day at = day("2024-06-30");

    Asked() {
        for (int i = 0; i < 12; ++i) {
            Disruption one;
            one.evidence.id = "x" + std::to_string(i);
            one.side_a = {"ind"};
            one.side_b = {"pak"};
            one.scope_class = "family";
            one.cause_class = i % 2 == 0 ? "incident" : "policy";
            one.stopped_by = {i % 3 == 0 ? "ind" : "pak"};
            const Day began = *day_of(2005 + i, 3, 1), ended = began + (40 + 20 * i);
            one.began = {began, began, domain::Precision::day};
            one.ended = {{{ended, ended, domain::Precision::day}}, {}};
            disruptions.push_back(one);
        }
    }

    Disruption& add(std::string id, const char* began, const char* ended) {
        disruptions.push_back(test::outage(std::move(id), began, ended, "visit"));
        disruptions.back().cause_class = "visit";
        return disruptions.back();
    }

    PairFacts facts() const {
        PairFacts out;
        out.tie.pair = test::kPair;
        out.tie.general_knowledge = general_knowledge;
        out.all_disruptions = disruptions;
        out.all_channels = channels;
        out.channels = channels;
        out.all_contacts = contacts;
        out.names = {{"usa", "United States"}, {"chn", "China"}};
        return out;
    }

    Result<RestartForecast> forecast(const std::string& channel = "") const {
        return forecast_restart(facts(), at, channel);
    }

    Answer answer(const std::string& channel = "") const {
        const auto* measure = find_measure("forecast");
        auto out = measure->ask(facts(), {at, nullptr, {{"channel", channel}}});
        EXPECT_TRUE(out) << (out ? "" : out.error().message);
        return out ? *out : Answer{};
    }
};

TEST(RestartForecast, TellsWhatIsStoppedAndNothingElse) {
    Asked asked;
    asked.add("ended", "2020-01-01", "2020-05-01");
    asked.add("later", "2024-07-01", "");
    asked.add("open", "2024-05-31", "2024-09-01");
    asked.add("event", "2024-05-31", "").scope_class = "event";
    const auto found = asked.forecast();
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->stopped);
    ASSERT_EQ(found->outages.size(), 1u);
    const auto& one = found->outages[0];
    EXPECT_EQ(one.outage->evidence.id, "open");
    EXPECT_EQ(one.age, 30);
    EXPECT_FALSE(one.last_said) << "it ended later, so it lasted on that day";
    for (std::size_t h = 1; h < kHorizons.size(); ++h) EXPECT_GT(one.chances[h], one.chances[h - 1]);
    EXPECT_LT(*one.soon, *one.median);
    EXPECT_LT(*one.median, *one.late);
    EXPECT_EQ(one.ended_of_pair, 1u);
    EXPECT_EQ(found->learnt.ended, 13u);
}

TEST(RestartForecast, SaysWhereNobodyKnowsThatItLasts) {
    Asked asked;
    asked.add("open", "2023-06-30", "").last_known = test::stated("2023-07-10");
    const auto found = asked.forecast();
    const auto& one = found->outages.at(0);
    ASSERT_TRUE(one.last_said);
    EXPECT_EQ(*one.last_said, day("2023-07-10"));
    // Longer than any of the twelve: most likely nobody noted its end.
    EXPECT_GT(*one.ended_unseen, 0.7);
    EXPECT_LT(*one.ended_unseen, 1);
}

TEST(RestartForecast, TellsOfANewOneWhereNothingIsStopped) {
    Asked asked;
    asked.add("ended", "2020-01-01", "2020-05-01");
    const auto found = asked.forecast();
    EXPECT_FALSE(found->stopped);
    ASSERT_EQ(found->outages.size(), 1u);
    EXPECT_EQ(found->outages[0].outage, nullptr);
    EXPECT_TRUE(found->outages[0].like_own);
    const auto answer = asked.answer();
    EXPECT_TRUE(answer.headline.starts_with(
        "Nothing is known to be stopped. Of new outages, as those of this pair were,"
    )) << answer.headline;
    Asked none;
    EXPECT_FALSE(none.forecast()->outages[0].like_own);
}

TEST(RestartForecast, KeepsToTheChannelAsked) {
    Asked asked;
    Channel channel;
    channel.evidence.id = "h1";
    channel.short_name = "Hotline";
    channel.parties = {"usa", "chn"};
    asked.channels = {channel};
    asked.add("family", "2024-05-01", "");
    EXPECT_FALSE(asked.forecast("h1")->stopped);
    asked.add("hotline", "2024-06-01", "").channel = "h1";
    EXPECT_EQ(asked.forecast("h1")->outages.at(0).outage->evidence.id, "hotline");
    EXPECT_EQ(asked.forecast()->outages.size(), 2u);
    EXPECT_EQ(asked.answer("Hotline").tables.at(0).rows.at(0).at(1).text, "Hotline");
    const auto refused =
        find_measure("forecast")->ask(asked.facts(), {asked.at, nullptr, {{"channel", "telex"}}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "found 'telex', expected one of: Hotline");
}

// The channel met on 3 May: whatever nobody recorded, it was up again; it had lasted to the last word of it.
TEST(RestartForecast, EndsAnOutageAtTheNextUseOfItsChannel) {
    Asked asked;
    auto& open = asked.add("open", "2024-01-01", "");
    open.channel = "h1";
    open.last_known = test::stated("2024-02-01");
    asked.contacts = {test::engagement("c1", "2024-05-03", "DLG", "", "h1")};
    const auto found = asked.forecast();
    EXPECT_FALSE(found->stopped);
    const auto learnt = std::ranges::find(found->learnt.cases, "open", [](const auto& one) {
        return one.outage->evidence.id;
    });
    ASSERT_NE(learnt, found->learnt.cases.end());
    EXPECT_EQ(learnt->lasted.low, 31);
    EXPECT_EQ(learnt->lasted.high, 123);
}

TEST(RestartForecast, DoesNotLearnFromGeneralKnowledgeUnlessAsked) {
    Asked asked;
    asked.disruptions[0].evidence.general_knowledge = {"all"};
    asked.add("own", "2020-01-01", "2020-05-01").evidence.general_knowledge = {"all"};
    EXPECT_EQ(asked.forecast()->learnt.ended, 11u);
    EXPECT_EQ(asked.forecast()->left_to_general_knowledge, 2u);
    asked.general_knowledge = true;
    EXPECT_EQ(asked.forecast()->learnt.ended, 13u);
    EXPECT_EQ(asked.forecast()->left_to_general_knowledge, 0u);
}

// The pair's own before others, then what shares more, then the later one; with what came first.
TEST(RestartForecast, NamesThePastOutagesMostLikeIt) {
    Asked asked;
    asked.add("old", "2001-01-01", "2001-05-01").cause_class = "coup";
    asked.add("like", "1995-06-01", "1996-12-08");
    asked.add("open", "2024-05-31", "2024-09-01");
    asked.contacts = {
        test::engagement("c1", "1996-12-08", "KLE", "minister"), test::engagement("c2", "1996-12-20")};
    const auto found = asked.forecast();
    const auto& alike = found->outages.at(0).alike;
    ASSERT_EQ(alike.size(), 3u);
    EXPECT_EQ(alike[0].outage->evidence.id, "like");
    EXPECT_EQ(alike[0].shared, (std::vector<std::string>{"pair", "cause", "who", "scope"}));
    EXPECT_EQ(alike[0].days.high, 556);
    ASSERT_NE(alike[0].first_back, nullptr);
    EXPECT_EQ(alike[0].first_back->evidence.id, "c1");
    EXPECT_EQ(alike[1].outage->evidence.id, "old");
    EXPECT_EQ(alike[1].first_back, nullptr) << "no contact in the year after";
    EXPECT_EQ(alike[2].outage->evidence.id, "x11") << "the latest of those that share the scope alone";
}

TEST(RestartForecast, SaysThatTooFewEnded) {
    Asked asked;
    asked.at = day("2010-01-01");
    const auto answer = asked.answer();
    EXPECT_EQ(answer.reason, "too few");
    EXPECT_EQ(answer.headline, "Too few outages to learn from: found 5 that had ended, needed 10.");
    EXPECT_FALSE(answer.value);
}

TEST(RestartForecast, PrintsItsOwnPastAndBaselines) {
    Asked asked;
    asked.add("open", "2024-05-31", "2024-09-01");
    const auto answer = asked.answer();
    ASSERT_TRUE(answer.value);
    EXPECT_LE(answer.band->ends.low, *answer.value);
    EXPECT_GE(answer.band->ends.high, *answer.value);
    EXPECT_TRUE(answer.paragraphs.at(0).starts_with(
        "Learnt from 13 outages of 2 pairs known by that day; 12 had ended. "
        "This pair has 0 that had ended, fewer than 10"
    )) << answer.paragraphs.at(0);
    // Two outages were told after ten had ended: of the last two years, at all ages that they reached.
    EXPECT_TRUE(answer.paragraphs.at(1).starts_with("Its own past: of ")) << answer.paragraphs.at(1);
    const auto scores = std::ranges::find(answer.tables, "scores", &AnswerTable::name);
    ASSERT_NE(scores, answer.tables.end());
    EXPECT_EQ(scores->rows.size(), 3u);
}

// What is told of a day does not hang on what came after it.
TEST(RestartForecast, OfADayStaysWhatItWas) {
    Asked asked;
    asked.at = day("2017-06-30");
    asked.add("open", "2017-05-31", "2017-09-01");
    const auto before = asked.answer();
    for (auto& one : asked.disruptions)
        if (*one.began.from > asked.at) one.cause_class = "visit";
    asked.disruptions.back().ended = test::stated("2020-09-01");
    asked.add("newer", "2018-01-01", "2018-02-01");
    const auto after = asked.answer();
    EXPECT_EQ(before.headline, after.headline);
    EXPECT_EQ(before.paragraphs, after.paragraphs);
}

}  // namespace
}  // namespace entente::measures
