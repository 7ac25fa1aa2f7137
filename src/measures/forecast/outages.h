// Outages as somebody knew them at the end of a day: what began and what had ended by then, nothing later.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "measures/facts.h"
#include "measures/survival/lifetime.h"

namespace entente::measures {

/// Disruptions of the whole relationship, a family of contacts or a channel whose beginning is dated, by their first
/// day, then by id. Single events are none.
std::vector<const Disruption*> outages_of(std::span<const Disruption> disruptions);

/// Began for certain by the end of a day.
bool began_by(const Disruption& outage, Day on);
/// Ended for certain by the end of a day.
bool ended_by(const Disruption& outage, Day on);
/// The last day, not after `on`, on which it is known to have lasted: a source says so, or the record has its end later.
Day last_known_to_last(const Disruption& outage, Day on);

/// What was known of its length at the end of a day.
///
/// Definition  ended: the days that both dates allow, at least 1. Not ended, or not known to: longer than from its last
///             possible first day to the last day on which it is known to have lasted
/// Missing     nothing where it had not begun for certain, or its end lies before its beginning
/// Source      MEASURES.md 11: censored at the last day a source says it was still stopped, not at the day asked
std::optional<Lifetime> lifetime_on(const Disruption& outage, Day on);
/// Days from the middle of its possible first days to the end of a day.
double age_on(const Disruption& outage, Day on);
/// Days to its end from the end of a day on which it lasted, as known at the end of a later day.
/// Requires  it lasted on `from`
Lifetime remaining_on(const Disruption& outage, Day from, Day known);

/// One actor of either is on each side of both.
bool of_one_pair(const Disruption& a, const Disruption& b);

}  // namespace entente::measures
