#include "measures/interruptions.h"

#include <algorithm>
#include <set>

namespace entente::measures {
namespace {

using Outages = std::vector<const Disruption*>;

/// Lower case, letters and digits only, one blank between words.
std::string plain_words(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80))
            out += upper ? static_cast<char>(c + 32) : c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

bool cause_known(std::string_view words) {
    return !words.empty() && !words.starts_with("not stated") && !words.starts_with("no reason") &&
           words != "unknown";
}

bool is_outage(const Disruption& disruption) {
    return disruption.scope_class == "relationship" || disruption.scope_class == "family";
}

/// The end as known on a day, open ends bounded by the beginning and that day; nothing: not ended, or no end
/// known.
std::optional<domain::DateSpan> end_by(const Disruption& disruption, Day on) {
    if (!disruption.ended) return std::nullopt;
    const Day first = disruption.ended->first(*disruption.began.from + 1);
    if (first > on) return std::nullopt;
    if (disruption.ended->precision != domain::Precision::open) return *disruption.ended;
    return domain::DateSpan{first, std::max(first, disruption.ended->last(on)), domain::Precision::range};
}

/// Last day to which an outage is known to reach.
Day reach(const Disruption& disruption, Day on) {
    if (const auto ended = end_by(disruption, on)) return *ended->to;
    const Day began = std::min(*disruption.began.to, on);
    return disruption.last_known ? std::max(began, std::min(disruption.last_known->last(on), on)) : began;
}

bool close_in_time(const Disruption& a, const Disruption& b, const InterruptionsQuestion& question) {
    const auto follows = [&](const Disruption& earlier, const Disruption& later) {
        return *later.began.from - reach(earlier, question.window.last) <= question.join_days;
    };
    return follows(a, b) && follows(b, a);
}

/// Groups of outages that belong together, directly or through others.
std::vector<Outages> groups(const Outages& outages, const InterruptionsQuestion& question) {
    std::vector<Outages> found;
    std::vector<bool> taken(outages.size(), false);
    for (std::size_t seed = 0; seed < outages.size(); ++seed) {
        if (taken[seed]) continue;
        taken[seed] = true;
        Outages group{outages[seed]};
        for (std::size_t at = 0; at < group.size(); ++at)
            for (std::size_t other = seed + 1; other < outages.size(); ++other) {
                if (taken[other] || !close_in_time(*group[at], *outages[other], question)) continue;
                if (!causes_linked(*group[at], *outages[other])) continue;
                taken[other] = true;
                group.push_back(outages[other]);
            }
        found.push_back(std::move(group));
    }
    return found;
}

void add_once(std::vector<std::string>& to, const std::string& text) {
    if (!text.empty() && !contains(to, text)) to.push_back(text);
}

/// One date for several: the bounds given, in the precision of a member that has exactly these.
domain::DateSpan with_bounds(Day from, Day to, const std::vector<domain::DateSpan>& members) {
    for (const auto& member : members)
        if (member.from == from && member.to == to) return member;
    return {from, to, from == to ? domain::Precision::day : domain::Precision::range};
}

domain::DateSpan earliest(const Outages& members) {
    std::vector<domain::DateSpan> spans;
    for (const auto* member : members) spans.push_back(member->began);
    Day from = *spans.front().from, to = *spans.front().to;
    for (const auto& span : spans) from = std::min(from, *span.from), to = std::min(to, *span.to);
    return with_bounds(from, to, spans);
}

/// The end of the last outage; nothing when one has no end.
std::optional<domain::DateSpan> latest_end(const Outages& members, Day on) {
    std::vector<domain::DateSpan> spans;
    for (const auto* member : members) {
        const auto ended = end_by(*member, on);
        if (!ended) return std::nullopt;
        spans.push_back(*ended);
    }
    Day from = *spans.front().from, to = *spans.front().to;
    for (const auto& span : spans) from = std::max(from, *span.from), to = std::max(to, *span.to);
    return with_bounds(from, to, spans);
}

domain::LengthRange length(const domain::DateSpan& began, const domain::DateSpan& ended) {
    const std::int32_t low = std::max(1, *ended.from - *began.to);
    return {low, std::max(low, *ended.to - *began.from)};
}

std::optional<Day> last_said(const Outages& members, Day on) {
    std::optional<Day> last;
    for (const auto* member : members) {
        if (end_by(*member, on) || !member->last_known) continue;
        const Day said = std::min(member->last_known->last(on), on);
        if (!last || *last < said) last = said;
    }
    return last;
}

/// By the other side or a third; any when both sides stopped, or nobody knows who did.
bool by_another(const Shock& shock, const std::vector<std::string>& stopped_by, const Pair& pair) {
    if (stopped_by.empty() || names_both(stopped_by, pair)) return true;
    return std::any_of(shock.initiators.begin(), shock.initiators.end(), [&](const std::string& actor) {
        return !contains(stopped_by, actor);
    });
}

bool may_precede(const Shock& shock, const domain::DateSpan& began, std::int32_t days) {
    return *shock.on.from <= *began.to && *began.from - *shock.on.to <= days;
}

using Shocks = std::vector<const Shock*>;

/// Days of the window from a shock to `days` later, each day counted once.
DayShare share_after(Shocks shocks, const Window& window, std::int32_t days) {
    std::sort(shocks.begin(), shocks.end(), [](const Shock* a, const Shock* b) {
        return *a->on.from < *b->on.from;
    });
    DayShare share{0, std::max(0, window.last - window.first + 1)};
    Day counted_to = window.first - 1;
    for (const auto* shock : shocks) {
        const Day first = std::max(*shock->on.from, counted_to + 1);
        const Day last = std::min(*shock->on.to + days, window.last);
        if (last < first) continue;
        share.days += last - first + 1;
        counted_to = last;
    }
    return share;
}

/// First day on which a member ended; nothing when none did.
std::optional<Day> first_end(const Outages& members, Day on) {
    std::optional<Day> first;
    for (const auto* member : members)
        if (const auto ended = end_by(*member, on); ended && (!first || *ended->from < *first))
            first = *ended->from;
    return first;
}

/// May have taken place on or after a day. A bare year says too little to be called the first contact.
bool may_follow(const domain::DateSpan& held, Day day) {
    return *held.from >= day || (held.precision != domain::Precision::year && held.to && *held.to >= day);
}

std::string ladder_key(const Engagement& engagement) {
    return engagement.channel.empty() ? engagement.category + "/" + engagement.level : engagement.channel;
}

/// Days from the beginning of an episode to the first day of an engagement.
domain::LengthRange days_to(const domain::DateSpan& held, const domain::DateSpan& began, Day on) {
    const bool vague =
        held.precision == domain::Precision::month || held.precision == domain::Precision::year;
    const Day latest = vague ? held.last(on) : *held.from;
    return {std::max(0, *held.from - *began.to), std::max(0, latest - *began.from)};
}

void add_contacts(
    Episode& episode, const std::vector<const Engagement*>& contacts, const InterruptionsQuestion& question
) {
    const Day on = question.window.last;
    const auto back_from = first_end(episode.members, on);
    std::set<std::string> seen;
    for (const auto* engagement : contacts) {
        const auto& held = *engagement->held;
        if (held.last(on) <= *episode.began.to) continue;
        const ContactAfter contact{engagement, days_to(held, episode.began, on)};
        if (!back_from || !may_follow(held, *back_from)) {
            if (contact.days.low > 0) episode.meanwhile.push_back(contact);
            continue;
        }
        if (episode.ended && *held.from > *episode.ended->to + question.ladder_days) break;
        if (seen.insert(ladder_key(*engagement)).second) episode.first_back.push_back(contact);
    }
}

void add_shocks(Episode& episode, const Shocks& shocks, const InterruptionsQuestion& question) {
    Shocks such;
    for (const auto* shock : shocks)
        if (by_another(*shock, episode.stopped_by, question.pair)) such.push_back(shock);
    for (const auto* shock : such)
        if (may_precede(*shock, episode.began, question.shock_days)) episode.coincident.push_back(shock);
    episode.days_after_such_shocks = share_after(std::move(such), question.window, question.shock_days);
}

bool shorter(const Disruption* a, const Disruption* b, Day on) {
    const auto end_a = end_by(*a, on), end_b = end_by(*b, on);
    if (*a->began.from != *b->began.from) return *a->began.from < *b->began.from;
    if (end_a.has_value() != end_b.has_value()) return end_a.has_value();
    return end_a && *end_a->from < *end_b->from;
}

Episode make_episode(Outages members, const InterruptionsQuestion& question) {
    const Day on = question.window.last;
    std::stable_sort(members.begin(), members.end(), [&](auto* a, auto* b) { return shorter(a, b, on); });
    Episode episode;
    episode.began = earliest(members);
    episode.ended = latest_end(members, on);
    const domain::DateSpan today{on, on, domain::Precision::day};
    episode.length = length(episode.began, episode.ended.value_or(today));
    if (!episode.ended) episode.last_said = last_said(members, on);
    for (const auto* member : members) {
        for (const auto& actor : member->stopped_by) add_once(episode.stopped_by, actor);
        add_once(episode.stated_causes, member->stated_cause);
    }
    episode.members = std::move(members);
    return episode;
}

void add_beside(Episode& episode, const Outages& single_events, Day on) {
    Day last = *episode.began.to;
    for (const auto* member : episode.members) last = std::max(last, reach(*member, on));
    for (const auto* event : single_events)
        if (*event->began.to >= *episode.began.from && *event->began.from <= last)
            episode.beside.push_back(event);
}

}  // namespace

bool causes_linked(const Disruption& a, const Disruption& b) {
    for (const auto& shock : a.shocks)
        if (contains(b.shocks, shock)) return true;
    const auto words = plain_words(a.stated_cause);
    return cause_known(words) && words == plain_words(b.stated_cause) &&
           (a.cause_class.empty() || b.cause_class.empty() || a.cause_class == b.cause_class);
}

Interruptions find_interruptions(
    std::span<const Disruption> disruptions,
    std::span<const Shock> shocks,
    std::span<const Engagement> engagements,
    const InterruptionsQuestion& question
) {
    const Day on = question.window.last;
    Interruptions out;
    Outages outages;
    for (const auto& disruption : disruptions) {
        if (!between(disruption, question.pair)) continue;
        if (!disruption.began.from || !disruption.began.to)
            out.undated.push_back(&disruption);
        else if (*disruption.began.from > on)
            continue;
        else
            (is_outage(disruption) ? outages : out.single_events).push_back(&disruption);
    }
    std::stable_sort(out.single_events.begin(), out.single_events.end(), [](auto* a, auto* b) {
        return *a->began.from < *b->began.from;
    });
    Shocks known;
    for (const auto& shock : shocks)
        if (touches(shock, question.pair) && shock.on.from && shock.on.to && *shock.on.from <= on)
            known.push_back(&shock);
    std::vector<const Engagement*> contacts;
    for (const auto& engagement : engagements)
        if (names_both(engagement.actors, question.pair) && occurred_by(engagement, on))
            contacts.push_back(&engagement);
    std::stable_sort(contacts.begin(), contacts.end(), [](auto* a, auto* b) {
        return *a->held->from < *b->held->from;
    });
    for (auto& members : groups(outages, question)) {
        auto episode = make_episode(std::move(members), question);
        add_beside(episode, out.single_events, on);
        add_shocks(episode, known, question);
        add_contacts(episode, contacts, question);
        out.episodes.push_back(std::move(episode));
    }
    std::stable_sort(out.episodes.begin(), out.episodes.end(), [](const Episode& a, const Episode& b) {
        return *a.began.from < *b.began.from;
    });
    out.days_after_shocks = share_after(known, question.window, question.shock_days);
    return out;
}

}  // namespace entente::measures
