#include "measures/spells/silences.h"

#include <cmath>

namespace entente::measures {

std::vector<Silence> find_silences(std::span<const CountedPeriod> all, double shortest, double around) {
    std::vector<CountedPeriod> periods;
    for (const auto& one : all)
        if (one.exposure > 0) periods.push_back(one);
    std::vector<Silence> out;
    std::vector<bool> silent(periods.size(), false);
    for (std::size_t i = 0; i < periods.size();) {
        if (periods[i].count > 0) {
            ++i;
            continue;
        }
        Silence one{i, i, 0, {}, {}};
        for (; i < periods.size() && periods[i].count == 0; ++i) {
            one.last = i;
            one.exposure += periods[i].exposure;
        }
        if (one.exposure < shortest - 1e-9) continue;
        for (std::size_t at = one.first; at <= one.last; ++at) silent[at] = true;
        out.push_back(one);
    }
    for (auto& one : out) {
        double count = 0, exposure = 0;
        const auto add = [&](std::size_t at, double& reached) {
            reached += periods[at].exposure;
            if (silent[at]) return;
            count += static_cast<double>(periods[at].count);
            exposure += periods[at].exposure;
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
