#include "measures/channel_state.h"

#include <algorithm>
#include <array>

namespace entente::measures {
namespace {

/// Which of the days that imprecise dates allow is taken: the longest outages, or the shortest.
enum class Reading : std::uint8_t { longest, shortest };

/// Days `[first, end)` on which an outage lasts; `end` absent: no end known.
struct Down {
    Day first;
    std::optional<Day> end;
    const Disruption* outage;
};

/// First use that may end an outage whose end nobody recorded.
std::optional<Day> next_use(const ChannelFacts& facts, const Disruption& outage) {
    for (const auto* use : facts.uses)
        if (*use->held->from > *outage.began.to) return *use->held->from;
    return std::nullopt;
}

Down down(const ChannelFacts& facts, const Disruption& outage, Reading reading) {
    const bool longest = reading == Reading::longest;
    const Day first = longest ? *outage.began.from : *outage.began.to;
    if (!outage.ended) return {first, next_use(facts, outage), &outage};
    const auto end = longest ? outage.ended->to : outage.ended->from;
    // An outage lasts at least one day, whatever order imprecise dates would allow.
    return {first, end ? std::optional(std::max(*end, first + 1)) : std::nullopt, &outage};
}

bool lasts(const Down& down, Day day) {
    return down.first <= day && (!down.end || day < *down.end);
}

/// Ended: on its last possible day at the latest.
bool has_ended(const Channel& channel, Day day) {
    return channel.ended && channel.ended->to && *channel.ended->to <= day;
}

/// First day on which the channel is known to exist, by its establishment or its first use.
std::optional<Day> known_from(const ChannelFacts& facts) {
    std::optional<Day> first;
    if (facts.channel->established) first = facts.channel->established->to;
    if (!facts.uses.empty()) {
        const Day use = facts.uses.front()->held->last(*facts.uses.front()->held->from);
        first = first ? std::min(*first, use) : use;
    }
    return first;
}

const Engagement* last_use(const ChannelFacts& facts, Day on) {
    const Engagement* last = nullptr;
    for (const auto* use : facts.uses) {
        if (*use->held->from > on) break;
        if (!last || last->held->last(on) <= use->held->last(on)) last = use;
    }
    return last;
}

bool is_dormant(const ChannelFacts& facts, Day on, const Engagement* last) {
    const auto& cadence = facts.channel->cadence_days;
    if (!cadence) return false;
    const Day since = last ? std::min(last->held->last(on), on) : known_from(facts).value_or(on);
    if (2 * (on - since) <= 3 * *cadence) return false;
    return std::any_of(facts.watched.begin(), facts.watched.end(), [&](const Window& watched) {
        return watched.first <= since + 1 && on <= watched.last;
    });
}

ChannelCondition condition_of(std::string_view code) {
    constexpr std::array<std::string_view, 7> kCodes{
        "never", "active", "dormant", "suspended", "partly_restored", "terminated", "unknown"};
    const auto found = std::find(kCodes.begin(), kCodes.end(), code);
    return found == kCodes.end() ? ChannelCondition::unknown
                                 : static_cast<ChannelCondition>(found - kCodes.begin());
}

bool declared_for(const ChannelState& state, Day day) {
    return state.began.from && *state.began.from <= day &&
           !(state.ended && state.ended->to && *state.ended->to <= day);
}

/// A standing without the cost of copying its evidence: it is asked for every day of a window.
struct Found {
    ChannelCondition condition = ChannelCondition::unknown;
    bool no_end_known = false;
    const Evidence* because = nullptr;
};

std::optional<Found> declared(const ChannelFacts& facts, Day day) {
    std::optional<Found> found;
    for (const auto* state : facts.declared) {
        if (!declared_for(*state, day)) continue;
        const auto condition = condition_of(state->state);
        const bool open = condition == ChannelCondition::suspended && !state->ended;
        if (!found)
            found = Found{condition, open, &state->evidence};
        else if (found->condition != condition)
            found->condition = ChannelCondition::conflict;
    }
    return found;
}

Found standing_on(const ChannelFacts& facts, Day day, Reading reading) {
    if (const auto found = declared(facts, day)) return *found;
    if (has_ended(*facts.channel, day))
        return {ChannelCondition::terminated, false, &facts.channel->evidence};
    for (const auto* outage : facts.outages) {
        const auto spell = down(facts, *outage, reading);
        if (lasts(spell, day)) return {ChannelCondition::suspended, !spell.end, &outage->evidence};
    }
    const auto first = known_from(facts);
    if (!first || day < *first) return {};
    const auto* last = last_use(facts, day);
    const auto condition =
        is_dormant(facts, day, last) ? ChannelCondition::dormant : ChannelCondition::active;
    return {condition, false, last ? &last->evidence : &facts.channel->evidence};
}

/// Before the channel can have existed, or after its end.
bool outside(const ChannelFacts& facts, Day day, ChannelCondition condition) {
    if (condition == ChannelCondition::terminated || condition == ChannelCondition::never) return true;
    const auto& established = facts.channel->established;
    return condition == ChannelCondition::unknown && established && established->from &&
           day < *established->from;
}

struct Tally {
    std::int32_t outside = 0, unknown = 0, known = 0, halves_up = 0;
    double share() const { return known == 0 ? 0 : halves_up / (2.0 * known); }
};

void add_day(Tally& tally, const ChannelFacts& facts, Day day, ChannelCondition condition) {
    if (outside(facts, day, condition)) {
        ++tally.outside;
        return;
    }
    if (condition == ChannelCondition::unknown || condition == ChannelCondition::conflict) {
        ++tally.unknown;
        return;
    }
    ++tally.known;
    if (condition == ChannelCondition::active) tally.halves_up += 2;
    if (condition == ChannelCondition::partly_restored) ++tally.halves_up;
}

Tally tally_days(const ChannelFacts& facts, const Window& window, Reading reading) {
    Tally tally;
    for (Day day = window.first; day <= window.last; day = day + 1)
        add_day(tally, facts, day, standing_on(facts, day, reading).condition);
    return tally;
}

/// Probability that a day drawn evenly from a date is not after `day`.
double passed(const domain::DateSpan& date, Day day) {
    if (!date.from || !date.to || day < *date.from) return 0;
    const double days = *date.to - *date.from + 1;
    return std::min(1.0, (day - *date.from + 1) / days);
}

/// Probability that no outage lasts on a day, the ends being independent.
double up_probability(const ChannelFacts& facts, Day day) {
    double up = 1;
    for (const auto* outage : facts.outages) {
        const auto use = outage->ended ? std::nullopt : next_use(facts, *outage);
        const double ended = outage->ended ? passed(*outage->ended, day) : (use && *use <= day ? 1.0 : 0.0);
        up *= 1 - passed(outage->began, day) * (1 - ended);
    }
    return up;
}

double expected_share(const ChannelFacts& facts, const Window& window) {
    double up = 0, known = 0;
    for (Day day = window.first; day <= window.last; day = day + 1) {
        const auto longest = standing_on(facts, day, Reading::longest).condition;
        const auto shortest = standing_on(facts, day, Reading::shortest).condition;
        Tally tally;
        add_day(tally, facts, day, shortest);
        if (tally.known == 0) continue;
        known += 1;
        up +=
            longest == shortest ? tally.halves_up / 2.0 : up_probability(facts, day) * tally.halves_up / 2.0;
    }
    return known == 0 ? 0 : up / known;
}

void count_outages(Availability& out, const ChannelFacts& facts, const Window& window) {
    for (const auto* outage : facts.outages) {
        const auto longest = down(facts, *outage, Reading::longest);
        if (window.first <= longest.first && longest.first <= window.last) ++out.stops;
        if (!outage->ended || !longest.end || *longest.end < window.first || window.last < *longest.end)
            continue;
        const std::int32_t low = outage->ended->from ? *outage->ended->from - *outage->began.to : 1;
        out.completed.push_back({std::max(1, low), *longest.end - longest.first});
    }
}

/// Census of all engagements of all its parties, of one of them, or of everybody.
bool is_census_of(const Coverage& statement, const Channel& channel) {
    if (statement.kind != "census" || !contains(statement.record_types, "engagement")) return false;
    return statement.categories.empty() && statement.covers.from &&
           std::all_of(statement.parties.begin(), statement.parties.end(), [&](const std::string& party) {
               return contains(channel.parties, party);
           });
}

}  // namespace

std::string_view to_words(ChannelCondition condition) {
    constexpr std::array<std::string_view, 8> kWords{
        "never used", "active", "dormant", "suspended", "partly restored", "lapsed", "not known", "conflict"};
    return kWords[static_cast<std::size_t>(condition)];
}

ChannelFacts gather(
    const Channel& channel,
    std::span<const ChannelState> states,
    std::span<const Disruption> disruptions,
    std::span<const Engagement> engagements,
    std::span<const Coverage> coverage,
    Day on
) {
    ChannelFacts facts{&channel, {}, {}, {}, {}};
    const auto& id = channel.evidence.id;
    for (const auto& state : states)
        if (state.channel == id && state.began.from && *state.began.from <= on)
            facts.declared.push_back(&state);
    for (const auto& outage : disruptions)
        if (outage.channel == id && outage.scope_class != "event" && outage.began.from && outage.began.to &&
            *outage.began.from <= on)
            facts.outages.push_back(&outage);
    for (const auto& use : engagements)
        if (use.channel == id && occurred_by(use, on)) facts.uses.push_back(&use);
    for (const auto& statement : coverage)
        if (is_census_of(statement, channel))
            facts.watched.push_back({statement.covers.first(on), statement.covers.last(on)});
    std::stable_sort(facts.uses.begin(), facts.uses.end(), [](auto* a, auto* b) {
        return *a->held->from < *b->held->from;
    });
    return facts;
}

ChannelStanding channel_standing(const ChannelFacts& facts, Day on) {
    const auto found = standing_on(facts, on, Reading::longest);
    ChannelStanding standing{found.condition, found.no_end_known, {}, last_use(facts, on)};
    for (const auto* state : facts.declared)
        if (declared_for(*state, on)) standing.because.push_back(state->evidence);
    if (standing.because.empty() && found.because) standing.because.push_back(*found.because);
    return standing;
}

Availability availability(const ChannelFacts& facts, const Window& window) {
    const auto longest = tally_days(facts, window, Reading::longest);
    const auto shortest = tally_days(facts, window, Reading::shortest);
    Availability out;
    out.window_days = std::max(0, window.last - window.first + 1);
    out.outside_days = longest.outside;
    out.unknown_days = longest.unknown;
    out.known_days = longest.known;
    out.up_days = longest.halves_up / 2;
    out.share = {std::min(longest.share(), shortest.share()), std::max(longest.share(), shortest.share())};
    out.expected = expected_share(facts, window);
    count_outages(out, facts, window);
    out.too_few = 2 * out.known_days < out.window_days;
    return out;
}

}  // namespace entente::measures
