#include <algorithm>
#include <iterator>

#include "measures/validity/validate_in_steps.h"

namespace entente::measures::validity {

Validated validate_in_steps(
    const ValidityFacts& facts, const Parameters& parameters, const std::function<bool(double share)>& go_on
) {
    const auto day = comparison_day(facts, parameters);
    const auto partners = partners_on(facts, parameters, day.day);
    const Panels panels(facts, parameters);
    const Comparison of{facts, parameters, day, partners, panels};
    const auto compared = std::ranges::count_if(partners, [](const PartnerOnDay& one) {
        return one.strength.total.has_value();
    });
    constexpr Section (*kQuestions[])(const Comparison&){
        sources_section,
        known_groups_section,
        foretelling_section,
        stops_section,
        draws_section,
        half_lives_section,
    };
    std::vector<Section> sections;
    for (const auto ask : kQuestions) {
        const auto share = static_cast<double>(sections.size()) / static_cast<double>(std::size(kQuestions));
        if (!go_on(share)) break;
        sections.push_back(ask(of));
    }
    return {day, partners.size(), static_cast<std::size_t>(compared), std::move(sections)};
}

Validated validate(const ValidityFacts& facts, const Parameters& parameters) {
    return validate_in_steps(facts, parameters, [](double) { return true; });
}

}  // namespace entente::measures::validity
