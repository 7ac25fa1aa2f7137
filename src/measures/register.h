#pragma once

#include <span>
#include <string_view>

#include "measures/measure.h"

namespace entente::measures {

/// All measures, in the order in which help lists them. To add one: its file, its test, a line in
/// register.cpp.
std::span<const Measure> all_measures();

/// Nothing when there is none of that name.
const Measure* find_measure(std::string_view name);

}  // namespace entente::measures
