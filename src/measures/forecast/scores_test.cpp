#include "measures/forecast/scores.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "measures/forecast/simulated_histories.h"

namespace entente::measures {
namespace {

// By hand, at 100 days: ended after 50 (told 0.7), ended after 200 (told 0.4), lost sight of after 60 (told 0.5), lasting
// after 150 (told 0.2). Of three followed to 60 days or beyond one is lost there: two thirds are followed on. The first
// counts 1, for none is lost before 50: 0.3² = 0.09. The second and the fourth count 3/2: (0.16 + 0.04) · 3/2 = 0.3. Of
// four, (0.09 + 0.3) / 4.
TEST(WeightedBrier, IsThatCountedByHand) {
    const std::vector<Lifetime> came{{50, 50}, {200, 200}, {60}, {150}};
    const std::vector<double> chances{0.7, 0.4, 0.5, 0.2};
    EXPECT_NEAR(*weighted_brier(came, chances, 100), 0.0975, 1e-12);
    // At 250 days one of two is lost at 150: the second counts 3. 0.3² + 0.6² · 3, of four.
    EXPECT_NEAR(*weighted_brier(came, chances, 250), (0.09 + 1.08) / 4, 1e-12);
    // Who is lost last is the last that was followed: nothing can be said beyond.
    EXPECT_FALSE(weighted_brier(std::vector<Lifetime>{{50, 50}, {60}}, std::vector<double>{0.7, 0.4}, 100));
}

TEST(WeightedBrier, IsThePlainMeanWhereAllEnded) {
    std::mt19937_64 random(3);
    std::vector<Lifetime> came;
    std::vector<double> chances;
    double sum = 0;
    for (int i = 0; i < 50; ++i) {
        const double days = 1 + static_cast<double>(random() % 300),
                     chance = static_cast<double>(random() % 100) / 100;
        came.push_back({days, days});
        chances.push_back(chance);
        sum += std::pow(chance - (days <= 90 ? 1 : 0), 2);
    }
    EXPECT_NEAR(*weighted_brier(came, chances, 90), sum / 50, 1e-12);
}

// What is lost sight of at random does not move it: thousands, with and without.
TEST(WeightedBrier, IsNotMovedByWhoIsLostSightOf) {
    std::mt19937_64 random(4);
    std::vector<Lifetime> whole, seen;
    std::vector<double> chances;
    for (int i = 0; i < 4000; ++i) {
        const double days = std::ceil(-200 * std::log((static_cast<double>(random() >> 11) + 0.5) * 0x1p-53));
        const double lost = 1 + static_cast<double>(random() % 600);
        whole.push_back({days, days});
        seen.push_back(days <= lost ? Lifetime{days, days} : Lifetime{lost});
        chances.push_back(0.3);
    }
    EXPECT_NEAR(*weighted_brier(seen, chances, 180), *weighted_brier(whole, chances, 180), 0.01);
}

// By hand: an even chance a day over 100 days, and it ended on the 50th: before it (t/100)² from 0 to 50, behind it
// (1 − t/100)² from 50 to 100, each 50³/(3 · 100²) = 12.5/3; together 25/3 days.
TEST(Crps, IsThatCountedByHand) {
    const auto even = [](double days) { return std::min(1.0, days / 100); };
    EXPECT_NEAR(crps(even, {50, 50}), 25.0 / 3, 0.1);
    // Followed for 30 days and lasting: only these count, exactly a parabola.
    EXPECT_NEAR(crps(even, {30}), 30.0 * 30 * 30 / (3 * 100 * 100), 1e-9);
    // A forecast of that very day.
    EXPECT_NEAR(crps([](double days) { return days >= 50 ? 1.0 : 0.0; }, {50, 50}), 0, 1e-9);
    // Known to a month, it stands in its middle.
    EXPECT_NEAR(crps(even, {40, 60}), crps(even, {50, 50}), 1e-12);
}

// Day by day, in quarters of days, for laws with long tails.
TEST(Crps, IsTheSumOverSmallSteps) {
    for (const double scale : {20.0, 300.0}) {
        const auto told = [&](double days) { return 1 - std::exp(-std::pow(days / scale, 0.8)); };
        for (const Lifetime& came : {Lifetime{15, 15}, Lifetime{400, 430}, Lifetime{900}}) {
            const double end = came.ended() ? (came.low + came.high) / 2 : INFINITY;
            const double until = came.ended() ? 3652 : came.low;
            double sum = 0;
            for (double at = 0.125; at < until; at += 0.25)
                sum += std::pow(told(at) - (at >= end ? 1 : 0), 2) * 0.25;
            EXPECT_NEAR(crps(told, came), sum, 0.002 * sum + 0.1) << scale << " " << came.low;
        }
    }
}

// A forecast that tells the truth is not beaten by one that tells it too wide or too narrow.
TEST(Crps, IsBestForTheTruth) {
    std::mt19937_64 random(5);
    double truth = 0, wide = 0, narrow = 0;
    for (int i = 0; i < 2000; ++i) {
        const double days = std::ceil(-200 * std::log((static_cast<double>(random() >> 11) + 0.5) * 0x1p-53));
        const auto of = [&](double mean) {
            return crps([&](double at) { return 1 - std::exp(-at / mean); }, {days, days});
        };
        truth += of(200), wide += of(320), narrow += of(120);
    }
    EXPECT_LT(truth, wide);
    EXPECT_LT(truth, narrow);
}

// Two outages with two and one forecasts: means 1/3, sums of what is left 2/3 and −2/3; by the definition the error is
// √((4/9 + 4/9) · 2) / 3 = 4/9.
TEST(GroupedMean, CountsAnOutageAsOne) {
    const std::vector<Disruption> outages(2);
    const std::vector<double> values{1, 0, 0};
    const std::vector<const Disruption*> groups{&outages[0], &outages[1], &outages[1]};
    const auto mean = grouped_mean(values, groups);
    EXPECT_NEAR(mean.mean, 1.0 / 3, 1e-12);
    EXPECT_NEAR(mean.limits.high - mean.mean, 1.6448536269514722 * 4 / 9, 1e-12);
    EXPECT_FALSE(mean.sure());
    EXPECT_EQ(
        grouped_mean(std::vector<double>{1}, std::vector<const Disruption*>{&outages[0]}).limits.high,
        INFINITY
    );
}

// Ended after 80, lasting after 100, and lost sight of after 60: of the last nobody knows what came within 90 days.
TEST(ToldAndCame, LeavesOutOfWhichNothingIsKnown) {
    std::vector<JudgedForecast> judged(3);
    judged[0].came = {80, 80}, judged[0].chances[1] = 0.7;
    judged[1].came = {100}, judged[1].chances[1] = 0.2;
    judged[2].came = {60}, judged[2].chances[1] = 0.5;
    const auto found = told_and_came(judged, 1);
    ASSERT_EQ(found.size(), 2u);
    EXPECT_DOUBLE_EQ(found[0].told, 0.7);
    EXPECT_TRUE(found[0].came);
    EXPECT_FALSE(found[1].came);
}

struct Judged {
    std::vector<Disruption> disruptions;
    std::vector<OutageCase> cases;
    std::vector<PastForecast> past;
    TrackRecord track;
};

const Day kKnown = *day_of(2025, 1, 1);

Judged make_judged() {
    Judged out;
    out.disruptions = test::HistoryMaker(51).make(LifetimeLaw::weibull, 40).disruptions;
    out.cases = cases_of(out.disruptions, {});
    out.past = roll(out.cases, kKnown, 200);
    out.track = judge(out.past, kKnown);
    return out;
}

/// One history, gone through once.
const Judged& judged_history() {
    static const Judged kJudged = make_judged();
    return kJudged;
}

/// The chance of what came, by mixing the candidates' shares anew.
double naive_chance(const PastForecast& forecast, double from, double to) {
    double out = 0;
    for (std::size_t j = 0; j < kCandidates; ++j) {
        const auto& candidate = forecast.candidates.of[j];
        const auto share = [&](double days) {
            return candidate.lasting(forecast.age + days) / candidate.lasting(forecast.age);
        };
        out += forecast.weights[j] * (share(from) - (std::isfinite(to) ? share(to) : 0));
    }
    return out;
}

TEST(Judge, EqualsCountingAnew) {
    const auto& of = judged_history();
    ASSERT_GT(of.track.forecasts, 50u);
    double log_score = 0;
    std::size_t inside = 0, outside = 0;
    for (const auto& one : of.track.judged) {
        const auto& came = one.came;
        const double from = came.exact() ? came.low - 1 : came.low;
        log_score += std::log(naive_chance(*one.forecast, from, came.high));
        const double sooner = naive_chance(*one.forecast, 0, came.exact() ? came.low : came.low + 1);
        const double later = came.ended() ? naive_chance(*one.forecast, 0, came.high) : 1;
        inside += came.ended() && sooner >= 0.1 && later <= 0.9;
        outside += sooner > 0.9 || (came.ended() && later < 0.1);
    }
    EXPECT_NEAR(of.track.weighted.log_score, log_score / static_cast<double>(of.track.forecasts), 1e-9);
    EXPECT_EQ(of.track.weighted.inside, inside);
    EXPECT_EQ(of.track.weighted.outside, outside);
    EXPECT_EQ(of.track.untold, of.track.forecasts - inside - outside);
    EXPECT_LE(of.track.told_outages, of.track.outages);
    EXPECT_LT(of.track.outages, of.track.forecasts);
}

TEST(Judge, GivesWiderLimitsThanIfForecastsStoodAlone) {
    const auto& of = judged_history();
    const auto told = static_cast<double>(of.track.weighted.inside + of.track.weighted.outside);
    const auto alone = numerics::jeffreys_share(static_cast<double>(of.track.weighted.inside), told, 0.9);
    ASSERT_TRUE(of.track.inside_limits);
    EXPECT_GE(of.track.inside_limits->high - of.track.inside_limits->low, alone.high - alone.low - 1e-12);
}

// A forecast that is the curve is as good as the curve.
TEST(Judge, FindsNoGainWhereThereIsNone) {
    auto past = judged_history().past;
    for (auto& one : past) {
        one.weights.fill(0);
        one.weights[kCurve] = 1;
        one.candidates.of[kCurve] = one.candidates.all_curve;
    }
    const auto track = judge(past, kKnown);
    EXPECT_NEAR(track.over_curve.mean, 0, 1e-12);
    EXPECT_FALSE(track.over_curve.sure());
    EXPECT_EQ(track.weighted.inside, track.curve.inside);
}

TEST(Judge, KnowsNothingOfForecastsNotYetMade) {
    const auto& of = judged_history();
    const Day early = *day_of(2008, 1, 1);
    const auto track = judge(of.past, early);
    EXPECT_LT(track.forecasts, of.track.forecasts);
    for (const auto& one : track.judged) EXPECT_LT(one.forecast->origin, early);
    EXPECT_EQ(judge({}, early).forecasts, 0u);
}

}  // namespace
}  // namespace entente::measures
