#include "service/partner_records.h"

#include <algorithm>
#include <map>
#include <set>
#include <thread>

#include "measures/tie/strengths.h"
#include "service/brief_words.h"
#include "service/school_families.h"

namespace entente::service {
namespace {

using Ids = std::set<std::string>;

void name(Ids& ids, const std::vector<std::string>& more) {
    ids.insert(more.begin(), more.end());
}

// Whom a record ties to the actor `home`.
Ids others(const measures::Engagement& one, const std::string&) {
    return {one.actors.begin(), one.actors.end()};
}
Ids others(const measures::Channel& one, const std::string&) {
    return {one.parties.begin(), one.parties.end()};
}
Ids others(const measures::Agreement& one, const std::string&) {
    return {one.parties.begin(), one.parties.end()};
}
Ids others(const measures::Tally& one, const std::string&) {
    return {one.parties.begin(), one.parties.end()};
}
Ids others(const measures::Snooze& one, const std::string&) {
    return {one.parties.begin(), one.parties.end()};
}
Ids others(const measures::TrainingLine& one, const std::string&) {
    return {one.deliverer, one.recipient};
}
Ids others(const measures::Shock& one, const std::string&) {
    Ids out;
    for (const auto* ids : {&one.initiators, &one.targets, &one.third_parties}) name(out, *ids);
    return out;
}
/// Those on the other side.
Ids others(const measures::Disruption& one, const std::string& home) {
    Ids out;
    if (measures::contains(one.side_a, home)) name(out, one.side_b);
    if (measures::contains(one.side_b, home)) name(out, one.side_a);
    if (!out.empty()) out.insert(home);
    return out;
}

/// Reads kind by kind and deals out to the partners.
class Reading {
public:
    Reading(ledger::RecordView& view, const std::string& home) : view_(view), home_(home) {}

    Result<std::vector<BriefFacts>> read() {
        ENTENTE_RETURN_IF_ERROR(read_all("actor", measures::read_actor, actors_));
        ENTENTE_RETURN_IF_ERROR(read_all("source", measures::read_source, sources_));
        if (!actors_.contains(home_))
            return fail(
                ErrorCode::not_found, "actor", "No actor of that id is on record.", "entente list actor"
            );
        ENTENTE_RETURN_IF_ERROR(deal("engagement", measures::read_engagement, &BriefFacts::engagements));
        ENTENTE_RETURN_IF_ERROR(deal("disruption", measures::read_disruption, &BriefFacts::disruptions));
        ENTENTE_RETURN_IF_ERROR(deal("shock", measures::read_shock, &BriefFacts::shocks));
        ENTENTE_RETURN_IF_ERROR(deal("channel", measures::read_channel, &BriefFacts::channels));
        ENTENTE_RETURN_IF_ERROR(deal("agreement", measures::read_agreement, &BriefFacts::agreements));
        ENTENTE_RETURN_IF_ERROR(deal("tally", measures::read_tally, &BriefFacts::tallies));
        SchoolFamilies families;
        const auto read_line = [&](std::string_view id, const domain::Content& content) {
            auto line = measures::read_training_line(id, content);
            line.school_families = families.of(line);
            return line;
        };
        ENTENTE_RETURN_IF_ERROR(deal("training_line", read_line, &BriefFacts::training_lines));
        ENTENTE_RETURN_IF_ERROR(deal("snooze", measures::read_snooze, &BriefFacts::snoozes));
        ENTENTE_RETURN_IF_ERROR(deal_states());
        ENTENTE_RETURN_IF_ERROR(deal_coverage());
        return finish();
    }

private:
    template <class Fact>
    Result<void> read_all(
        const char* type,
        Fact (*read)(std::string_view id, const domain::Content& content),
        std::map<std::string, Fact>& into
    ) {
        return view_.each_current(type, [&](const ledger::Revision& revision) {
            into.emplace(revision.rec, read(revision.rec, revision.content));
            return Result<void>{};
        });
    }

    template <class Read, class Fact>
    Result<void> deal(const char* type, const Read& read, std::vector<Fact> BriefFacts::*kind) {
        ledger::RecordQuery query;
        query.types = {type};
        query.actors = {home_};
        query.newest_first = false;
        return view_.each(query, [&](const ledger::Revision& revision) {
            const Fact fact = read(revision.rec, revision.content);
            const auto named = others(fact, home_);
            if (!named.contains(home_)) return Result<void>{};
            for (const auto& id : named)
                if (id != home_ && actors_.contains(id)) (partners_[id].*kind).push_back(fact);
            return Result<void>{};
        });
    }

    /// States of the channels of each.
    Result<void> deal_states() {
        std::map<std::string, std::vector<BriefFacts*>> of_channel;
        for (auto& [id, facts] : partners_)
            for (const auto& channel : facts.channels) of_channel[channel.evidence.id].push_back(&facts);
        ledger::RecordQuery query;
        query.types = {"channel_state"};
        query.newest_first = false;
        return view_.each(query, [&](const ledger::Revision& revision) {
            const auto state = measures::read_channel_state(revision.rec, revision.content);
            const auto found = of_channel.find(state.channel);
            if (found != of_channel.end())
                for (auto* facts : found->second) facts->channel_states.push_back(state);
            return Result<void>{};
        });
    }

    /// To each the statements that may speak of it.
    Result<void> deal_coverage() {
        ledger::RecordQuery query;
        query.types = {"coverage"};
        query.newest_first = false;
        return view_.each(query, [&](const ledger::Revision& revision) {
            const auto statement = measures::read_coverage(revision.rec, revision.content);
            for (auto& [id, facts] : partners_)
                if (measures::may_speak_of(statement, {home_, id})) facts.coverage.push_back(statement);
            return Result<void>{};
        });
    }

    template <class Fact>
    void add_sources(const std::vector<Fact>& of, BriefFacts& facts) const {
        for (const auto& one : of)
            for (const auto& id : one.evidence.sources)
                if (const auto found = sources_.find(id); found != sources_.end())
                    facts.sources.insert(*found);
    }

    void add_names(const std::vector<std::string>& ids, BriefFacts& facts) const {
        for (const auto& id : ids)
            if (const auto found = actors_.find(id); found != actors_.end())
                facts.actors.emplace(id, name_of(found->second));
    }

    std::vector<BriefFacts> finish() {
        std::vector<BriefFacts> out;
        for (auto& [id, facts] : partners_) {
            facts.a = actors_.at(home_), facts.b = actors_.at(id);
            add_sources(facts.engagements, facts);
            add_sources(facts.disruptions, facts);
            add_sources(facts.shocks, facts);
            add_sources(facts.agreements, facts);
            add_sources(facts.tallies, facts);
            add_sources(facts.training_lines, facts);
            for (const auto& one : facts.disruptions) add_names(one.stopped_by, facts);
            for (const auto& one : facts.shocks) add_names(one.initiators, facts);
            out.push_back(std::move(facts));
        }
        std::ranges::stable_sort(out, {}, [](const BriefFacts& one) { return name_of(one.b).name; });
        return out;
    }

    ledger::RecordView& view_;
    const std::string& home_;
    std::map<std::string, measures::Actor> actors_;
    std::map<std::string, measures::Source> sources_;
    std::map<std::string, BriefFacts> partners_;
};

}  // namespace

Result<std::vector<BriefFacts>> load_partner_facts(ledger::RecordView& view, const std::string& home) {
    return Reading(view, home).read();
}

Result<std::vector<Partner>> load_partner_records(ledger::RecordView& view, const PartnersRequest& request) {
    ENTENTE_ASSIGN_OR_RETURN(auto all, load_partner_facts(view, request.home));
    MeasureRequest asked;
    asked.a = request.home, asked.at = request.at, asked.general_knowledge = request.general_knowledge;
    std::vector<Partner> out;
    for (auto& facts : all) {
        auto actor = name_of(facts.b);
        asked.b = actor.id;
        out.push_back({std::move(actor), std::make_unique<PairRecord>(std::move(facts), BesidePair{}, asked)}
        );
    }
    return out;
}

std::vector<measures::Strength> strengths_of(
    const std::vector<Partner>& partners, const measures::Parameters& parameters, Day at
) {
    std::vector<measures::TieFacts> ties;
    for (const auto& partner : partners) ties.push_back(partner.record->facts().tie);
    return measures::strengths(
        ties, *measures::drawn(parameters), at, std::max(1U, std::thread::hardware_concurrency())
    );
}

}  // namespace entente::service
