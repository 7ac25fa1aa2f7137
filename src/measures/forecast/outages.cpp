#include "measures/forecast/outages.h"

#include <algorithm>

namespace entente::measures {
namespace {

/// From one day to another, both known to a range: (low − 1, high] as a lifetime, or exactly that many days.
Lifetime lifetime_of(const domain::LengthRange& days) {
    if (days.low == days.high) return {static_cast<double>(days.low), static_cast<double>(days.high)};
    return {static_cast<double>(days.low - 1), static_cast<double>(days.high)};
}

/// First day on which it may have ended; nothing when no end is known.
std::optional<Day> first_end(const Disruption& outage) {
    if (!outage.ended) return std::nullopt;
    return std::max(outage.ended->first(*outage.began.from + 1), *outage.began.from + 1);
}

}  // namespace

std::vector<const Disruption*> outages_of(std::span<const Disruption> disruptions) {
    std::vector<const Disruption*> out;
    for (const auto& one : disruptions)
        if ((one.scope_class == "relationship" || one.scope_class == "family") && one.began.from &&
            one.began.to)
            out.push_back(&one);
    std::ranges::sort(out, [](const Disruption* a, const Disruption* b) {
        return std::tie(*a->began.from, *a->began.to, a->evidence.id) <
               std::tie(*b->began.from, *b->began.to, b->evidence.id);
    });
    return out;
}

bool began_by(const Disruption& outage, Day on) {
    return *outage.began.to <= on;
}

bool ended_by(const Disruption& outage, Day on) {
    return outage.ended && outage.ended->to && *outage.ended->to <= on;
}

Day last_known_to_last(const Disruption& outage, Day on) {
    Day last = *outage.began.to;
    if (outage.last_known && outage.last_known->from) last = std::max(last, *outage.last_known->from);
    if (const auto ended = first_end(outage)) last = std::max(last, *ended - 1);
    return std::min(last, on);
}

std::optional<Lifetime> lifetime_on(const Disruption& outage, Day on) {
    if (!began_by(outage, on)) return std::nullopt;
    if (ended_by(outage, on)) {
        const domain::DateSpan ended{first_end(outage), outage.ended->to, domain::Precision::range};
        const auto days = domain::length_between(outage.began, ended);
        return days ? std::optional(lifetime_of(*days)) : std::nullopt;
    }
    return Lifetime{static_cast<double>(std::max(0, last_known_to_last(outage, on) - *outage.began.to))};
}

double age_on(const Disruption& outage, Day on) {
    return ((on - *outage.began.from) + (on - *outage.began.to)) / 2.0;
}

Lifetime remaining_on(const Disruption& outage, Day from, Day known) {
    if (!ended_by(outage, known))
        return {static_cast<double>(std::max(0, last_known_to_last(outage, known) - from))};
    return lifetime_of({std::max(1, *first_end(outage) - from), std::max(1, *outage.ended->to - from)});
}

bool of_one_pair(const Disruption& a, const Disruption& b) {
    const auto meet = [](const std::vector<std::string>& x, const std::vector<std::string>& y) {
        return std::ranges::any_of(x, [&](const std::string& id) { return contains(y, id); });
    };
    return (meet(a.side_a, b.side_a) && meet(a.side_b, b.side_b)) ||
           (meet(a.side_a, b.side_b) && meet(a.side_b, b.side_a));
}

}  // namespace entente::measures
