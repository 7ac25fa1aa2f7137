#include "measures/attention/tie_state.h"

#include <algorithm>
#include <array>

#include "measures/counts.h"
#include "measures/forecast/outages.h"

namespace entente::measures {
namespace {

constexpr std::array<std::string_view, 4> kContactStrands{"leaders", "dialogue", "exchange", "exercise"};

bool counted(const Evidence& evidence, const TieFacts& facts) {
    return facts.general_knowledge || !evidence.rests_on_general_knowledge();
}

/// The latest stop of each sort: open, and ended.
struct Stops {
    const Disruption* open = nullptr;
    const Disruption* ended = nullptr;
    std::size_t open_ones = 0;
};

Stops stops_of(const WatchedTie& tie) {
    Stops out;
    for (const auto* outage : outages_of(tie.facts.disruptions)) {
        if (!between(*outage, tie.facts.tie.pair) || !counted(outage->evidence, tie.facts.tie)) continue;
        if (!began_by(*outage, tie.at)) continue;
        if (!ended_by(*outage, tie.at)) {
            out.open = outage;
            ++out.open_ones;
        } else if (!out.ended || *out.ended->ended->to < *outage->ended->to) {
            out.ended = outage;
        }
    }
    return out;
}

const Engagement* latest_contact(const WatchedTie& tie) {
    const Engagement* out = nullptr;
    for (const auto& one : tie.facts.tie.engagements) {
        if (!names_both(one.actors, tie.facts.tie.pair) || !is_contact(one) || !occurred_by(one, tie.at))
            continue;
        if (!counted(one.evidence, tie.facts.tie) || !one.held->to) continue;
        if (!out || *out->held->to < *one.held->to) out = &one;
    }
    return out;
}

const Engagement* next_planned(const WatchedTie& tie) {
    const Engagement* out = nullptr;
    const auto day_of = [](const Engagement& one) {
        return one.planned ? one.planned->from : one.held ? one.held->from : std::nullopt;
    };
    for (const auto& one : tie.facts.tie.engagements) {
        const bool ahead = one.status == "planned" || one.status == "approved" || one.status == "confirmed" ||
                           one.status == "announced";
        const auto day = day_of(one);
        if (!ahead || !day || *day <= tie.at || !names_both(one.actors, tie.facts.tie.pair)) continue;
        if (!out || *day < *day_of(*out)) out = &one;
    }
    return out;
}

}  // namespace

std::string_view to_words(TieState state) {
    switch (state) {
        case TieState::stopped:
            return "stopped, no end on record";
        case TieState::restored:
            return "restored";
        case TieState::active:
            return "active";
        case TieState::quiet:
            return "quiet";
        case TieState::record_ends:
            return "the record ends before";
        case TieState::not_released:
            return "not released";
        case TieState::none_on_record:
            return "nothing on record";
    }
    return {};
}

TieStanding tie_standing(const WatchedTie& tie, int restored_days, int quiet_days) {
    TieStanding out;
    out.last_contact = latest_contact(tie);
    out.next = next_planned(tie);
    bool contacts_covered = false;
    for (const auto& strand : tie.now.strands) {
        const auto& coverage = strand.coverage;
        if (coverage.knowledge == StrandKnowledge::not_released) out.not_released = true;
        const bool seen = coverage.counts() || coverage.knowledge == StrandKnowledge::not_covered;
        if (seen && coverage.until)
            out.covered_until = std::max(out.covered_until.value_or(*coverage.until), *coverage.until);
        const auto& code = tie.parameters.strands[strand.strand].strand;
        if (coverage.knowledge == StrandKnowledge::known &&
            std::ranges::find(kContactStrands, code) != kContactStrands.end())
            contacts_covered = true;
    }
    if (out.covered_until) out.covered_until = std::min(*out.covered_until, tie.at);
    const auto stops = stops_of(tie);
    out.open_stops = stops.open_ones;
    out.stop = stops.open ? stops.open : stops.ended;
    if (stops.open)
        out.state = TieState::stopped;
    else if (stops.ended && tie.at - *stops.ended->ended->to <= restored_days)
        out.state = TieState::restored;
    else if (contacts_covered)
        out.state = out.last_contact && tie.at - *out.last_contact->held->to <= quiet_days ? TieState::active
                                                                                           : TieState::quiet;
    else if (out.covered_until || out.last_contact)
        out.state = TieState::record_ends;
    else if (out.not_released)
        out.state = TieState::not_released;
    return out;
}

}  // namespace entente::measures
