// Shocks of a class and side, and how long ago the last one was.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "measures/facts.h"

namespace entente::measures::risk {

/// Who began it, as seen from a pair.
enum class ShockSide : std::uint8_t { own, other };  ///< one of the two · somebody else

inline constexpr std::size_t kMostGroups = 32;
inline constexpr std::array<std::int32_t, 3> kShockWindows{
    365, 90, 30};  ///< days, from the day of the shock on

/// The classes of the code list, in its order.
const std::vector<std::string>& shock_kinds();
/// Number of a class and side; nothing where there is no such class.
std::optional<std::size_t> group_of(const std::string& kind, ShockSide side);
std::string kind_of_group(std::size_t group);
ShockSide side_of_group(std::size_t group);
ShockSide side_of(const Shock& shock, const Pair& pair);

/// In how many of the windows after its last shock a group is: 0 none, 1 a year, 2 also 90 days, 3 also 30 days.
using ShockAges = std::array<std::uint8_t, kMostGroups>;
std::uint8_t windows_after(std::int32_t days);

/// The days on which shocks touched a pair, by group; each sorted.
class ShockDays {
public:
    /// Missing  what is dated more roughly than a month is left out; a month stands in its middle
    ShockDays(std::span<const Shock> shocks, const Pair& pair);

    const std::vector<Day>& of(std::size_t group) const { return days_[group]; }
    void add(std::size_t group, Day day);
    /// Those of a day and before.
    ShockDays known_by(Day day) const;
    /// At a day, the shocks of that day included.
    ShockAges ages_on(Day day) const;
    /// Shocks of a group in a stretch of days, both ends included.
    std::size_t count(std::size_t group, Day first, Day last) const;
    /// The days on which an age changes.
    std::vector<Day> changes() const;

private:
    std::array<std::vector<Day>, kMostGroups> days_;
};

}  // namespace entente::measures::risk
