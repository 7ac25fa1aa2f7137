#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "measures/attention/watch.h"
#include "measures/words.h"

namespace entente::measures {

Watch agreements_watch();
Watch carriers_watch();
Watch contacts_due_watch();
Watch coverage_watch();
Watch disagreements_watch();
Watch planned_watch();
Watch stops_watch();
Watch strength_watch();

std::span<const Watch> all_watches() {
    static const std::vector<Watch> kWatches{
        stops_watch(),
        contacts_due_watch(),
        strength_watch(),
        agreements_watch(),
        planned_watch(),
        carriers_watch(),
        disagreements_watch(),
        coverage_watch(),
    };
    return kWatches;
}

const Watch* find_watch(std::string_view name) {
    const auto all = all_watches();
    const auto found = std::ranges::find(all, name, &Watch::name);
    return found == all.end() ? nullptr : &*found;
}

const WatchedField* Watch::field(std::string_view name) const {
    const auto found = std::ranges::find(fields, name, &WatchedField::name);
    return found == fields.end() ? nullptr : &*found;
}

std::string shown_field(const Watched& row, const WatchedField& field) {
    const std::string name(field.name);
    if (field.as == WatchedAs::words) {
        const auto found = row.words.find(name);
        return found == row.words.end() ? "cannot be said" : found->second;
    }
    const auto found = row.numbers.find(name);
    if (found == row.numbers.end()) return "cannot be said";
    const double value = found->second;
    if (field.as == WatchedAs::share) return shown_share(value);
    if (field.as == WatchedAs::day) return day_words(Day{static_cast<std::int32_t>(value)});
    return value == std::round(value) ? with_commas(static_cast<std::int64_t>(value)) : shown_number(value);
}

}  // namespace entente::measures
