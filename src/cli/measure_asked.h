// What commands that ask measures have in common.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/day.h"
#include "base/result.h"
#include "measures/tie/parameters.h"
#include "service/node.h"

namespace entente::cli {

/// A parameter file; the one that ships where none is named.
Result<measures::Parameters> read_parameters(const std::string& file);
/// The day asked about: the last one of what was typed, today where nothing was.
/// Errors  invalid_argument: no day of the years 1800 to 9000
Result<Day> day_asked(const std::string& typed);
/// The state of the log under which an answer stands, in words.
std::string known_at(const service::Node::Standing& standing, const std::optional<std::uint64_t>& as_of);

}  // namespace entente::cli
