#include "measures/shape/overdue.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "domain/declaration.h"

namespace entente::measures {
namespace {

/// First day after `at` on which something of the pair is meant to take place.
const Engagement* next_planned(const TieFacts& facts, Day at, const auto& belongs) {
    constexpr std::array<std::string_view, 4> kStillMeant{"planned", "approved", "confirmed", "announced"};
    const Engagement* next = nullptr;
    Day soonest{};
    for (const auto& one : facts.engagements) {
        const bool meant = std::ranges::find(kStillMeant, one.status) != kStillMeant.end();
        if (!meant || !names_both(one.actors, facts.pair) || !belongs(one)) continue;
        const auto& on = one.planned ? one.planned : one.held;
        if (!on || !on->from || *on->from <= at || (next && soonest <= *on->from)) continue;
        next = &one;
        soonest = *on->from;
    }
    return next;
}

bool has_stopped(ChannelCondition state) {
    return state == ChannelCondition::suspended || state == ChannelCondition::terminated ||
           state == ChannelCondition::never;
}

/// What past gaps say of the present one.
Lateness by_past_gaps(Overdue& one) {
    const auto past = one.history.lengths();
    if (past.size() < kFewestGaps) return Lateness::too_few;
    const double age = *one.history.age();
    const auto longer = chance_of_longer_gap(past, age);
    one.chance = longer.chance;
    one.chance_limits = longer.limits;
    if (longer.chance < kOverdueBelow - 1e-12) return Lateness::overdue;
    return age > *std::ranges::max_element(past) ? Lateness::longest_of_few : Lateness::not_overdue;
}

Lateness lateness_of(Overdue& one) {
    if (one.is_channel && has_stopped(one.state)) return Lateness::stopped;
    if (one.history.days.empty()) return Lateness::no_contact;
    if (!one.history.told_to) return Lateness::not_covered;
    const auto by_gaps = by_past_gaps(one);
    if (!one.cadence) return by_gaps;
    return 2 * static_cast<std::int64_t>(*one.history.age()) > 3 * *one.cadence ? Lateness::late
                                                                                : Lateness::in_time;
}

void judge(Overdue& one, Day at) {
    one.to_the_day = one.history.told_to == at;
    one.lateness = lateness_of(one);
}

/// How the day asked about is covered, of several kinds the poorest.
void add_coverage(Overdue& one, const TieFacts& facts, const std::vector<std::string>& kinds, Day at) {
    for (const auto& kind : kinds) {
        auto answer = coverage_on(facts.coverage, {facts.pair, "engagement", kind, ""}, at);
        if (&kind != &kinds.front() && answer.kind <= one.covered) continue;
        one.covered = answer.kind;
        one.coverage = std::move(answer.statements);
    }
}

std::vector<std::string> kinds_of_channel(const TieFacts& facts, const std::string& channel) {
    std::vector<std::string> out;
    for (const auto& one : facts.engagements)
        if (one.channel == channel && !contains(out, one.category)) out.push_back(one.category);
    return out;
}

Overdue of_kind(const TieFacts& facts, const std::string& kind, Day at) {
    Overdue out;
    out.name = kind;
    out.history = gap_history(contact_days(facts, {kind}, at));
    out.next = next_planned(facts, at, [&](const Engagement& one) { return one.category == kind; });
    add_coverage(out, facts, {kind}, at);
    judge(out, at);
    return out;
}

Overdue of_channel(const PairFacts& facts, const Channel& channel, Day at) {
    const auto& id = channel.evidence.id;
    Overdue out;
    out.name = channel.short_name.empty() ? channel.name : channel.short_name;
    out.is_channel = true;
    out.history = channel_gaps(facts.tie, id, at);
    if (channel.cadence_days) out.cadence = *channel.cadence_days;
    const auto standing = channel_standing(
        gather(
            channel, facts.channel_states, facts.disruptions, facts.tie.engagements, facts.tie.coverage, at
        ),
        at
    );
    out.state = standing.condition;
    out.because = standing.because;
    out.next = next_planned(facts.tie, at, [&](const Engagement& one) { return one.channel == id; });
    add_coverage(out, facts.tie, kinds_of_channel(facts.tie, id), at);
    judge(out, at);
    return out;
}

}  // namespace

LongerGap chance_of_longer_gap(const std::vector<double>& past, double age) {
    std::vector<Duration> durations;
    for (const double days : past) durations.push_back({days, true});
    // A gap of no day is not yet one: whoever met today is at the beginning of the curve.
    if (age > 0) durations.push_back({age, false});
    const auto curve = kaplan_meier(durations);
    check(curve.has_value(), "gaps between different days are positive");
    LongerGap out;
    for (const auto& step : curve->steps) {
        if (step.days > age) break;
        out = {step.share, step.limits};
    }
    return out;
}

std::vector<Overdue> overdue(const PairFacts& facts, Day at) {
    std::vector<Overdue> out;
    for (const auto& code : domain::Schema::builtin().list("engagement_category")->codes) {
        if (!code.attributes.contains("strand")) continue;
        auto one = of_kind(facts.tie, code.code, at);
        if (!one.history.days.empty() || one.next) out.push_back(std::move(one));
    }
    for (const auto& channel : facts.channels)
        if (names_both(channel.parties, facts.tie.pair)) out.push_back(of_channel(facts, channel, at));
    return out;
}

}  // namespace entente::measures
