#include "service/brief.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "domain/declaration.h"
#include "measures/counts.h"
#include "service/brief_parts.h"
#include "service/brief_words.h"

namespace entente::service {
namespace {

using measures::Evidence;

template <class Facts>
Records refs(const Facts& facts) {
    Records out;
    for (const auto* fact : facts) out.push_back(ref(fact->evidence));
    return out;
}
Records refs(const std::vector<Evidence>& facts) {
    Records out;
    for (const auto& fact : facts) out.push_back(ref(fact));
    return out;
}

/// What the composing functions share.
struct Context {
    const BriefFacts& facts;
    const BriefRequest& request;
    measures::Pair pair;
    std::vector<measures::Engagement> counted;  ///< of the pair, occurred, strong enough
    std::vector<measures::ChannelFacts> channels;
    measures::Interruptions interruptions;

    std::string channel_name(const std::string& id) const {
        for (const auto& channel : facts.channels)
            if (channel.evidence.id == id)
                return channel.short_name.empty() ? channel.name : channel.short_name;
        return {};
    }
    std::vector<BriefName> actors(const std::vector<std::string>& ids) const {
        std::vector<BriefName> out;
        for (const auto& id : ids) {
            const auto found = facts.actors.find(id);
            out.push_back(found == facts.actors.end() ? BriefName{id, {}, id.substr(0, 8)} : found->second);
        }
        return out;
    }
    std::string label(const measures::Engagement& engagement) const {
        return contact_label(engagement, channel_name(engagement.channel));
    }
};

/// By the beginning; the order that every list of contacts has.
std::vector<measures::Engagement> counted(const BriefFacts& facts, const BriefRequest& request) {
    std::vector<measures::Engagement> out;
    for (const auto& engagement : facts.engagements) {
        if (!measures::is_contact(engagement) || !measures::occurred_by(engagement, request.on)) continue;
        if (!measures::names_both(engagement.actors, {request.a, request.b})) continue;
        if (!request.general_knowledge && engagement.evidence.rests_on_general_knowledge()) continue;
        out.push_back(engagement);
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
        return *a.held->from < *b.held->from;
    });
    return out;
}

std::vector<std::string> categories(const std::vector<measures::Engagement>& engagements) {
    std::set<std::string> present;
    for (const auto& engagement : engagements) present.insert(engagement.category);
    std::vector<std::string> out;
    for (const auto& code : domain::Schema::builtin().list("engagement_category")->codes)
        if (present.contains(code.code)) out.push_back(code.code);
    return out;
}

std::string category_name(const std::string& category) {
    const auto* code = domain::Schema::builtin().list("engagement_category")->find(category);
    if (!code) return category;
    const auto words = code->attributes.find("short");
    return words == code->attributes.end() ? code->name : words->second;
}

int year_of(Day day) {
    return calendar(day).year;
}

/// First year of anything on record; the year asked about when there is nothing.
int first_year(const Context& context) {
    int first = year_of(context.request.on);
    if (!context.counted.empty()) first = std::min(first, year_of(*context.counted.front().held->from));
    for (const auto& episode : context.interruptions.episodes)
        first = std::min(first, year_of(*episode.began.from));
    for (const auto* event : context.interruptions.single_events)
        first = std::min(first, year_of(*event->began.from));
    for (const int year : years_beside(context.facts, context.request)) first = std::min(first, year);
    return first;
}

void add_coverage(BriefYear& year, const Context& context, const std::vector<std::string>& categories) {
    const auto ask = [&](const std::string& category) {
        const measures::CoverageQuestion question{context.pair, "engagement", category};
        return coverage_in_year(context.facts.coverage, question, year.year, context.request.on);
    };
    const auto all = ask({});
    year.coverage = all.kind;
    year.statements = refs(all.statements);
    for (const auto& category : categories) year.coverage_by_category[category] = ask(category).kind;
}

void add_stops(BriefYear& year, const std::vector<BriefStop>& stops, Day on) {
    for (const auto& stop : stops) {
        const int began = year_of(*stop.began.from);
        if (began == year.year) year.stops_begun.push_back(stop.number);
        const int last =
            year_of(stop.ended ? stop.ended->last(on) : stop.last_said.value_or(stop.began.last(on)));
        if (began <= year.year && year.year <= last) year.stopped = true;
        if (!stop.ended && last < year.year) year.end_unknown = true;
    }
}

std::vector<BriefYear> years(const Context& context, const Brief& brief) {
    std::map<int, BriefYear> by_year;
    for (int year = first_year(context); year <= year_of(context.request.on); ++year)
        by_year[year].year = year;
    for (const auto& count : measures::count_by_year(context.counted, context.pair, context.request.on))
        for (const auto& [category, records] : count.by_category)
            by_year[count.year].contacts[category] = refs(records);
    for (const auto& shock : context.facts.shocks)
        if (shock.on.from && *shock.on.from <= context.request.on &&
            by_year.contains(year_of(*shock.on.from)))
            by_year[year_of(*shock.on.from)].shocks.push_back(ref(shock.evidence));
    std::vector<BriefYear> out;
    for (auto& [number, year] : by_year) {
        add_coverage(year, context, brief.categories);
        add_stops(year, brief.stops, context.request.on);
        out.push_back(std::move(year));
    }
    return out;
}

/// Neighbouring years that were covered alike, as one stretch.
std::vector<CoveredYears> covered(const std::vector<BriefYear>& years) {
    std::vector<CoveredYears> out;
    for (const auto& year : years) {
        if (out.empty() || out.back().kind != year.coverage)
            out.push_back({year.year, year.year, year.coverage, {}});
        out.back().last = year.year;
        for (const auto& statement : year.statements)
            if (std::find(out.back().statements.begin(), out.back().statements.end(), statement) ==
                out.back().statements.end())
                out.back().statements.push_back(statement);
    }
    return out;
}

/// Contacts that ended within the twelve months to the day asked about.
std::vector<BriefContactAfter> last_year(const Context& context) {
    std::vector<BriefContactAfter> out;
    for (const auto& engagement : context.counted) {
        const Day last = engagement.held->last(context.request.on);
        if (context.request.on - last > 365) continue;
        out.push_back({context.label(engagement), *engagement.held, {}, ref(engagement.evidence)});
    }
    return out;
}

std::vector<BriefContact> contacts(const Context& context) {
    std::vector<BriefContact> out;
    for (const auto& last : measures::last_contacts(context.counted, context.pair, context.request.on)) {
        BriefContact contact{
            last.category,
            category_name(last.category),
            context.label(*last.engagement),
            last.engagement->title,
            *last.engagement->held,
            last.days_since,
            {ref(last.engagement->evidence)}};
        for (const auto& engagement : context.counted)
            if (engagement.category == last.category &&
                engagement.evidence.id != last.engagement->evidence.id)
                contact.records.push_back(ref(engagement.evidence));
        out.push_back(std::move(contact));
    }
    return out;
}

BriefChannel channel(
    const Context& context, const measures::ChannelFacts& facts, const measures::Window& window
) {
    const auto standing = measures::channel_standing(facts, context.request.on);
    BriefChannel out;
    out.name = context.channel_name(facts.channel->evidence.id);
    out.record = ref(facts.channel->evidence);
    out.condition = standing.condition;
    out.no_end_known = standing.no_end_known;
    out.because = refs(standing.because);
    out.availability = measures::availability(facts, window);
    out.general_knowledge = facts.channel->evidence.rests_on_general_knowledge();
    if (!standing.last_used) return out;
    out.last_used = *standing.last_used->held;
    out.last_use = ref(standing.last_used->evidence);
    return out;
}

/// The latest used first, then the ones that were never used as far as the record says.
std::vector<BriefChannel> channels(const Context& context, const measures::Window& window) {
    std::vector<BriefChannel> out;
    for (const auto& facts : context.channels) out.push_back(channel(context, facts, window));
    const Day never{INT32_MIN / 2};
    const auto used = [&](const BriefChannel& one) {
        return one.last_used ? one.last_used->last(context.request.on) : never;
    };
    std::stable_sort(out.begin(), out.end(), [&](const auto& a, const auto& b) { return used(b) < used(a); });
    return out;
}

BriefContactAfter contact_after(const Context& context, const measures::ContactAfter& contact) {
    const auto& engagement = *contact.engagement;
    return {context.label(engagement), *engagement.held, contact.days, ref(engagement.evidence)};
}

BriefOutage outage(const Context& context, const measures::Disruption& disruption) {
    const auto channel = context.channel_name(disruption.channel);
    BriefOutage out{channel.empty() ? disruption.scope : channel, std::nullopt, {}, ref(disruption.evidence)};
    const Day on = context.request.on;
    if (disruption.ended && disruption.ended->first(on) <= on) out.ended = *disruption.ended;
    const domain::DateSpan until = out.ended.value_or(domain::DateSpan{on, on, domain::Precision::day});
    if (const auto length = domain::length_between(disruption.began, until)) out.length = *length;
    return out;
}

bool is_arms_sale(const Context& context, const measures::Disruption& disruption) {
    const auto& shocks = context.facts.shocks;
    return disruption.cause_class == "arms_sale" ||
           std::any_of(shocks.begin(), shocks.end(), [&](const auto& shock) {
               return shock.kind == "arms_sale" && measures::contains(disruption.shocks, shock.evidence.id);
           });
}

BriefStop stop(const Context& context, const measures::Episode& episode, int number) {
    BriefStop out;
    out.number = number;
    out.began = episode.began;
    out.ended = episode.ended;
    out.length = episode.length;
    out.last_said = episode.last_said;
    out.stopped_by = context.actors(episode.stopped_by);
    out.causes = episode.stated_causes;
    out.beside = refs(episode.beside);
    out.days_after_such_shocks = episode.days_after_such_shocks;
    for (const auto* member : episode.members) {
        out.members.push_back(outage(context, *member));
        out.arms_sale |= is_arms_sale(context, *member);
        out.end_disputed |=
            member->evidence.disputed("ended") && member->ended && member->ended.value == episode.ended;
        const auto& unchecked = member->evidence.general_knowledge;
        out.end_general_knowledge |= member->ended && member->ended.value == episode.ended &&
                                     std::any_of(unchecked.begin(), unchecked.end(), [](const auto& field) {
                                         return field == "ended" || field == "all";
                                     });
    }
    for (const auto* shock : episode.coincident)
        out.coincident.push_back(
            {ref(shock->evidence),
             shock->kind,
             shock->title,
             shock->on,
             joined_names(context.actors(shock->initiators))}
        );
    for (const auto& contact : episode.first_back) out.first_back.push_back(contact_after(context, contact));
    for (const auto& contact : episode.meanwhile) out.meanwhile.push_back(contact_after(context, contact));
    return out;
}

// Which evidence is weak, and how.

template <class Fact, class Condition>
void collect(const std::vector<Fact>& facts, Records& out, Condition condition) {
    for (const auto& fact : facts)
        if (condition(fact)) out.push_back(ref(fact.evidence));
}

Records only_weak_sources(const Context& context) {
    const auto& sources = context.facts.sources;
    const auto weak = [&](const auto& fact) {
        const auto& cited = fact.evidence.sources;
        return !cited.empty() && !fact.evidence.rests_on_general_knowledge() &&
               std::all_of(cited.begin(), cited.end(), [&](const std::string& id) {
                   const auto found = sources.find(id);
                   return found != sources.end() && found->second.weak();
               });
    };
    Records out;
    collect(context.counted, out, weak);
    collect(context.facts.disruptions, out, weak);
    return out;
}

std::vector<WeakEvidence> weak_evidence(const Context& context) {
    const auto& facts = context.facts;
    const auto all = [](const auto& fact) { return fact.evidence.rests_on_general_knowledge(); };
    const auto some = [](const auto& fact) {
        return !fact.evidence.general_knowledge.empty() && !fact.evidence.rests_on_general_knowledge();
    };
    const auto disputed = [](const auto& fact) { return !fact.evidence.conflicts.empty(); };
    const std::string gk = "general knowledge";
    std::vector<WeakEvidence> out{
        {gk, context.request.general_knowledge ? "contacts counted" : "contacts left out", {}},
        {gk, "other records", {}},
        {gk, "in part", {}},
        {"only announced", "contacts left out", {}},
        {"only copies or weak sources", "", {}},
        {"conflicting claims", "", {}},
        {"no source named", "", {}}};
    collect(facts.engagements, out[0].records, [&](const auto& fact) {
        return all(fact) && occurred_by(fact, context.request.on);
    });
    collect(facts.disruptions, out[1].records, all);
    collect(facts.shocks, out[1].records, all);
    collect(facts.channels, out[1].records, all);
    collect(context.counted, out[2].records, some);
    collect(facts.disruptions, out[2].records, some);
    collect(facts.shocks, out[2].records, some);
    collect(facts.engagements, out[3].records, [](const auto& fact) { return fact.status == "announced"; });
    out[4].records = only_weak_sources(context);
    collect(context.counted, out[5].records, disputed);
    collect(facts.disruptions, out[5].records, disputed);
    collect(facts.shocks, out[5].records, disputed);
    const auto unsourced = [](const auto& fact) {
        return fact.evidence.sources.empty() && fact.evidence.general_knowledge.empty();
    };
    collect(context.counted, out[6].records, unsourced);
    collect(facts.disruptions, out[6].records, unsourced);
    collect(facts.shocks, out[6].records, unsourced);
    std::erase_if(out, [](const WeakEvidence& weak) { return weak.records.empty(); });
    return out;
}

std::vector<BriefSource> cited_sources(const Context& context) {
    std::map<std::string, std::size_t> cited;
    const auto count = [&](const auto& facts) {
        for (const auto& fact : facts)
            for (const auto& id : fact.evidence.sources) ++cited[id];
    };
    count(context.counted), count(context.facts.disruptions), count(context.facts.shocks);
    count(context.facts.tallies), count(context.facts.training_lines);
    std::vector<BriefSource> out;
    for (const auto& [id, records] : cited)
        if (const auto found = context.facts.sources.find(id); found != context.facts.sources.end())
            out.push_back({id, found->second.title.empty() ? found->second.key : found->second.title, records}
            );
    std::ranges::sort(out, [](const BriefSource& a, const BriefSource& b) {
        return std::tie(b.records, a.title, a.id) < std::tie(a.records, b.title, b.id);
    });
    return out;
}

void add_totals(Brief& brief, const Context& context) {
    for (const auto& engagement : context.counted) brief.contacts.push_back(ref(engagement.evidence));
    if (!context.counted.empty()) brief.first_contact = *context.counted.front().held;
    for (const auto& episode : context.interruptions.episodes)
        for (const auto* member : episode.members) brief.disruptions.push_back(ref(member->evidence));
    brief.single_events = refs(context.interruptions.single_events);
    for (const auto* event : context.interruptions.single_events)
        if (is_arms_sale(context, *event))
            brief.single_events_after_arms_sales.push_back(ref(event->evidence));
    for (const auto& shock : context.facts.shocks) {
        if (!shock.on.from || *shock.on.from > context.request.on) continue;
        brief.shocks.push_back(ref(shock.evidence));
        if (shock.kind == "arms_sale") brief.arms_sales.push_back(ref(shock.evidence));
    }
    for (const auto& agreement : context.facts.agreements)
        brief.agreements.push_back(ref(agreement.evidence));
}

Context make_context(const BriefFacts& facts, const BriefRequest& request) {
    Context context{facts, request, {request.a, request.b}, counted(facts, request), {}, {}};
    for (const auto& channel : facts.channels)
        context.channels.push_back(measures::gather(
            channel, facts.channel_states, facts.disruptions, context.counted, facts.coverage, request.on
        ));
    return context;
}

}  // namespace

std::size_t BriefYear::total() const {
    std::size_t sum = 0;
    for (const auto& [category, records] : contacts) sum += records.size();
    return sum;
}

Records BriefStop::records() const {
    Records out;
    for (const auto& member : members) out.push_back(member.record);
    return out;
}

Brief compose_brief(const BriefFacts& facts, const BriefRequest& request) {
    auto context = make_context(facts, request);
    Brief brief;
    brief.a = name_of(facts.a);
    brief.b = name_of(facts.b);
    brief.on = request.on;
    brief.checkpoint = request.checkpoint;
    // The share of days after a shock is taken over the time of the stops: from the first of them on.
    auto question = measures::InterruptionsQuestion{context.pair, {request.on, request.on}};
    for (const auto& disruption : facts.disruptions)
        if (disruption.began.from)
            question.window.first = std::min(question.window.first, *disruption.began.from);
    context.interruptions = find_interruptions(facts.disruptions, facts.shocks, context.counted, question);
    int number = 0;
    for (const auto& episode : context.interruptions.episodes)
        brief.stops.push_back(stop(context, episode, ++number));
    brief.days_after_shocks = context.interruptions.days_after_shocks;
    add_totals(brief, context);
    brief.categories = categories(context.counted);
    brief.years = years(context, brief);
    brief.covered = covered(brief.years);
    for (Day day = request.on; !brief.years.empty() && calendar(day).year >= brief.years.front().year;
         day = day - 1) {
        if (coverage_on(facts.coverage, {context.pair, "engagement", {}}, day).kind ==
            measures::CoverageKind::not_covered)
            continue;
        brief.last_covered = day;
        break;
    }
    brief.last_contacts = contacts(context);
    brief.last_year = last_year(context);
    brief.availability_window = measures::half_decade_before(request.on);
    brief.channels = channels(context, brief.availability_window);
    brief.weak = weak_evidence(context);
    brief.sources = cited_sources(context);
    brief.training = training(facts, request);
    brief.exercises = exercises(facts, request, brief.years);
    brief.agreements_in_force = in_force(facts, request, "agreements_in_force");
    brief.alliances = in_force(facts, request, "alliances_in_force");
    brief.political = political(facts, request);
    brief.sentence = first_sentence(brief);
    return brief;
}

}  // namespace entente::service
