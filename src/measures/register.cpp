#include "measures/register.h"

#include <algorithm>

namespace entente::measures {

Measure attention_measure();
Measure completeness_measure();
Measure forecast_measure();
Measure relational_measure();
Measure balance_measure();
Measure memory_measure();
Measure overdue_measure();
Measure restart_measure();
Measure risk_measure();
Measure shape_measure();
Measure shocks_measure();
Measure spells_measure();
Measure strength_measure();

std::span<const Measure> all_measures() {
    static const std::vector<Measure> kMeasures{
        strength_measure(),
        shape_measure(),
        overdue_measure(),
        balance_measure(),
        completeness_measure(),
        memory_measure(),
        restart_measure(),
        spells_measure(),
        shocks_measure(),
        forecast_measure(),
        risk_measure(),
        relational_measure(),
        attention_measure(),
    };
    return kMeasures;
}

const Measure* find_measure(std::string_view name) {
    const auto all = all_measures();
    const auto found = std::ranges::find(all, name, &Measure::name);
    return found == all.end() ? nullptr : &*found;
}

}  // namespace entente::measures
