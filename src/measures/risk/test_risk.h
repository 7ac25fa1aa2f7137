// Histories for the tests of this folder.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "measures/risk/past_risks.h"
#include "measures/test_facts.h"
#include "numerics/philox.h"

namespace entente::measures::risk::test {

using namespace entente::measures::test;

/// What statements say of stops and shocks of all pairs.
inline std::vector<Coverage> watched(
    const char* covers, const char* stops = "sparse", const char* shocks = "sample"
) {
    auto of_stops = coverage("v1", stops, {}, covers), of_shocks = coverage("v2", shocks, {}, covers);
    of_stops.record_types = {"disruption"}, of_shocks.record_types = {"shock"};
    return {of_stops, of_shocks};
}

/// A call that was refused: nothing stops by it, but somebody was looking.
inline Disruption refusal(std::string id, const char* on) {
    auto out = outage(std::move(id), on, "", "");
    out.scope_class = "event";
    return out;
}

inline TieTimeline timeline(
    const std::vector<Disruption>& disruptions,
    const std::vector<Engagement>& contacts,
    const std::vector<Coverage>& coverage,
    const char* until
) {
    return timeline_of(kPair, {disruptions, contacts, {}, coverage}, day(until));
}

/// Histories of several pairs, made from declared draws: stops come at a rate that a shock raises.
struct MadeHistory {
    std::vector<Disruption> disruptions;
    std::vector<Shock> shocks;
    std::vector<Coverage> coverage = watched("1990..2020");
    std::vector<Pair> pairs;

    /// As somebody would have known it at the end of a day: nothing dated later.
    RiskRecord record(Day until) const {
        RiskRecord out;
        for (const auto& pair : pairs) {
            out.ties.push_back(timeline_of(pair, {disruptions, {}, {}, coverage}, until));
            out.shocks.emplace_back(shocks, pair);
        }
        return out;
    }
};

inline MadeHistory made_history(std::uint64_t seed, std::size_t pairs) {
    const numerics::Draws draws("made history");
    std::uint64_t next = 0;
    const auto uniform = [&] { return draws.uniform(seed, next++); };
    const Day first = day("1990-01-01"), last = day("2019-12-31");
    MadeHistory out;
    for (std::size_t i = 0; i < pairs; ++i) {
        const auto name = std::to_string(i);
        out.pairs.push_back({"a" + name, "b" + name});
        auto opening = refusal("r" + name, "1990-01-01");
        opening.side_a = {"a" + name}, opening.side_b = {"b" + name};
        out.disruptions.push_back(opening);
        Day shock = first - 1000, back = first;
        for (Day at = first + 1; at <= last; at = at + 1) {
            if (uniform() < 1 / 900.0) {
                shock = at;
                auto one = test::shock("s" + name + to_iso(at), to_iso(at).c_str(), "a" + name);
                one.targets = {"b" + name}, one.third_parties = {};
                out.shocks.push_back(one);
            }
            if (at <= back) continue;
            const double hazard = (at - shock < 30 ? 8.0 : 1.0) / 1500;
            if (uniform() >= hazard) continue;
            back = at + 1 + static_cast<std::int32_t>(uniform() * 300);
            auto one = outage("d" + name + to_iso(at), to_iso(at).c_str(), to_iso(back).c_str(), "");
            one.side_a = {"a" + name}, one.side_b = {"b" + name};
            out.disruptions.push_back(one);
        }
    }
    return out;
}

}  // namespace entente::measures::risk::test
