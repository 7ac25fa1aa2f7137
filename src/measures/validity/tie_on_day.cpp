#include "measures/validity/tie_on_day.h"

#include <set>

#include "numerics/neumaier.h"

namespace entente::measures::validity {

Parameters at_the_middle(const Parameters& parameters) {
    Parameters out = parameters;
    out.draws = 1;
    return out;
}

std::vector<PartnerOnDay> partners_on(const ValidityFacts& facts, const Parameters& parameters, Day day) {
    const DrawnParameters drawn(parameters);
    std::vector<PartnerOnDay> out;
    // Masses are pointed to from strengths: they must not move any more.
    out.reserve(facts.partners.size());
    for (const auto& partner : facts.partners) {
        if (!is_named(partner, calendar(day).year)) continue;
        auto& one = out.emplace_back();
        one.partner = &partner;
        one.masses = weigh(partner.tie, parameters, day);
        one.strength = strength(partner.tie, one.masses, drawn, day);
    }
    return out;
}

std::size_t sources_cited(const Strength& strength, std::optional<std::size_t> left_out) {
    std::set<std::string> out;
    for (const auto& strand : strength.strands) {
        if (!strand.fullness || strand.strand == left_out) continue;
        for (const auto& share : strand.records)
            if (share.record && share.stock > 0)
                out.insert(share.record->evidence.sources.begin(), share.record->evidence.sources.end());
    }
    return out.size();
}

std::optional<double> total_without(
    const Strength& strength, const Parameters& parameters, std::size_t strand
) {
    numerics::NeumaierSum total, seen;
    for (const auto& one : strength.strands) {
        if (one.strand == strand || !one.fullness) continue;
        total.add(parameters.strands[one.strand].share * *one.fullness);
        seen.add(parameters.strands[one.strand].share);
    }
    const double whole = 1 - parameters.strands[strand].share;
    if (seen.value() <= 0 || seen.value() < parameters.least_seen * whole - 1e-12) return std::nullopt;
    return 100 * total.value() / seen.value();
}

}  // namespace entente::measures::validity
