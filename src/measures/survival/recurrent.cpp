#include "measures/survival/recurrent.h"

#include <fmt/format.h>

#include <algorithm>

namespace entente::measures {
namespace {

std::unexpected<Error> refused(std::size_t unit, const RecurrentStretch& stretch, const char* expected) {
    return fail(
        ErrorCode::invalid_argument,
        "stretches",
        fmt::format(
            "unit {}: found days after {} up to {}, expected {}",
            unit + 1,
            stretch.after,
            stretch.to,
            expected
        )
    );
}

Result<void> usable(const RecurrentUnit& unit, std::size_t number) {
    for (std::size_t i = 0; i < unit.at_risk.size(); ++i) {
        const auto& one = unit.at_risk[i];
        if (!(one.after < one.to)) return refused(number, one, "an end after the beginning");
        if (i > 0 && one.after < unit.at_risk[i - 1].to)
            return refused(number, one, "a beginning not before the end of the stretch before");
        const auto event = std::ranges::upper_bound(unit.events, one.after);
        if (event != unit.events.end() && *event < one.to)
            return refused(number, one, "no event within them");
        if (one.event && (event == unit.events.end() || *event != one.to))
            return refused(number, one, "the event at their end among the events");
    }
    return {};
}

}  // namespace

Result<std::vector<CoxRow>> recurrent_rows(
    std::span<const RecurrentUnit> units, RecurrentForm form, std::size_t most_earlier
) {
    std::vector<CoxRow> out;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const auto& unit = units[i];
        ENTENTE_RETURN_IF_ERROR(usable(unit, i));
        for (const auto& one : unit.at_risk) {
            CoxRow row{0, 0, one.event, 0, i};
            double from = unit.at_risk.front().after;
            if (form == RecurrentForm::gap_time) {
                const auto next = std::ranges::upper_bound(unit.events, one.after);
                const auto earlier = static_cast<std::size_t>(next - unit.events.begin());
                if (earlier > 0) from = unit.events[earlier - 1];
                row.stratum = std::min(earlier, most_earlier);
            }
            row.entry = one.after - from;
            row.exit = one.to - from;
            out.push_back(row);
        }
    }
    return out;
}

}  // namespace entente::measures
