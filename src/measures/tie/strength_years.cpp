#include "measures/tie/strength_years.h"

#include <algorithm>

namespace entente::measures {

std::vector<Strength> strength_by_year(
    const TieFacts& facts, const Parameters& parameters, int first_year, Day at
) {
    const auto common = drawn(parameters);
    std::vector<Strength> out;
    for (int year = first_year; year <= calendar(at).year; ++year) {
        const Day day = std::min(at, *day_of(year, 12, 31));
        const auto masses = weigh(facts, parameters, day);
        auto one = strength(facts, masses, *common, day);
        // They point into the masses of that day.
        for (auto& strand : one.strands) strand.records.clear();
        out.push_back(std::move(one));
    }
    return out;
}

int first_weighed_year(const TieFacts& facts, const Parameters& parameters, Day at) {
    const auto masses = weigh(facts, parameters, at);
    int first = calendar(at).year;
    for (const auto& item : masses.items) first = std::min(first, calendar(*span_of(item).from).year);
    return first;
}

}  // namespace entente::measures
