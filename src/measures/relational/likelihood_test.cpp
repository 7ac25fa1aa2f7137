#include <gtest/gtest.h>

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/special_functions/expint.hpp>
#include <map>

#include "measures/relational/controls.h"
#include "measures/relational/evaluate.h"
#include "measures/relational/state.h"
#include "measures/relational/test_naive.h"

namespace entente::measures::relational {
namespace {

using Parameters = std::vector<double>;

std::vector<Statistic> directed_terms() {
    return {
        {Kind::inertia, 8.0, Transform::log},
        {Kind::reciprocity, 5.0},
        {Kind::sender_activity},
        {Kind::receiver_popularity, {}, Transform::log},
        {Kind::receiver_senders},
        {Kind::two_path_count},
        {Kind::pair_covariate, {}, Transform::identity, "border"},
        {Kind::shock, {}, Transform::identity, "sale", 4}};
}

/// Without decay sums of rows are kept and patched.
std::vector<Statistic> lasting_terms(bool directed) {
    if (!directed)
        return {
            {Kind::inertia},
            {Kind::activity, {}, Transform::log},
            {Kind::shared_partners},
            {Kind::recency},
            {Kind::covariate_sum, {}, Transform::identity, "wealth"},
            {Kind::shock, {}, Transform::identity, "sale", 4}};
    return {
        {Kind::inertia, {}, Transform::log},
        {Kind::sender_activity},
        {Kind::receiver_popularity},
        {Kind::two_path},
        {Kind::shared_senders, {}, Transform::log},
        {Kind::pair_covariate, {}, Transform::identity, "border"},
        {Kind::shock, {}, Transform::identity, "sale", 4}};
}

std::vector<Statistic> undirected_terms() {
    return {
        {Kind::inertia},
        {Kind::activity, 9.0},
        {Kind::partners, {}, Transform::log},
        {Kind::shared_partners, 6.0},
        {Kind::covariate_sum, {}, Transform::identity, "wealth"},
        {Kind::shock, {}, Transform::identity, "sale", 4}};
}

Model model_of(bool directed, Likelihood likelihood) {
    Model model{.statistics = directed ? directed_terms() : undirected_terms(), .likelihood = likelihood};
    if (likelihood == Likelihood::timing) model.start = 2, model.end = 31;
    return model;
}

Parameters some_parameters(const Model& model, double size) {
    Parameters out;
    if (model.likelihood == Likelihood::timing) out.push_back(-1.5);
    for (std::size_t k = 0; k < model.statistics.size(); ++k)
        out.push_back(size * std::sin(1.7 * static_cast<double>(k) + 1));
    return out;
}

/// Derivatives, by differences of the level before.
void expect_derivatives(const Evaluator& evaluator, const Parameters& at) {
    const auto here = evaluator.at(at, 1, false).likelihood;
    for (std::size_t k = 0; k < at.size(); ++k) {
        Parameters more = at, less = at;
        const double step = 1e-5;
        more[k] += step, less[k] -= step;
        const auto above = evaluator.at(more, 1, false).likelihood;
        const auto below = evaluator.at(less, 1, false).likelihood;
        const double slope = (above.value - below.value) / (2 * step);
        EXPECT_NEAR(here.gradient[k], slope, 1e-5 * (1 + std::fabs(slope))) << k;
        for (std::size_t l = 0; l < at.size(); ++l) {
            const double bend = -(above.gradient[l] - below.gradient[l]) / (2 * step);
            EXPECT_NEAR(here.information[k * at.size() + l], bend, 1e-5 * (1 + std::fabs(bend)))
                << k << ' ' << l;
        }
    }
}

void expect_likelihood(const Evaluator& evaluator, const Parameters& at, double expected) {
    EXPECT_NEAR(evaluator.at(at, 1, false).likelihood.value, expected, 1e-9 * std::fabs(expected));
}

/// Few pairs that met among many, and the other way round; with and without given pairs.
std::vector<naive::Recipe> recipes(bool directed) {
    return {
        {.directed = directed, .actors = 6, .events = 60},
        {.directed = directed, .actors = 16, .events = 30},
        {.directed = directed, .actors = 12, .events = 40, .given_pairs = true}};
}

TEST(OrdinalLikelihood, EqualsTheSumOverAllPairs) {
    for (const bool directed : {true, false})
        for (const auto& recipe : recipes(directed))
            for (const Ties ties : {Ties::breslow, Ties::efron}) {
                SCOPED_TRACE(testing::Message() << directed << ' ' << recipe.actors);
                const auto history = naive::draw(recipe, 4);
                Model model = model_of(directed, Likelihood::ordinal);
                model.ties = ties;
                const auto evaluator = make_evaluator(history, model);
                for (const double size : {0.0, 0.4, 2.0}) {
                    const auto at = some_parameters(model, size);
                    expect_likelihood(*evaluator, at, naive::ordinal(history, model, at));
                }
                expect_derivatives(*evaluator, some_parameters(model, 0.3));
            }
}

TEST(OrdinalLikelihood, WithoutDecayEqualsTheSumOverAllPairs) {
    for (const bool directed : {true, false})
        for (auto recipe : recipes(directed)) {
            SCOPED_TRACE(testing::Message() << directed << ' ' << recipe.actors);
            // Long enough for rows to be summed anew between their patches.
            recipe.events *= 4, recipe.days *= 4;
            const auto history = naive::draw(recipe, 4);
            Model model = model_of(directed, Likelihood::ordinal);
            model.statistics = lasting_terms(directed);
            const auto evaluator = make_evaluator(history, model);
            for (const double size : {0.0, 0.05, 0.4}) {
                const auto at = some_parameters(model, size);
                expect_likelihood(*evaluator, at, naive::ordinal(history, model, at));
            }
            expect_derivatives(*evaluator, some_parameters(model, 0.02));
        }
}

TEST(OrdinalLikelihood, LeavesOutWhatIsMissing) {
    const auto history = naive::draw({}, 6);
    Model model = model_of(true, Likelihood::ordinal);
    model.statistics.push_back({Kind::pair_covariate, {}, Transform::identity, "distance"});
    model.statistics.push_back({Kind::sender_covariate, {}, Transform::identity, "wealth"});
    const auto evaluator = make_evaluator(history, model);
    const auto at = some_parameters(model, 0.4);
    expect_likelihood(*evaluator, at, naive::ordinal(history, model, at));
    const auto zero = evaluator->at(some_parameters(model, 0), 1, true);
    EXPECT_GT(zero.events_left_out, 0U);
    EXPECT_GT(zero.pairs_left_out, 0);
    double pairs = 0, present = 0;
    for (const auto& [time, events] : naive::by_time(history, model)) {
        naive::each_pair({history, time, time}, model.statistics, [&](auto, auto, const auto&) { ++pairs; });
        naive::each_pair({history, time, time}, {{Kind::inertia}}, [&](auto, auto, const auto&) {
            ++present;
        });
    }
    EXPECT_EQ(zero.pairs, pairs);
    EXPECT_EQ(zero.pairs_left_out, present - pairs);
}

TEST(TimingLikelihood, EqualsTheSumOverAllPairsAndStretches) {
    const auto at_end = [](const auto& rate, double from, double to) { return (to - from) * rate(to); };
    for (const bool directed : {true, false})
        for (const auto& recipe : recipes(directed)) {
            SCOPED_TRACE(testing::Message() << directed << ' ' << recipe.actors);
            const auto history = naive::draw(recipe, 11);
            const Model model = model_of(directed, Likelihood::timing);
            const auto evaluator = make_evaluator(history, model);
            for (const double size : {0.0, 0.5}) {
                const auto at = some_parameters(model, size);
                expect_likelihood(*evaluator, at, naive::timing(history, model, at, at_end));
            }
            expect_derivatives(*evaluator, some_parameters(model, 0.3));
        }
}

TEST(TimingLikelihood, IntegratesWhatDecays) {
    using Rule = boost::math::quadrature::gauss_kronrod<double, 31>;
    const auto whole = [](const auto& rate, double from, double to) {
        return Rule::integrate(rate, from, to, 12, 1e-13);
    };
    const auto history = naive::draw({.actors = 4, .events = 12}, 2);
    Model model = model_of(true, Likelihood::timing);
    model.within = WithinStretch::integrated;
    const auto at = some_parameters(model, 0.5);
    expect_likelihood(*make_evaluator(history, model), at, naive::timing(history, model, at, whole));
}

// One event at 0, then nothing for 500 days: the integral of exp(b 2^(-t/h)) is known in closed form.
TEST(TimingLikelihood, IntegratesALongSilence) {
    History history;
    history.actors = {{"A"}, {"B"}};
    history.events = {{0, 0, 1}, {500, 0, 1}};
    Model model{.statistics = {{Kind::inertia, 3.0}}, .likelihood = Likelihood::timing};
    model.within = WithinStretch::integrated;
    model.start = 0, model.end = 500;
    const double b = 4, left = b * std::exp2(-500 / 3.0);
    const double rate = 3 / std::log(2) * (boost::math::expint(b) - boost::math::expint(left)) + 500;
    const double expected = std::log(0.01) + left - 0.01 * rate;
    expect_likelihood(*make_evaluator(history, model), {std::log(0.01), b}, expected);
}

TEST(SampledLikelihood, WithAllPairsIsTheOrdinalOne) {
    for (const bool directed : {true, false}) {
        const auto history = naive::draw({.directed = directed}, 3);
        Model model = model_of(directed, Likelihood::sampled);
        model.controls = 1000;
        const auto evaluator = make_evaluator(history, model);
        const auto at = some_parameters(model, 0.5);
        expect_likelihood(*evaluator, at, naive::ordinal(history, model, at));
        model.controls = 3;
        const auto few = make_evaluator(history, model);
        expect_derivatives(*few, at);
        EXPECT_NE(few->at(at, 1, false).likelihood.value, evaluator->at(at, 1, false).likelihood.value);
    }
}

TEST(Controls, AreDrawnEvenlyAndNeverTwice) {
    for (const ActorIndex actors : {6U, 40U})
        for (const bool directed : {true, false}) {
            History history;
            history.directed = directed;
            history.actors.resize(actors);
            const Timeline timeline(history, {});
            const State state(history, {}, timeline);
            const numerics::Draws draws("test");
            std::map<PairOfActors, int> seen;
            constexpr int kRounds = 6000;
            for (std::uint64_t round = 0; round < kRounds; ++round) {
                auto drawn = draw_controls(state.risk(), {1, 0}, 3, draws, round);
                ASSERT_EQ(drawn.size(), 3U);
                for (const auto& pair : drawn) ++seen[pair];
                std::sort(drawn.begin(), drawn.end());
                ASSERT_EQ(std::unique(drawn.begin(), drawn.end()), drawn.end());
            }
            const double others = actors * (actors - 1) / (directed ? 1.0 : 2.0) - 1;
            EXPECT_EQ(static_cast<double>(seen.size()), others);
            EXPECT_FALSE(seen.contains(directed ? PairOfActors{1, 0} : PairOfActors{0, 1}));
            const double expected = 3.0 * kRounds / others;
            for (const auto& [pair, count] : seen) EXPECT_NEAR(count, expected, 6 * std::sqrt(expected));
        }
}

TEST(Evaluators, GiveTheSameDigitsWithAnyNumberOfThreads) {
    const auto history = naive::draw({.actors = 8, .events = 3000, .days = 2000}, 5);
    bool again = false;
    for (const auto likelihood :
         {Likelihood::ordinal, Likelihood::timing, Likelihood::sampled, Likelihood::ordinal}) {
        Model model = model_of(true, likelihood);
        if (std::exchange(again, true)) model.statistics = lasting_terms(true);
        if (likelihood == Likelihood::timing) model.end = 2100;
        const auto at = some_parameters(model, 0.01);
        const auto one = make_evaluator(history, model)->at(at, 1, false).likelihood;
        model.threads = 3;
        const auto evaluator = make_evaluator(history, model);
        EXPECT_GT(evaluator->blocks(), 3U);
        const auto three = evaluator->at(at, 1, false).likelihood;
        EXPECT_EQ(one.value, three.value);
        EXPECT_EQ(one.gradient, three.gradient);
        EXPECT_EQ(one.information, three.information);
    }
}

}  // namespace
}  // namespace entente::measures::relational
