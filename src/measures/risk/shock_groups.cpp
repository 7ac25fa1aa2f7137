#include "measures/risk/shock_groups.h"

#include <algorithm>

#include "base/check.h"
#include "domain/declaration.h"
#include "measures/risk/tie_timeline.h"

namespace entente::measures::risk {

const std::vector<std::string>& shock_kinds() {
    static const auto kKinds = [] {
        std::vector<std::string> out;
        for (const auto& code : domain::Schema::builtin().list("shock_kind")->codes) out.push_back(code.code);
        check(2 * out.size() <= kMostGroups, "every class of shock has a place for either side");
        return out;
    }();
    return kKinds;
}

std::optional<std::size_t> group_of(const std::string& kind, ShockSide side) {
    const auto& kinds = shock_kinds();
    const auto found = std::ranges::find(kinds, kind);
    if (found == kinds.end()) return std::nullopt;
    return 2 * static_cast<std::size_t>(found - kinds.begin()) + (side == ShockSide::other ? 1 : 0);
}

std::string kind_of_group(std::size_t group) {
    return shock_kinds()[group / 2];
}

ShockSide side_of_group(std::size_t group) {
    return group % 2 == 0 ? ShockSide::own : ShockSide::other;
}

ShockSide side_of(const Shock& shock, const Pair& pair) {
    return contains(shock.initiators, pair.a) || contains(shock.initiators, pair.b) ? ShockSide::own
                                                                                    : ShockSide::other;
}

std::uint8_t windows_after(std::int32_t days) {
    std::uint8_t out = 0;
    for (const auto window : kShockWindows) out += days >= 0 && days < window;
    return out;
}

ShockDays::ShockDays(std::span<const Shock> shocks, const Pair& pair) {
    for (const auto& one : shocks) {
        const auto day = middle_day(one.on);
        const auto group = group_of(one.kind, side_of(one, pair));
        if (day && group && touches(one, pair)) days_[*group].push_back(*day);
    }
    for (auto& days : days_) std::ranges::sort(days);
}

void ShockDays::add(std::size_t group, Day day) {
    auto& days = days_[group];
    days.insert(std::ranges::upper_bound(days, day), day);
}

ShockDays ShockDays::known_by(Day day) const {
    ShockDays out = *this;
    for (auto& days : out.days_) days.erase(std::ranges::upper_bound(days, day), days.end());
    return out;
}

ShockAges ShockDays::ages_on(Day day) const {
    ShockAges out{};
    for (std::size_t group = 0; group < kMostGroups; ++group) {
        const auto& days = days_[group];
        const auto after = std::ranges::upper_bound(days, day);
        if (after != days.begin()) out[group] = windows_after(day - *std::prev(after));
    }
    return out;
}

std::size_t ShockDays::count(std::size_t group, Day first, Day last) const {
    if (last < first) return 0;
    const auto& days = days_[group];
    return static_cast<std::size_t>(
        std::ranges::upper_bound(days, last) - std::ranges::lower_bound(days, first)
    );
}

std::vector<Day> ShockDays::changes() const {
    std::vector<Day> out;
    for (const auto& days : days_)
        for (const Day day : days) {
            out.push_back(day);
            for (const auto window : kShockWindows) out.push_back(day + window);
        }
    std::ranges::sort(out);
    out.erase(std::ranges::unique(out).begin(), out.end());
    return out;
}

}  // namespace entente::measures::risk
