#include <algorithm>

#include "measures/validity/sections.h"

namespace entente::measures::validity {

Validated validate(const ValidityFacts& facts, const Parameters& parameters) {
    const auto day = comparison_day(facts, parameters);
    const auto partners = partners_on(facts, parameters, day.day);
    const Panels panels(facts, parameters);
    const Comparison of{facts, parameters, day, partners, panels};
    const auto compared = std::ranges::count_if(partners, [](const PartnerOnDay& one) {
        return one.strength.total.has_value();
    });
    std::vector<Section> sections{
        sources_section(of),
        known_groups_section(of),
        foretelling_section(of),
        stops_section(of),
        draws_section(of),
        half_lives_section(of),
    };
    return {day, partners.size(), static_cast<std::size_t>(compared), std::move(sections)};
}

}  // namespace entente::measures::validity
