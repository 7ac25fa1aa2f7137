#include "measures/risk/tie_timeline.h"

#include <algorithm>
#include <limits>
#include <set>

#include "measures/coverage_of.h"
#include "measures/forecast/outages.h"

namespace entente::measures::risk {
namespace {

constexpr Day kNeverDay{std::numeric_limits<std::int32_t>::max() / 2};

bool is_rich(CoverageKind kind) {
    return kind == CoverageKind::census || kind == CoverageKind::sample;
}

void append(std::vector<Window>& to, const Window& window) {
    if (!to.empty() && to.back().last + 1 == window.first)
        to.back().last = window.last;
    else
        to.push_back(window);
}

bool holds(const std::vector<Window>& windows, Day day) {
    return std::ranges::any_of(windows, [&](const Window& one) {
        return one.first <= day && day <= one.last;
    });
}

void read_coverage(TieTimeline& out, std::span<const Coverage> statements, Day until) {
    std::set<Day> begins;
    for (const auto& one : statements) {
        if (one.covers.from && *one.covers.from <= until) begins.insert(*one.covers.from);
        if (one.covers.to && *one.covers.to < until) begins.insert(*one.covers.to + 1);
    }
    for (auto begin = begins.begin(); begin != begins.end(); ++begin) {
        const auto next = std::next(begin);
        const Window stretch{*begin, next == begins.end() ? until : *next - 1};
        const auto of_stops = coverage_on(statements, {out.pair, "disruption"}, *begin).kind;
        const auto of_shocks = coverage_on(statements, {out.pair, "shock"}, *begin).kind;
        const auto speaks = [](CoverageKind kind) { return is_rich(kind) || kind == CoverageKind::sparse; };
        if (!speaks(of_stops) || !speaks(of_shocks)) continue;
        append(out.covered, stretch);
        if (is_rich(of_stops)) append(out.rich, stretch);
    }
}

void sooner(std::optional<Day>& day, const std::optional<Day>& other) {
    if (other && (!day || *other < *day)) day = other;
}

/// The first day of certain use after a day on which something still lasted.
std::optional<Day> next_use(const TieTimeline& tie, std::span<const Engagement> contacts, Day after) {
    std::optional<Day> out;
    for (const auto& one : contacts)
        if (names_both(one.actors, tie.pair) && occurred(one) && is_contact(one) && one.held &&
            one.held->from && one.held->to && *one.held->from > after)
            sooner(out, one.held->to);
    return out;
}

/// The days that an outage takes away, after the one on which it began.
void block(TieTimeline& out, const Disruption& outage, Day began, const TimelineFacts& facts, Day until) {
    const auto add = [&](Day first, Day last, Standing standing) {
        if (first <= last) out.blocked.push_back({first, last, standing, &outage});
    };
    if (outage.ended && outage.ended->to)
        return add(began + 1, std::max(began, *outage.ended->to), Standing::stopped);
    const Day said = std::max(began, last_known_to_last(outage, until));
    add(began + 1, said, Standing::stopped);
    const auto use = next_use(out, facts.contacts, std::max(said, *outage.began.to));
    add(said + 1, use ? *use : kNeverDay, Standing::unknown);
}

void read_outage(TieTimeline& out, const Disruption& outage, const TimelineFacts& facts, Day until) {
    const auto day = middle_day(outage.began);
    if (!day) {
        ++out.undated;
        out.onsets.push_back(*outage.began.from);
        out.blocked.push_back({*outage.began.from, *outage.began.to, Standing::unknown, &outage});
        return block(out, outage, *outage.began.to, facts, until);
    }
    if (!out.stops.empty() && *day - out.stops.back().on <= kOneStopDays) {
        out.stops.back().outages.push_back(&outage);
    } else {
        out.stops.push_back({*day, {&outage}, out.standing_on(*day)});
        out.onsets.push_back(*day);
    }
    block(out, outage, *day, facts, until);
}

/// What is left of the covered days.
std::vector<Window> days_at_risk(const TieTimeline& tie) {
    std::vector<Window> out;
    for (const auto& stretch : tie.covered) {
        std::set<Day> begins{stretch.first};
        const auto cut = [&](Day day) {
            if (day > stretch.first && day <= stretch.last) begins.insert(day);
        };
        for (const auto& one : tie.blocked) cut(one.first), cut(one.last + 1);
        for (const auto& one : tie.rich) cut(one.first), cut(one.last + 1);
        if (tie.watched) cut(*tie.watched + 1);
        if (tie.in_use) cut(*tie.in_use + 1);
        for (const auto& stop : tie.stops) cut(stop.on + 1);
        for (auto begin = begins.begin(); begin != begins.end(); ++begin) {
            const auto next = std::next(begin);
            if (tie.standing_on(*begin) != Standing::at_risk) continue;
            const Window days{*begin, next == begins.end() ? stretch.last : *next - 1};
            // A stop ends its stretch even where the tie is back the day after next.
            const auto* stop = tie.next_stop(days.first - 2);
            const bool after_stop = stop && stop->on == days.first - 1;
            if (after_stop)
                out.push_back(days);
            else
                append(out, days);
        }
    }
    return out;
}

}  // namespace

std::optional<Day> middle_day(const domain::DateSpan& date) {
    if (!date.from || !date.to || *date.to - *date.from > kMostDaysOfADate) return std::nullopt;
    return *date.from + (*date.to - *date.from) / 2;
}

const BlockedDays* TieTimeline::blocked_on(Day day) const {
    const BlockedDays* out = nullptr;
    for (const auto& one : blocked)
        if (one.first <= day && day <= one.last && (!out || one.standing == Standing::stopped)) out = &one;
    return out;
}

const TieStop* TieTimeline::next_stop(Day after) const {
    const auto found =
        std::ranges::find_if(stops, [&](const TieStop& one) { return one.counts() && one.on > after; });
    return found == stops.end() ? nullptr : &*found;
}

Standing TieTimeline::standing_on(Day day) const {
    return standing(day, day);
}

Standing TieTimeline::standing_after(Day day) const {
    return standing(day + 1, day);
}

Standing TieTimeline::standing(Day day, Day coverage_of) const {
    if (!holds(covered, coverage_of)) return Standing::not_covered;
    if (const auto* by = blocked_on(day)) return by->standing;
    const bool seen = (watched && *watched < day) || (in_use && *in_use < day && holds(rich, coverage_of));
    return seen ? Standing::at_risk : Standing::not_watched;
}

TieTimeline timeline_of(const Pair& pair, const TimelineFacts& facts, Day until) {
    TieTimeline out;
    out.pair = pair;
    read_coverage(out, facts.coverage, until);
    std::vector<Disruption const*> outages;
    for (const auto* one : outages_of(facts.disruptions))
        if (between(*one, pair) && *one->began.from <= until) outages.push_back(one);
    for (const auto& one : facts.disruptions)
        if (between(one, pair) && one.began.to && *one.began.to <= until) sooner(out.watched, one.began.to);
    sooner(out.in_use, out.watched);
    for (const auto& one : facts.contacts)
        if (names_both(one.actors, pair) && occurred(one) && is_contact(one) && one.held)
            sooner(out.in_use, one.held->to);
    for (const auto& one : facts.channels)
        if (names_both(one.parties, pair) && one.established) sooner(out.in_use, one.established->to);
    std::ranges::stable_sort(outages, {}, [](const Disruption* one) {
        return middle_day(one->began).value_or(*one->began.from);
    });
    for (const auto* one : outages)
        if (middle_day(one->began).value_or(*one->began.from) <= until) read_outage(out, *one, facts, until);
    out.at_risk = days_at_risk(out);
    return out;
}

std::vector<Pair> interrupted_pairs(std::span<const Disruption> disruptions) {
    std::set<std::pair<std::string, std::string>> found;
    for (const auto& one : disruptions)
        for (const auto& a : one.side_a)
            for (const auto& b : one.side_b)
                if (a != b) found.insert(std::minmax(a, b));
    std::vector<Pair> out;
    for (const auto& [a, b] : found) out.push_back({a, b});
    return out;
}

}  // namespace entente::measures::risk
