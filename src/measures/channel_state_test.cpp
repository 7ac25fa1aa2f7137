#include "measures/channel_state.h"

#include <gtest/gtest.h>

#include "measures/test_facts.h"

namespace entente::measures {
namespace {

using test::date;
using test::day;
using test::engagement;
using test::stated;

const Window kFiveYears{day("2020-01-01"), day("2024-12-31")};

struct World {
    Channel channel;
    std::vector<ChannelState> states;
    std::vector<Disruption> disruptions;
    std::vector<Engagement> engagements;
    std::vector<Coverage> coverage;

    ChannelFacts facts(const char* on = "2026-05-31") const {
        return gather(channel, states, disruptions, engagements, coverage, day(on));
    }
    ChannelCondition on(const char* text) const { return channel_standing(facts(), day(text)).condition; }
    void stop(const char* began, const char* ended) {
        disruptions.push_back(test::outage("d" + std::to_string(disruptions.size()), began, ended, "c"));
        disruptions.back().channel = "h";
    }
    void use(const char* held) { engagements.push_back(engagement("e", held, "DLG", "working", "h")); }
    void declare(const char* state, const char* began, const char* ended) {
        states.push_back(
            {{"t" + std::to_string(states.size()), "", {}, {}, {}}, "h", state, date(began), stated(ended)}
        );
    }
};

World channel(const char* established) {
    World world;
    world.channel.evidence.id = "h";
    world.channel.established = stated(established);
    return world;
}

// Worked figure of the design: suspended on 5 August 2022, met again on 3 April 2024.
TEST(ChannelState, MaritimeConsultation) {
    auto world = channel("1998-01-19");
    world.stop("2022-08-05", "2024-04-03");
    world.use("2021-12-14..2021-12-16");
    world.use("2024-04-03..2024-04-04");
    const auto found = availability(world.facts(), kFiveYears);
    EXPECT_EQ(found.window_days, 1827);
    EXPECT_EQ(found.up_days, 1220);
    EXPECT_EQ(found.known_days, 1827);
    EXPECT_NEAR(found.share.low, 0.66776, 0.000005);
    EXPECT_EQ(found.share.low, found.share.high);
    EXPECT_NEAR(found.expected, found.share.low, 1e-12);
    EXPECT_EQ(found.stops, 1);
    EXPECT_EQ(found.completed, std::vector{(domain::LengthRange{607, 607})});
    EXPECT_EQ(world.on("2022-08-04"), ChannelCondition::active);
    EXPECT_EQ(world.on("2022-08-05"), ChannelCondition::suspended);
    EXPECT_EQ(world.on("2024-04-02"), ChannelCondition::suspended);
    EXPECT_EQ(world.on("2024-04-03"), ChannelCondition::active) << "the day of restoration counts as up";
    EXPECT_EQ(
        channel_standing(world.facts(), day("2026-05-31")).last_used->held->to_text(),
        "2024-04-03..2024-04-04"
    );
}

TEST(ChannelState, UnknownBeforeAnythingIsKnown) {
    auto world = channel("");
    EXPECT_EQ(world.on("2020-01-01"), ChannelCondition::unknown);
    world.use("2020-06-01");
    EXPECT_EQ(world.on("2020-05-31"), ChannelCondition::unknown);
    EXPECT_EQ(world.on("2020-06-01"), ChannelCondition::active);
    const auto found = availability(world.facts(), {day("2020-01-01"), day("2020-12-31")});
    EXPECT_EQ(found.unknown_days, 152);
    EXPECT_EQ(found.known_days, 214);
    EXPECT_EQ(found.share, (ShareRange{1, 1}));
    EXPECT_FALSE(found.too_few);
    EXPECT_TRUE(availability(world.facts(), {day("2015-01-01"), day("2020-12-31")}).too_few);
}

TEST(ChannelState, OutsideBeforeAndAfter) {
    auto world = channel("2020-07-01");
    world.channel.ended = stated("2020-10-01");
    EXPECT_EQ(world.on("2020-06-30"), ChannelCondition::unknown);
    EXPECT_EQ(world.on("2020-10-01"), ChannelCondition::terminated);
    const auto found = availability(world.facts(), {day("2020-01-01"), day("2020-12-31")});
    EXPECT_EQ(found.known_days, 92);
    EXPECT_EQ(found.outside_days, 366 - 92);
}

TEST(ChannelState, DormantOnlyWithACadence) {
    auto world = channel("2000-01-01");
    world.use("2020-01-01");
    EXPECT_EQ(world.on("2026-01-01"), ChannelCondition::active) << "no cadence";
    world.channel.parties = {"usa", "chn"};
    world.coverage = {test::coverage("v", "sample", {"usa", "chn"}, "2000..2026")};
    world.channel.cadence_days.value = 365;
    EXPECT_EQ(world.on("2026-01-01"), ChannelCondition::active) << "a sample misses uses";
    world.coverage[0].kind = "census";
    world.channel.cadence_days.value = 365;  // one and a half: 547.5 days
    EXPECT_EQ(channel_standing(world.facts(), day("2020-01-01") + 547).condition, ChannelCondition::active);
    EXPECT_EQ(channel_standing(world.facts(), day("2020-01-01") + 548).condition, ChannelCondition::dormant);
    EXPECT_EQ(world.on("2001-07-02"), ChannelCondition::dormant)
        << "548 days after it was set up, never used";
}

TEST(ChannelState, NoEndKnownLastsUntilTheNextUse) {
    auto world = channel("2000-01-01");
    world.stop("2024-07-17", "");
    const auto standing = channel_standing(world.facts(), day("2026-05-31"));
    EXPECT_EQ(standing.condition, ChannelCondition::suspended);
    EXPECT_TRUE(standing.no_end_known);
    EXPECT_EQ(standing.because.front().id, "d0");
    world.use("2025-02-01");
    EXPECT_EQ(world.on("2025-01-31"), ChannelCondition::suspended);
    EXPECT_EQ(world.on("2025-02-01"), ChannelCondition::active);
}

TEST(ChannelState, SingleEventsDoNotStopAChannel) {
    auto world = channel("2000-01-01");
    world.stop("2023-02-04", "2023-12-21");
    world.disruptions.back().scope_class = "event";
    EXPECT_EQ(world.on("2023-06-01"), ChannelCondition::active);
}

TEST(ChannelState, DeclaredStatesComeFirst) {
    auto world = channel("2000-01-01");
    world.stop("2022-01-01", "2023-01-01");
    world.declare("partly_restored", "2022-07-01", "2023-01-01");
    EXPECT_EQ(world.on("2022-06-30"), ChannelCondition::suspended);
    EXPECT_EQ(world.on("2022-07-01"), ChannelCondition::partly_restored);
    const auto found = availability(world.facts(), {day("2022-01-01"), day("2022-12-31")});
    EXPECT_EQ(found.up_days, 92);  // half of 184
    EXPECT_EQ(found.known_days, 365);
    world.declare("suspended", "2022-12-01", "2022-12-11");
    EXPECT_EQ(world.on("2022-12-05"), ChannelCondition::conflict);
    EXPECT_EQ(availability(world.facts(), {day("2022-01-01"), day("2022-12-31")}).unknown_days, 10);
}

// Oracle: every pair of days that the dates allow, tried one by one.
TEST(Availability, NaiveEnumerationAgrees) {
    auto world = channel("2000-01-01");
    world.stop("2024-02", "2024-04-10..2024-05-05");
    const Window window{day("2024-01-01"), day("2024-06-30")};
    const auto found = availability(world.facts(), window);
    double low = 1, high = 0, sum = 0;
    int tried = 0;
    for (Day began = day("2024-02-01"); began <= day("2024-02-29"); began = began + 1)
        for (Day ended = day("2024-04-10"); ended <= day("2024-05-05"); ended = ended + 1) {
            const double share = (182 - (ended - began)) / 182.0;
            low = std::min(low, share), high = std::max(high, share), sum += share, ++tried;
        }
    EXPECT_NEAR(found.share.low, low, 1e-12);
    EXPECT_NEAR(found.share.high, high, 1e-12);
    EXPECT_NEAR(found.expected, sum / tried, 1e-12);
}

}  // namespace
}  // namespace entente::measures
