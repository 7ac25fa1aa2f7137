#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "measures/contact_days.h"

namespace entente::measures {

/// Fewer gaps say nothing of a rhythm.
inline constexpr std::size_t kFewestGaps = 5;

/// Time between one day with a contact and the next.
struct Gap {
    Day from;
    Day to;
    std::int32_t days() const { return to - from; }
};

/// The gaps between contacts of some kinds, as far as the record can tell them.
struct GapHistory {
    std::map<Day, std::vector<Evidence>>
        days;                ///< days with a contact, covered or not, up to the day asked about
    std::vector<Gap> gaps;   ///< whole ones, oldest first; each within one covered stretch
    std::size_t untold = 0;  ///< between contacts with uncovered time between them
    std::optional<Day>
        told_to;                ///< how far the present gap can be told; nothing: not even from its beginning
    std::size_t imprecise = 0;  ///< contacts of a month's precision, in its middle
    std::size_t left_out = 0;   ///< of a year's precision or worse

    std::optional<Day> last() const;
    /// Days since the last contact, as far as they can be told.
    std::optional<std::int32_t> age() const;
    std::vector<double> lengths() const;
};

/// Cuts time between contacts into gaps.
///
/// Definition  several contacts on one day are one. A gap counts when it lies in one covered stretch from end to end
/// Units       days
/// Missing     where uncovered time lies between two contacts others may have taken place: no gap, counted as untold
/// Cost        O(n log n)
GapHistory gap_history(const ContactDays& contacts);

/// The gaps between uses of one channel, covered where all their kinds are.
GapHistory channel_gaps(const TieFacts& facts, const std::string& channel, Day at);

/// Median of some lengths.
/// Requires  at least one
double median(std::vector<double> lengths);

}  // namespace entente::measures
