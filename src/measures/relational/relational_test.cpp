#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "measures/relational/fit.h"
#include "measures/relational/ranking.h"
#include "measures/relational/test_naive.h"

namespace entente::measures::relational {
namespace {

const std::vector<Statistic> kTwo{{Kind::inertia}, {Kind::reciprocity}};

History history_of(const std::vector<const char*>& pairs) {
    History history;
    history.actors = {{"A"}, {"B"}, {"C"}};
    double time = 0;
    for (const char* pair : pairs)
        history.events.push_back(
            {++time, static_cast<ActorIndex>(pair[0] - 'A'), static_cast<ActorIndex>(pair[1] - 'A')}
        );
    return history;
}

// MEASURES.md 18, 6: three actors, all six pairs at risk.
History toy() {
    return history_of({"AB", "BA", "AB", "CA", "AC", "BA", "AB", "BC", "CB"});
}

Fit fitted(const History& history, const Model& model) {
    auto found = fit(history, model);
    EXPECT_TRUE(found) << (found ? "" : found.error().field + ": " + found.error().message);
    if (found) return *found;
    Fit none;
    none.coefficients.resize(9);
    return none;
}

void expect_same(const Fit& one, const Fit& other, double slack = 1e-9) {
    ASSERT_EQ(one.coefficients.size(), other.coefficients.size());
    EXPECT_NEAR(one.log_likelihood, other.log_likelihood, slack * std::fabs(one.log_likelihood));
    for (std::size_t k = 0; k < one.coefficients.size(); ++k) {
        const auto& [a, b] = std::pair{one.coefficients[k], other.coefficients[k]};
        EXPECT_NEAR(a.estimate, b.estimate, slack * (1 + std::fabs(a.estimate))) << a.name;
        EXPECT_NEAR(a.standard_error, b.standard_error, slack * (1 + a.standard_error)) << a.name;
    }
}

/// Pairs answer each other: a history in which something can be found.
History lively(unsigned seed, int events = 400, bool directed = true) {
    std::mt19937 random(seed);
    History out;
    out.directed = directed;
    for (int i = 0; i < 7; ++i) out.actors.push_back({std::string(1, static_cast<char>('A' + i))});
    double time = 0;
    while (static_cast<int>(out.events.size()) < events) {
        time += random() % 3 == 0 ? 0 : 1;
        Event event{time, static_cast<ActorIndex>(random() % 7), static_cast<ActorIndex>(random() % 7)};
        if (!out.events.empty() && random() % 3 == 0)
            event.sender = out.events.back().receiver, event.receiver = out.events.back().sender;
        const naive::Look look{out, time, time};
        const bool twice = std::any_of(out.events.begin(), out.events.end(), [&](const Event& other) {
            return other.time == time && look.is(other, event.sender, event.receiver);
        });
        if (event.sender != event.receiver && !twice) out.events.push_back(event);
    }
    return out;
}

TEST(RelationalFit, GivesTheWorkedFigures) {
    const auto found = fitted(toy(), {.statistics = kTwo});
    EXPECT_NEAR(found.coefficients[0].estimate, -2.79193159, 5e-9);
    EXPECT_NEAR(found.coefficients[1].estimate, 2.16108443, 5e-9);
    EXPECT_NEAR(found.coefficients[0].standard_error, 1.37746626, 5e-9);
    EXPECT_NEAR(found.coefficients[1].standard_error, 0.98621726, 5e-9);
    EXPECT_NEAR(found.log_likelihood, -12.28242875, 5e-9);
    EXPECT_NEAR(found.log_likelihood_null, -16.12583522, 5e-9);
    EXPECT_NEAR(found.aic, 2 * 12.28242875 + 4, 1e-7);
    EXPECT_NEAR(found.bic, 2 * 12.28242875 + 2 * std::log(9), 1e-7);
    EXPECT_EQ(found.events, 9U);
    EXPECT_EQ(found.pairs_mean, 6);
    EXPECT_NEAR(found.coefficients[1].hazard_ratio, std::exp(2.16108443), 1e-6);
    EXPECT_NEAR(found.coefficients[1].low, std::exp(2.16108443 - 1.644853627 * 0.98621726), 1e-6);
}

// With one rate for all pairs: 9 events in 10 days of 6 pairs.
TEST(RelationalFit, GivesTheRateOfTimes) {
    Model model{.statistics = kTwo, .likelihood = Likelihood::timing};
    model.start = 0, model.end = 10;
    const auto found = fitted(toy(), model);
    EXPECT_NEAR(found.log_likelihood_null, 9 * std::log(9 / 60.0) - 9, 1e-12);
    EXPECT_EQ(found.coefficients[0].name, "constant");
    EXPECT_GT(found.log_likelihood, found.log_likelihood_null);
    // A later end without events lowers the rate, and nothing else of importance.
    model.end = 40;
    EXPECT_LT(fitted(toy(), model).coefficients[0].estimate, found.coefficients[0].estimate);
}

TEST(RelationalFit, DoesNotChangeWhenDaysShiftOrActorsAreRelabelled) {
    for (const auto likelihood : {Likelihood::ordinal, Likelihood::timing}) {
        const auto history = lively(1);
        Model model{
            .statistics =
                {{Kind::inertia, 20.0, Transform::log}, {Kind::reciprocity, 3.0}, {Kind::two_path_count}},
            .likelihood = likelihood};
        if (likelihood == Likelihood::timing) model.start = 0, model.end = 500;
        const auto found = fitted(history, model);
        History shifted = history;
        for (Event& event : shifted.events) event.time += 7000;
        Model later = model;
        if (model.start) later.start = *model.start + 7000, later.end = *model.end + 7000;
        expect_same(found, fitted(shifted, later));
        History relabelled = history;
        const std::vector<ActorIndex> to{3, 6, 0, 5, 1, 4, 2};
        for (Event& event : relabelled.events)
            event.sender = to[event.sender], event.receiver = to[event.receiver];
        std::reverse(relabelled.events.begin(), relabelled.events.end());
        expect_same(found, fitted(relabelled, model));
    }
}

TEST(RelationalFit, OfUndirectedEventsDoesNotCareWhoStandsFirst) {
    const auto history = lively(2, 200, false);
    const Model model{
        .statistics = {{Kind::inertia, {}, Transform::log}, {Kind::activity, 30.0}, {Kind::recency}},
        .ties = Ties::efron};
    History turned = history;
    for (std::size_t at = 0; at < turned.events.size(); at += 2)
        std::swap(turned.events[at].sender, turned.events[at].receiver);
    expect_same(fitted(history, model), fitted(turned, model));
}

TEST(RelationalFit, StandardisesOverTheRiskSets) {
    const auto history = lively(3);
    Model model{.statistics = kTwo, .likelihood = Likelihood::timing};
    model.start = 0, model.end = 500;
    const auto plain = fitted(history, model);
    for (Statistic& statistic : model.statistics) statistic.transform = Transform::standard;
    const auto standard = fitted(history, model);
    EXPECT_NEAR(standard.log_likelihood, plain.log_likelihood, 1e-9 * std::fabs(plain.log_likelihood));
    double constant = plain.coefficients[0].estimate;
    for (std::size_t k = 1; k < 3; ++k) {
        const auto& of = standard.coefficients[k];
        EXPECT_NEAR(of.estimate, plain.coefficients[k].estimate * of.deviation, 1e-9);
        EXPECT_NEAR(of.standard_error, plain.coefficients[k].standard_error * of.deviation, 1e-9);
        EXPECT_NEAR(plain_coefficients(standard)[k - 1], plain.coefficients[k].estimate, 1e-9);
        constant += plain.coefficients[k].estimate * of.mean;
    }
    EXPECT_NEAR(standard.coefficients[0].estimate, constant, 1e-9);
    // Mean and deviation, counted over every pair.
    double pairs = 0, sum = 0, squares = 0;
    for (const auto& [time, events] : naive::by_time(history, model))
        naive::each_pair({history, time, time}, kTwo, [&](auto, auto, const auto& x) {
            ++pairs, sum += x[0], squares += x[0] * x[0];
        });
    EXPECT_NEAR(standard.coefficients[1].mean, sum / pairs, 1e-12);
    EXPECT_NEAR(
        standard.coefficients[1].deviation, std::sqrt(squares / pairs - sum / pairs * sum / pairs), 1e-10
    );
}

// A late arrival is at risk from its day on, and not before.
TEST(RelationalFit, CountsAnActorThatAppearsLate) {
    History history = toy();
    history.actors.push_back({"D", {{5}}});
    history.events.push_back({6.5, 3, 0});
    const auto found = fitted(history, {.statistics = kTwo});
    EXPECT_NEAR(found.pairs_mean, (4 * 6 + 6 * 12) / 10.0, 1e-12);
    history.events.back().time = 4.5;
    const auto refused = fit(history, {.statistics = kTwo});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "D to A on 4.5: D is not present then.");
}

TEST(RelationalFit, SampledComesNearTheWhole) {
    const auto history = lively(4, 2000);
    Model model{.statistics = {{Kind::inertia, 50.0, Transform::log}, {Kind::reciprocity, 2.0}}};
    const auto whole = fitted(history, model);
    model.likelihood = Likelihood::sampled, model.controls = 10;
    const auto sampled = fitted(history, model);
    for (std::size_t k = 0; k < 2; ++k) {
        const auto& of = sampled.coefficients[k];
        EXPECT_NEAR(of.estimate, whole.coefficients[k].estimate, 4 * of.standard_error);
        EXPECT_GT(of.standard_error, whole.coefficients[k].standard_error);
    }
    EXPECT_EQ(sampled.choices, "order of events; 10 controls an event, seed 1");
    model.seed = 2;
    EXPECT_NE(fitted(history, model).log_likelihood, sampled.log_likelihood);
}

// More than 32 blocks of times: the climb starts from a fit over a part of them.
TEST(RelationalFit, OfManyTimesStartsFromAPart) {
    History history;
    history.actors = {{"A"}, {"B"}, {"C"}, {"D"}};
    std::mt19937 random(8);
    for (int i = 0; i < 9000; ++i) {
        const auto one = static_cast<ActorIndex>(random() % 4), other = static_cast<ActorIndex>(random() % 4);
        if (one != other) history.events.push_back({static_cast<double>(history.events.size()), one, other});
    }
    while (history.events.size() < 8500) {
        const Event last = history.events.back();
        history.events.push_back({last.time + 1, last.receiver, last.sender});
    }
    const std::vector<Statistic> statistics{{Kind::reciprocity, 2.0}};
    const auto found = fitted(history, {.statistics = statistics});
    EXPECT_LT(found.steps, 5);
    // Flat at the top: the gradient of the naive likelihood, by differences over a short piece, is another
    // test's; here a second climb from elsewhere must end at the same place.
    Model threads{.statistics = statistics};
    threads.threads = 2;
    const auto again = fitted(history, threads);
    EXPECT_EQ(found.coefficients[0].estimate, again.coefficients[0].estimate);
    EXPECT_EQ(found.coefficients[0].standard_error, again.coefficients[0].standard_error);
}

TEST(RankHeldOut, EqualsCountingByHand) {
    const auto history = lively(5, 300);
    Model model{.statistics = {{Kind::inertia, 60.0}, {Kind::reciprocity, 2.0}}};
    model.end = 120;
    const auto found = fitted(history, model);
    const auto ranked = rank_held_out(history, model, found, 1000);
    ASSERT_TRUE(ranked) << ranked.error().message;
    const std::vector<double> beta = plain_coefficients(found);
    Model rest = model;
    rest.start = 120, rest.end = 1000;
    double events = 0, first_tenth = 0;
    for (const auto& [time, held_out] : naive::by_time(history, rest))
        for (const Event& event : held_out) {
            const naive::Look look{history, time, time};
            const double own =
                naive::dot(beta, *look.at_risk(model.statistics, event.sender, event.receiver));
            double rank = 0.5, pairs = 0;
            naive::each_pair(look, model.statistics, [&](auto, auto, const auto& x) {
                const double other = naive::dot(beta, x);
                ++pairs, rank += std::fabs(other - own) < 1e-12 ? 0.5 : other > own ? 1 : 0;
            });
            ++events, first_tenth += rank <= std::ceil(0.1 * pairs) ? 1 : 0;
        }
    EXPECT_EQ(static_cast<double>(ranked->events), events);
    EXPECT_NEAR(ranked->top_10, first_tenth / events, 1e-12);
    EXPECT_GT(ranked->top_10, 0.1);
    EXPECT_LE(ranked->top_1, ranked->top_5);
    EXPECT_LE(ranked->top_5, ranked->top_10);
    EXPECT_FALSE(rank_held_out(history, model, found, 120));
}

}  // namespace
}  // namespace entente::measures::relational
