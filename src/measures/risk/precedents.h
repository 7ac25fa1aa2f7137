// What came after shocks of a class: counted plainly, each named.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "measures/answer.h"
#include "measures/risk/tie_timeline.h"

namespace entente::measures::risk {

/// A stop so soon after a shock follows it; the day of the shock counts.
inline constexpr std::int32_t kFollowDays = 90;

enum class Followed : std::uint8_t {
    yes,
    no,
    stopped_already,  ///< when the shock came
    unknown,          ///< how the tie stood, when it came or by the end of the days
    not_over,         ///< the days after it reach beyond the day asked
};

struct Precedent {
    const Shock* shock = nullptr;
    Day on;
    Followed followed = Followed::no;
    const TieStop* stop = nullptr;  ///< that followed
};

/// Which shocks: a class, and who began it.
struct ShockClass {
    std::string kind;
    std::string initiator;  ///< id of one of the two; empty: somebody else
};

bool is_of(const Shock& shock, const ShockClass& asked, const Pair& pair);

/// So many of so many.
struct CountedShare {
    std::size_t of = 0, among = 0;

    std::optional<double> share() const;
    Interval limits() const;  ///< Jeffreys, 90 %
    CountedShare& operator+=(const CountedShare& other);
};

/// The shocks of a class that touched a pair by a day, each with what followed.
///
/// Definition  followed by the first stop that began on its day or within the 89 days after; at risk or not, so that a
///             first stop counts, too
/// Missing     what is dated more roughly than a month is left out
std::vector<Precedent> precedents_of(
    const TieTimeline& tie, std::span<const Shock> shocks, const ShockClass& asked, Day until
);

/// Of those whose days are over and which met a tie that was not stopped already.
CountedShare count_of(std::span<const Precedent> precedents);

/// Of the days on which the tie was at risk: on how many a stop came as soon.
CountedShare share_of_days(const TieTimeline& tie, Day until);

}  // namespace entente::measures::risk
