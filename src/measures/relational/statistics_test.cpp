#include "measures/relational/statistics.h"

#include <gtest/gtest.h>

#include "measures/relational/state.h"
#include "measures/relational/test_naive.h"

namespace entente::measures::relational {
namespace {

constexpr Kind kFirst = Kind::inertia, kLast = Kind::shock;

/// Each statistic that has a meaning, plain, as a logarithm and with two half-lives.
std::vector<Statistic> all_statistics(bool directed) {
    std::vector<Statistic> out;
    for (auto kind = kFirst; kind <= kLast; kind = static_cast<Kind>(static_cast<int>(kind) + 1)) {
        if (directed ? needs_no_direction(kind) : needs_direction(kind)) continue;
        Statistic plain{kind};
        if (is_actor_covariate(kind)) plain.name = kind == Kind::covariate_same ? "regime" : "wealth";
        if (kind == Kind::pair_covariate) plain.name = "border";
        if (kind == Kind::shock) plain.name = "sale", plain.window = 4;
        for (const auto transform : {Transform::identity, Transform::log}) {
            plain.transform = transform;
            plain.half_life.reset();
            out.push_back(plain);
            if (!may_decay(kind)) continue;
            for (const double half_life : {0.05, 7.0}) plain.half_life = half_life, out.push_back(plain);
        }
    }
    return out;
}

void expect_equal_at(
    const State& state, const naive::Look& look, const std::vector<Statistic>& statistics, std::size_t& seen
) {
    const auto size = static_cast<ActorIndex>(look.history.actors.size());
    for (ActorIndex i = 0; i < size; ++i)
        for (ActorIndex j = 0; j < size; ++j) {
            const auto x = look.at_risk(statistics, i, j);
            ASSERT_EQ(x.has_value(), state.risk().open(i, j)) << look.time << ' ' << i << ' ' << j;
            for (std::size_t k = 0; x && k < statistics.size(); ++k) {
                const double slack = 1e-12 * std::max(1.0, std::fabs((*x)[k]));
                ASSERT_NEAR(state.value(k, i, j), (*x)[k], slack)
                    << describe(statistics[k]) << " of " << i << " and " << j << " on " << look.time;
                seen += (*x)[k] != 0 ? 1 : 0;
            }
        }
}

void expect_equal(const History& history, const std::vector<Statistic>& statistics) {
    const Timeline timeline(history, statistics);
    State state(history, statistics, timeline);
    std::size_t seen = 0;
    for (double time = -10; time < 45; time += 0.5) {
        state.move_to(time);
        expect_equal_at(state, {history, time, time}, statistics, seen);
        // Between events, without anything new.
        state.take_events_until(time);
        state.look_from(time + 0.4);
        expect_equal_at(state, {history, time + 0.4, time}, statistics, seen);
        if (testing::Test::HasFatalFailure()) return;
    }
    EXPECT_GT(seen, 1000U);
}

TEST(RelationalStatistics, EqualDirectSumsOverPastEvents) {
    for (unsigned seed = 0; seed < 3; ++seed)
        for (const bool directed : {true, false}) {
            SCOPED_TRACE(testing::Message() << "seed " << seed << (directed ? "" : ", undirected"));
            const auto statistics = all_statistics(directed);
            expect_equal(naive::draw({.directed = directed}, seed), statistics);
        }
}

TEST(RelationalStatistics, LeaveOutPairsWithMissingCovariates) {
    for (const bool directed : {true, false}) {
        const auto history = naive::draw({.directed = directed, .given_pairs = true}, 9);
        expect_equal(history, {{Kind::inertia}, {Kind::pair_covariate, {}, Transform::identity, "distance"}});
    }
}

TEST(RelationalStatistics, KeepTheirDigitsOverManyHalfLives) {
    History history;
    history.actors = {{"A"}, {"B"}, {"C"}};
    for (int i = 0; i < 40; ++i)
        history.events.push_back(
            {i * 100.0, static_cast<ActorIndex>(i % 3), static_cast<ActorIndex>((i + 1) % 3)}
        );
    // 100 days are 333 half-lives: what is stored moves its origin with each event.
    const std::vector<Statistic> statistics{
        {Kind::inertia, 0.3}, {Kind::two_path, 0.3}, {Kind::sender_activity, 0.3}, {Kind::inertia, 40.0}};
    const Timeline timeline(history, statistics);
    State state(history, statistics, timeline);
    std::size_t seen = 0;
    for (int i = 0; i < 40; ++i) {
        const double time = i * 100.0 + 0.1;
        state.move_to(time);
        expect_equal_at(state, {history, time, time}, statistics, seen);
    }
    EXPECT_GT(seen, 100U);
}

TEST(RelationalStatistics, OfOneDayDoNotSeeEachOther) {
    History history;
    history.actors = {{"A"}, {"B"}, {"C"}};
    history.events = {{1, 0, 1}, {1, 1, 0}, {2, 1, 2}};
    const std::vector<Statistic> statistics{{Kind::inertia}, {Kind::reciprocity}};
    const Timeline timeline(history, statistics);
    State state(history, statistics, timeline);
    state.move_to(1);
    EXPECT_EQ(state.value(0, 0, 1), 0);
    EXPECT_EQ(state.value(1, 1, 0), 0);
    state.move_to(2);
    EXPECT_EQ(state.value(0, 0, 1), 1);
    EXPECT_EQ(state.value(1, 0, 1), 1);
}

TEST(RelationalStatistics, AreWordedByName) {
    EXPECT_EQ(
        describe({Kind::reciprocity, 180.0, Transform::log}), "reciprocity, half-life 180 days, ln(1+x)"
    );
    EXPECT_EQ(
        describe({Kind::shock, {}, Transform::identity, "arms sale", 90}),
        "shock of class arms sale within 90 days"
    );
}

}  // namespace
}  // namespace entente::measures::relational
