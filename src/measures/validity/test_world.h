// A small world for the tests of this folder: a home nation and partners that exercise with it.
#pragma once

#include <cmath>
#include <deque>
#include <string>

#include "measures/test_facts.h"
#include "measures/validity/validity_facts.h"
#include "numerics/philox.h"

namespace entente::measures::validity::test {

using measures::test::date;
using measures::test::day;

inline Tally tallied(std::string id, std::string what, const std::string& partner) {
    Tally out;
    out.evidence.id = std::move(id);
    out.evidence.sources = {what};
    out.what = std::move(what);
    out.parties = {"usa", partner};
    return out;
}

inline TallyPart part(int first, int last, std::int64_t number, std::vector<std::string> obligations = {}) {
    TallyPart out;
    out.period = domain::DateSpan{day_of(first, 1, 1), day_of(last, 12, 31), domain::Precision::range};
    out.number = number;
    out.obligations = std::move(obligations);
    return out;
}

/// Owns its records; the partners' facts look into them.
class World {
public:
    World() { facts.home = "United States", facts.at = day("2012-12-31"); }
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    /// A partner with so many exercises a year on average, from 1980 to 2010, drawn; covered unless said otherwise.
    Partner& partner(double exercises, bool ally, bool covered = true) {
        const auto number = facts.partners.size();
        const auto name = "p" + std::to_string(number);
        const numerics::Draws draws("world 1");
        auto exercised = tallied("x" + name, "exercises", name);
        exercised.period = *part(1980, 2010, 1).period;
        for (int year = 1980; year <= 2010; ++year) {
            const double u = draws.uniform(number, static_cast<std::uint64_t>(year));
            const auto drawn =
                exercises == 0 ? 0 : std::floor(std::log(u) / std::log(exercises / (1 + exercises)));
            if (drawn > 0) exercised.parts.push_back(part(year, year, static_cast<std::int64_t>(drawn)));
        }
        std::vector<Tally> all{std::move(exercised)};
        if (ally) {
            auto allied = tallied("a" + name, "alliances_in_force", name);
            allied.period = *part(1980, 2012, 1).period;
            allied.parts = {part(1980, 2012, 1, {"defence"})};
            all.push_back(std::move(allied));
        }
        tallies_.push_back(std::move(all));
        Partner out{{{"usa", name}, {}, {}, tallies_.back(), {}, {}, false}, name, {}};
        if (covered) out.tie.coverage = statements_;
        for (int year = 1980; year <= 2012; ++year) out.named_in.push_back(year);
        facts.partners.push_back(std::move(out));
        return facts.partners.back();
    }

    /// An outage of a partner; the pair is made at its first one.
    void outage(std::size_t partner, const char* began, const char* ended) {
        outages_.push_back(measures::test::outage("d" + std::to_string(outages_.size()), began, ended, ""));
        const auto& tie = facts.partners[partner].tie;
        for (auto& pair : facts.stopped)
            if (pair.tie.pair.b == tie.pair.b) return pair.outages.push_back(&outages_.back());
        facts.stopped.push_back({tie, "a pair", {&outages_.back()}});
    }

    ValidityFacts facts;

private:
    static Coverage statement() {
        auto out = measures::test::coverage("v1", "census", {}, "1980..2010");
        out.record_types = {"engagement", "tally"};
        out.counts = {"exercises", "alliances_in_force"};
        return out;
    }
    std::vector<Coverage> statements_{statement()};
    std::deque<std::vector<Tally>> tallies_;
    std::deque<Disruption> outages_;
};

}  // namespace entente::measures::validity::test
