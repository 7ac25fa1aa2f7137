#include <set>

#include "service/brief.h"
#include "service/brief_parts.h"
#include "service/brief_words.h"
#include "service/school_families.h"

namespace entente::service {
namespace {

using measures::Evidence;

template <class Fact>
using Read = Fact (*)(std::string_view id, const domain::Content& content);

/// All current records of a type that name the actors.
template <class Fact>
Result<std::vector<Fact>> list(
    ledger::RecordView& view, std::string_view type, const std::vector<std::string>& actors, Read<Fact> read
) {
    ledger::RecordQuery query;
    query.types = {std::string(type)};
    query.actors = actors;
    query.newest_first = false;
    ENTENTE_ASSIGN_OR_RETURN(const auto page, view.list(query));
    std::vector<Fact> facts;
    for (const auto& revision : page.records) facts.push_back(read(revision.rec, revision.content));
    return facts;
}

template <class Fact>
Result<std::optional<Fact>> current(ledger::RecordView& view, const std::string& id, Read<Fact> read) {
    ENTENTE_ASSIGN_OR_RETURN(const auto revision, view.current(id));
    if (!revision) return std::optional<Fact>();
    return std::optional(read(revision->rec, revision->content));
}

Result<measures::Actor> actor(ledger::RecordView& view, const std::string& id) {
    ENTENTE_ASSIGN_OR_RETURN(auto found, current(view, id, measures::read_actor));
    if (!found)
        return fail(ErrorCode::not_found, "actor", "No actor of that id is on record.", "entente list actor");
    return *std::move(found);
}

template <class Fact>
void cite(const std::vector<Fact>& facts, std::set<std::string>& sources) {
    for (const auto& fact : facts) sources.insert(fact.evidence.sources.begin(), fact.evidence.sources.end());
}

Result<void> load_sources(ledger::RecordView& view, BriefFacts& facts) {
    std::set<std::string> cited;
    cite(facts.engagements, cited);
    cite(facts.disruptions, cited);
    cite(facts.shocks, cited);
    cite(facts.agreements, cited);
    cite(facts.tallies, cited);
    cite(facts.training_lines, cited);
    for (const auto& id : cited) {
        ENTENTE_ASSIGN_OR_RETURN(auto source, current(view, id, measures::read_source));
        if (source) facts.sources.emplace(id, *std::move(source));
    }
    return {};
}

Result<void> load_names(ledger::RecordView& view, BriefFacts& facts) {
    std::set<std::string> named;
    for (const auto& disruption : facts.disruptions)
        named.insert(disruption.stopped_by.begin(), disruption.stopped_by.end());
    for (const auto& shock : facts.shocks) named.insert(shock.initiators.begin(), shock.initiators.end());
    for (const auto& id : named) {
        ENTENTE_ASSIGN_OR_RETURN(const auto found, current(view, id, measures::read_actor));
        if (found) facts.actors.emplace(id, name_of(*found));
    }
    return {};
}

/// States of the pair's channels only.
void keep_states(BriefFacts& facts) {
    std::set<std::string> channels;
    for (const auto& channel : facts.channels) channels.insert(channel.evidence.id);
    std::erase_if(facts.channel_states, [&](const auto& state) { return !channels.contains(state.channel); });
}

}  // namespace

Result<BriefFacts> load_brief_facts(ledger::RecordView& view, const BriefRequest& request) {
    if (request.a == request.b)
        return fail(ErrorCode::invalid_argument, "actor", "Found the same actor twice, expected two.");
    BriefFacts facts;
    const std::vector<std::string> pair{request.a, request.b};
    ENTENTE_ASSIGN_OR_RETURN(facts.a, actor(view, request.a));
    ENTENTE_ASSIGN_OR_RETURN(facts.b, actor(view, request.b));
    ENTENTE_ASSIGN_OR_RETURN(facts.engagements, list(view, "engagement", pair, measures::read_engagement));
    ENTENTE_ASSIGN_OR_RETURN(facts.disruptions, list(view, "disruption", pair, measures::read_disruption));
    ENTENTE_ASSIGN_OR_RETURN(facts.shocks, list(view, "shock", pair, measures::read_shock));
    ENTENTE_ASSIGN_OR_RETURN(facts.channels, list(view, "channel", pair, measures::read_channel));
    ENTENTE_ASSIGN_OR_RETURN(facts.agreements, list(view, "agreement", pair, measures::read_agreement));
    ENTENTE_ASSIGN_OR_RETURN(facts.snoozes, list(view, "snooze", pair, measures::read_snooze));
    ENTENTE_ASSIGN_OR_RETURN(facts.coverage, list(view, "coverage", {}, measures::read_coverage));
    ENTENTE_ASSIGN_OR_RETURN(facts.tallies, list(view, "tally", pair, measures::read_tally));
    ENTENTE_ASSIGN_OR_RETURN(
        facts.training_lines, list(view, "training_line", pair, measures::read_training_line)
    );
    if (!facts.training_lines.empty()) {
        SchoolFamilies families;
        for (auto& line : facts.training_lines) line.school_families = families.of(line);
    }
    if (!facts.channels.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(
            facts.channel_states, list(view, "channel_state", {}, measures::read_channel_state)
        );
        keep_states(facts);
    }
    // A stop of both against a third names them, too, but is not theirs.
    std::erase_if(facts.disruptions, [&](const auto& one) { return !between(one, {request.a, request.b}); });
    ENTENTE_RETURN_IF_ERROR(load_sources(view, facts));
    ENTENTE_RETURN_IF_ERROR(load_names(view, facts));
    return facts;
}

Result<Brief> make_brief(ledger::RecordView& view, const BriefRequest& request) {
    ENTENTE_ASSIGN_OR_RETURN(const auto facts, load_brief_facts(view, request));
    auto brief = compose_brief(facts, request);
    ENTENTE_RETURN_IF_ERROR(add_measures(brief, view, facts, request));
    return brief;
}

}  // namespace entente::service
