#pragma once

#include <string>

#include "base/result.h"
#include "measures/relational/events.h"
#include "measures/relational/model.h"

namespace entente::measures::relational {

/// The part of check_input that looks at events.
/// Requires  the rest has passed
Result<void> check_events(const History& history, const Model& model);

/// Errors  invalid_argument naming `field`: an unknown actor, or an actor with itself
Result<void> check_pair(const History& history, const std::string& field, ActorIndex i, ActorIndex j);

/// `USA to CHN`, `USA and CHN`
std::string pair_name(const History& history, ActorIndex i, ActorIndex j);
/// A day as a date, anything else as a number of days.
std::string time_text(double time);

}  // namespace entente::measures::relational
