// Words and choices that several measures share.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "measures/interruptions.h"
#include "measures/measure.h"

namespace entente::measures {

/// `17 Jul 2024`
std::string day_words(Day day);
/// `1 stop`, `2,300 stops`
std::string counted(std::size_t number, std::string_view one, std::string_view many);
/// `12,310`
std::string with_commas(std::int64_t number);
/// `1,883–1,913` with `dash` between the ends.
std::string range_words(const domain::LengthRange& range, std::string_view dash = "–");
/// `leader visits`
std::string category_words(const std::string& category);
/// `minister`
std::string level_words(const std::string& level);
/// What met: the short name of its channel, or `dialogues, minister`.
std::string contact_words(const Engagement& engagement, std::span<const Channel> channels);
/// `d0112, d0129` and how many more.
std::string shown_ids(const std::vector<const Disruption*>& records);

/// The day of a choice: its first or last where it is imprecise; nothing when it was left out.
/// Errors  invalid_argument: names the choice
Result<std::optional<Day>> day_of_choice(
    const MeasureQuestion& question, const std::string& choice, bool first
);

/// The last half-decade that was over at the end of a day: 2020 to 2024 in 2026.
Window half_decade_before(Day on);

/// The window of two choices. Without them the last half-decade that was over on the day asked about: 2020 to
/// 2024 in 2026.
/// Errors  invalid_argument: names the choice
Result<Window> window_of_choices(
    const MeasureQuestion& question, const std::string& from, const std::string& to
);

}  // namespace entente::measures
