#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "measures/register.h"
#include "measures/relational/visits.h"
#include "measures/test_facts.h"

namespace entente::measures {
namespace {

using test::day;

Engagement visit(const std::string& id, Day on, const std::string& visitor, const std::string& host) {
    auto out = test::engagement(id, to_iso(on).c_str(), "POL");
    out.actors = {visitor, host};
    out.host = host;
    return out;
}

/// Visits of `usa` and five others, in which a visit received is answered now and then.
std::vector<Engagement> some_visits(unsigned seed) {
    std::mt19937_64 random(seed);
    const std::vector<std::string> others{"chn", "fra", "ind", "jpn", "tha"};
    std::vector<Engagement> out;
    int number = 0;
    for (Day at = day("2000-01-03"); at < day("2004-01-01"); at = at + 1 + static_cast<int>(random() % 12)) {
        const auto& other = others[random() % others.size()];
        const bool paid = random() % 2 == 0;
        out.push_back(visit("e" + std::to_string(++number), at, paid ? "usa" : other, paid ? other : "usa"));
        if (!paid && random() % 3 == 0)
            out.push_back(visit("e" + std::to_string(++number), at + 20, "usa", other));
    }
    return out;
}

const Window kEver{day("1990-01-01"), day("2010-01-01")};

/// The log-likelihood by its definition: every statistic counted anew over all visits before, ties by Efron.
double naive_log_likelihood(
    const Visits& visits, VisitSide side, double half_life, const std::vector<double>& beta
) {
    const auto explained = [&](const Visit& one) {
        return (one.visitor == "usa") == (side == VisitSide::paid);
    };
    const auto score = [&](const std::string& partner, Day at) {
        double ever = 0, lately = 0, other = 0;
        for (const auto& one : visits.visits) {
            if (one.day >= at) continue;
            if ((one.visitor == "usa" ? one.host : one.visitor) != partner) continue;
            if (explained(one)) {
                ++ever;
                lately += std::exp2(-(at - one.day) / 730.0);
            } else {
                other += std::exp2(-(at - one.day) / half_life);
            }
        }
        return std::exp(beta[0] * std::log1p(ever) + beta[1] * lately + beta[2] * other);
    };
    double out = 0;
    for (std::size_t i = 0; i < visits.visits.size();) {
        const Day at = visits.visits[i].day;
        std::vector<std::string> chosen;
        for (; i < visits.visits.size() && visits.visits[i].day == at; ++i)
            if (explained(visits.visits[i]))
                chosen.push_back(side == VisitSide::paid ? visits.visits[i].host : visits.visits[i].visitor);
        double all = 0, tied = 0;
        for (const auto& partner : visits.partners) all += score(partner, at);
        for (const auto& partner : chosen) tied += score(partner, at);
        const auto count = static_cast<double>(chosen.size());
        for (std::size_t l = 0; l < chosen.size(); ++l)
            out += std::log(score(chosen[l], at)) - std::log(all - static_cast<double>(l) / count * tied);
    }
    return out;
}

TEST(RelationalVisits, FitIsTheHighestPointOfTheLikelihoodByItsDefinition) {
    const auto engagements = some_visits(5);
    const auto visits = visits_of(engagements, "usa", {"POL"}, kEver);
    for (const auto side : {VisitSide::paid, VisitSide::received}) {
        const auto fit = fit_visits(visits, "usa", side, 90);
        ASSERT_TRUE(fit) << fit.error().message;
        std::vector<double> beta;
        for (const auto& one : fit->coefficients) beta.push_back(one.estimate);
        const double top = naive_log_likelihood(visits, side, 90, beta);
        EXPECT_NEAR(fit->log_likelihood, top, 1e-8 * std::fabs(top));
        EXPECT_NEAR(
            fit->log_likelihood_null, naive_log_likelihood(visits, side, 90, {0, 0, 0}), 1e-8 * std::fabs(top)
        );
        for (std::size_t i = 0; i < beta.size(); ++i)
            for (const double step : {-0.01, 0.01}) {
                auto moved = beta;
                moved[i] += step;
                EXPECT_LT(naive_log_likelihood(visits, side, 90, moved), top);
            }
    }
}

TEST(RelationalVisits, TakesOnlyWhatSaysWhoWentWhereAndWhen) {
    std::vector<Engagement> engagements{
        visit("e1", day("2001-05-02"), "chn", "usa"),
        visit("e2", day("2001-05-02"), "chn", "usa"),  // the same day: once
        visit("e3", day("2001-06-02"), "usa", "chn"),
        visit("e4", day("2001-07-02"), "fra", "chn"),  // not of the United States
        visit("e5", day("2001-08-02"), "usa", "chn"),
        visit("e6", day("2011-08-02"), "usa", "chn"),  // later than asked
    };
    engagements[4].host = "";
    engagements.push_back(visit("e7", day("2001-09-02"), "usa", "chn"));
    engagements.back().held = test::stated("2001-09");
    engagements.push_back(visit("e8", day("2001-10-02"), "usa", "chn"));
    engagements.back().status = "cancelled";
    engagements.push_back(visit("e9", day("2001-11-02"), "usa", "chn"));
    engagements.back().category = "KLE";
    const auto visits = visits_of(engagements, "usa", {"POL"}, kEver);
    ASSERT_EQ(visits.visits.size(), 2U);
    EXPECT_EQ(visits.visits[0].visitor, "chn");
    EXPECT_EQ(visits.visits[1].visitor, "usa");
    EXPECT_EQ(visits.partners, std::vector<std::string>{"chn"});
    EXPECT_EQ(visits.imprecise, 1U);
    EXPECT_EQ(visits.without_host, 1U);
}

Result<Answer> asked(std::span<const Engagement> engagements) {
    PairFacts facts;
    facts.tie.pair = test::kPair;
    facts.names = {{"usa", "United States"}, {"chn", "China"}};
    facts.home_engagements = engagements;
    const auto* measure = find_measure("relational");
    MeasureQuestion question{day("2010-01-01"), &builtin_parameters(), {}};
    for (const auto& choice : measure->choices) question.choices[choice.name] = choice.preset;
    return measure->ask(facts, question);
}

TEST(Relational, SaysWhatAVisitReceivedCallsForth) {
    const auto engagements = some_visits(5);
    const auto answer = asked(engagements);
    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->headline.starts_with("A visit received makes a visit paid ")) << answer->headline;
    EXPECT_TRUE(answer->value);
    EXPECT_NE(answer->headline.find(", over "), std::string::npos) << answer->headline;
    ASSERT_EQ(answer->tables.size(), 5U);
    EXPECT_TRUE(answer->tables[3].explains && answer->tables[4].explains);
    EXPECT_EQ(
        answer->tables[4].rows.size(),
        static_cast<std::size_t>(*answer->tables[2].rows[0][1].number + *answer->tables[2].rows[1][1].number)
    );
    EXPECT_EQ(answer->tables[0].rows.size(), 3U);
    // The records behind a number are those that it counts.
    const auto& now = answer->tables[2].rows[0];
    EXPECT_EQ(*now[1].number, static_cast<double>(now[1].records.size()));
}

TEST(Relational, ShiftingAllDaysChangesNoEstimate) {
    auto engagements = some_visits(7);
    const auto before =
        fit_visits(visits_of(engagements, "usa", {"POL"}, kEver), "usa", VisitSide::paid, 182);
    for (auto& one : engagements) one.held = test::stated(to_iso(*one.held->from + 400));
    const auto after = fit_visits(visits_of(engagements, "usa", {"POL"}, kEver), "usa", VisitSide::paid, 182);
    ASSERT_TRUE(before && after);
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_NEAR(before->coefficients[i].estimate, after->coefficients[i].estimate, 1e-9);
}

TEST(Relational, NothingOnRecordIsNoAnswerAndNotZero) {
    const auto answer = asked({});
    ASSERT_TRUE(answer);
    EXPECT_FALSE(answer->value);
    EXPECT_EQ(answer->reason, "none on record");
    // One visit tells nothing: the reason is named and no number given.
    const std::vector<Engagement> one{visit("e1", day("2001-05-02"), "chn", "usa")};
    const auto little = asked(one);
    ASSERT_TRUE(little);
    EXPECT_FALSE(little->value);
    EXPECT_FALSE(little->reason.empty());
}

}  // namespace
}  // namespace entente::measures
