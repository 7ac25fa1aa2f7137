#include "measures/risk/next_stop.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "measures/risk/test_risk.h"

namespace entente::measures::risk {
namespace {

using namespace test;

/// The days of the shocks that one of the two began.
std::vector<Day> own_shocks(const MadeHistory& made, const Pair& pair) {
    std::vector<Day> out;
    for (const auto& one : made.shocks)
        if (touches(one, pair) && contains(one.initiators, pair.a)) out.push_back(*one.on.from);
    return out;
}

/// Whether one lies fewer days back.
bool within(const std::vector<Day>& shocks, Day day, int days) {
    return std::ranges::any_of(shocks, [&](Day on) { return on <= day && day - on < days; });
}

// Day by day, what the stretches say is what stood on the record.
TEST(NextStop, EqualsGoingThroughTheDays) {
    const auto made = made_history(21, 4);
    const Day until = day("2010-12-31");
    const auto record = made.record(until);
    const auto found = stop_recurrence(record, until);
    std::size_t row = 0, days_seen = 0, with_shock = 0, expected_days = 0, expected_with_shock = 0, stops = 0;
    for (std::size_t i = 0; i < found.units.size(); ++i)
        for (const auto& one : found.units[i].at_risk) {
            const auto x = found.covariates.row(row++);
            days_seen += static_cast<std::size_t>(one.to - one.after);
            if (x[0] == 1) with_shock += static_cast<std::size_t>(one.to - one.after);
        }
    for (const auto& tie : record.ties) {
        const auto shocks = own_shocks(made, tie.pair);
        for (const auto& stop : tie.stops) stops += stop.counts();
        for (const auto& stretch : tie.at_risk)
            for (Day at = stretch.first; at <= stretch.last && at <= until; at = at + 1) {
                ++expected_days;
                expected_with_shock += within(shocks, at, 90);
            }
    }
    EXPECT_EQ(days_seen, expected_days);
    EXPECT_EQ(found.days, static_cast<double>(expected_days));
    EXPECT_EQ(with_shock, expected_with_shock);
    EXPECT_GT(with_shock, 0);
    EXPECT_EQ(found.stops, stops);
    EXPECT_GT(stops, 0);
}

// The draws raise the rate eight times for 30 days after a shock by one of the two: over the days at risk within 90 days
// of one, so many times on average.
TEST(NextStop, FindsThatShocksBringStops) {
    const auto made = made_history(22, 40);
    const Day until = day("2019-12-31");
    const auto record = made.record(until);
    double raised = 0, days = 0;
    for (const auto& tie : record.ties) {
        const auto shocks = own_shocks(made, tie.pair);
        for (const auto& stretch : tie.at_risk)
            for (Day at = stretch.first; at <= stretch.last; at = at + 1) {
                if (!within(shocks, at, 90)) continue;
                raised += within(shocks, at, 30) ? 8 : 1;
                ++days;
            }
    }
    const auto fits = fit_next_stop(stop_recurrence(record, until));
    ASSERT_TRUE(fits) << fits.error().message;
    for (const auto* kept : {&fits->andersen_gill, &fits->gap_time}) {
        ASSERT_EQ(kept->names[0], "own shock");
        const auto ratio = hazard_ratio(kept->fit, 0, 1, 1.96);
        EXPECT_GT(ratio.low, 1.5);
        EXPECT_LT(ratio.low, raised / days);
        EXPECT_GT(ratio.high, raised / days);
        EXPECT_LT(ratio.high, 8);
        // Nobody else began anything.
        ASSERT_FALSE(kept->left_out.empty());
        EXPECT_EQ(kept->left_out[0].name, "third's shock");
    }
    EXPECT_EQ(fits->andersen_gill.fit.events, fits->gap_time.fit.events);
    EXPECT_EQ(fits->gap_time.names.size(), 1);
}

TEST(NextStop, WithoutAStopThereIsNothingToTell) {
    RiskRecord record;
    record.ties.push_back(timeline({refusal("r", "2000-01-01")}, {}, watched("1990..2020"), "2019-12-31"));
    record.shocks.emplace_back(std::vector<Shock>{}, kPair);
    const auto found = stop_recurrence(record, day("2019-12-31"));
    EXPECT_EQ(found.stops, 0);
    EXPECT_GT(found.days, 0);
    const auto fits = fit_next_stop(found);
    ASSERT_FALSE(fits);
    EXPECT_NE(fits.error().message.find("no event"), std::string::npos) << fits.error().message;
}

}  // namespace
}  // namespace entente::measures::risk
