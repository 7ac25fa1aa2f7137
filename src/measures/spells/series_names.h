// Names of the series that `spells` answers with, beside the counts, which bear the name of what is counted.
#pragma once

#include <string_view>

namespace entente::measures {

inline constexpr std::string_view kLowerStateSeries = "probability that contacts are off";
/// A point a covered period: the rate a year of its stretch, with 95 % limits.
inline constexpr std::string_view kRatesSeries = "rate a year";
/// A point a period: 1 where it belongs to a silence.
inline constexpr std::string_view kSilencesSeries = "silence";

}  // namespace entente::measures
