#include "measures/spells/silences.h"

#include <cmath>

namespace entente::measures {

namespace {

/// A covered period, and what stands beside it in time.
struct Covered {
    CountedPeriod period;
    bool quiet = false;          ///< no count, and nothing that may lie in it
    bool follows_known = false;  ///< the period just before is covered, too
};

std::vector<Covered> covered_of(std::span<const CountedPeriod> all, const std::vector<bool>& perhaps_held) {
    std::vector<Covered> out;
    for (std::size_t at = 0; at < all.size(); ++at) {
        if (all[at].exposure <= 0) continue;
        const bool perhaps = at < perhaps_held.size() && perhaps_held[at];
        out.push_back({all[at], all[at].count == 0 && !perhaps, at > 0 && all[at - 1].exposure > 0});
    }
    return out;
}

/// Whether something was counted in a period, so that a silence surely ends there.
bool surely_held(const Covered& one) {
    return one.period.count > 0;
}

/// Runs of quiet periods that follow each other in time.
std::vector<Silence> runs_of(const std::vector<Covered>& periods, double shortest) {
    std::vector<Silence> out;
    for (std::size_t i = 0; i < periods.size();) {
        if (!periods[i].quiet) {
            ++i;
            continue;
        }
        Silence one;
        one.first = i;
        one.perhaps_earlier = i == 0 || !periods[i].follows_known || !surely_held(periods[i - 1]);
        do {
            one.last = i;
            one.exposure += periods[i].period.exposure;
            ++i;
        } while (i < periods.size() && periods[i].quiet && periods[i].follows_known);
        one.perhaps_later = i == periods.size() || !periods[i].follows_known || !surely_held(periods[i]);
        if (one.exposure >= shortest - 1e-9) out.push_back(one);
    }
    return out;
}

}  // namespace

std::vector<Silence> find_silences(
    std::span<const CountedPeriod> all, double shortest, double around, const std::vector<bool>& perhaps_held
) {
    const auto periods = covered_of(all, perhaps_held);
    auto out = runs_of(periods, shortest);
    std::vector<bool> silent(periods.size(), false);
    for (const auto& one : out)
        for (std::size_t at = one.first; at <= one.last; ++at) silent[at] = true;
    for (auto& one : out) {
        double count = 0, exposure = 0;
        const auto add = [&](std::size_t at, double& reached) {
            reached += periods[at].period.exposure;
            if (silent[at]) return;
            count += static_cast<double>(periods[at].period.count);
            exposure += periods[at].period.exposure;
        };
        double reached = 0;
        for (std::size_t at = one.first; at-- > 0 && reached < around;) add(at, reached);
        reached = 0;
        for (std::size_t at = one.last + 1; at < periods.size() && reached < around; ++at) add(at, reached);
        if (exposure <= 0) continue;
        one.expected = count / exposure * one.exposure;
        one.chance = std::pow(exposure / (exposure + one.exposure), count + 0.5);
    }
    return out;
}

}  // namespace entente::measures
