#include "service/validate_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "ledger/watched_store.h"
#include "measures/forecast/outages.h"
#include "measures/record_reader.h"
#include "measures/validity/validate_in_steps.h"
#include "service/brief_words.h"
#include "service/partner_records.h"

namespace entente::service {
namespace {

namespace validity = measures::validity;

using Codes = std::map<std::string, std::string>;  ///< ids of actors by code

/// The id in the source, where there is one: the same on every node, so that draws by record are the same, too.
void name_by_source(measures::Evidence& evidence) {
    if (!evidence.source_id.empty()) evidence.id = evidence.source_id;
}

/// Everything that the questions of validity read, and the spans over it.
class Reading {
public:
    Reading(ledger::RecordView& view, const ValidateRequest& request) : view_(view), request_(request) {
        facts_.at = request.at;
    }

    Result<void> read() {
        ENTENTE_RETURN_IF_ERROR(read_actors());
        ENTENTE_RETURN_IF_ERROR(read_studies());
        ENTENTE_RETURN_IF_ERROR(read_statements());
        const auto home = codes_.find(request_.home);
        if (home == codes_.end())
            return fail(
                ErrorCode::not_found,
                "home",
                fmt::format("found no actor '{}'", request_.home),
                "entente list actor"
            );
        facts_.home = names_[home->second];
        ENTENTE_ASSIGN_OR_RETURN(auto partners, load_partner_facts(view_, home->second));
        for (auto& facts : partners) {
            const auto id = facts.b.evidence.id;
            keep(home->second, id, std::move(facts));
        }
        for (const auto& [code, id] : codes_) {
            if (id == home->second || !named_.contains(id)) continue;
            ENTENTE_RETURN_IF_ERROR(look());
            ENTENTE_ASSIGN_OR_RETURN(const auto* pair, pair_of(home->second, id));
            facts_.partners.push_back({pair->tie, names_[id], years_of(id)});
        }
        return read_outages();
    }

    const validity::ValidityFacts& facts() const { return facts_; }
    /// Others that could be partners.
    std::size_t actors() const { return codes_.size() - 1; }

private:
    Result<void> look() const {
        if (request_.stopped && request_.stopped()) return std::unexpected(ledger::Watch::stop_error());
        return {};
    }

    Result<void> read_actors() {
        return view_.each_current("actor", [&](const ledger::Revision& revision) {
            const auto actor = measures::read_actor(revision.rec, revision.content);
            if (!actor.code.empty()) codes_[actor.code] = revision.rec;
            names_[revision.rec] = name_of(actor).name;
            return Result<void>{};
        });
    }

    /// Which sources a statement of coverage says were read.
    Result<void> read_statements() {
        return view_.each_current("coverage", [&](const ledger::Revision& revision) {
            sources_read_[revision.rec] =
                measures::RecordReader("coverage", revision.content).texts("sources");
            return Result<void>{};
        });
    }

    /// In which years a study of all states names whom.
    Result<void> read_studies() {
        return view_.each_current("tally", [&](const ledger::Revision& revision) {
            const auto tally = measures::read_tally(revision.rec, revision.content);
            if (std::ranges::find(validity::kStudies, tally.what) == std::end(validity::kStudies))
                return Result<void>{};
            for (const auto& part : tally.parts) {
                const auto& period = part.period ? *part.period : tally.period;
                const int first = calendar(period.first(request_.at)).year,
                          last = calendar(period.last(request_.at)).year;
                for (const auto& actor : tally.parties)
                    for (int year = first; part.number > 0 && year <= last; ++year)
                        named_[actor].insert(year);
            }
            return Result<void>{};
        });
    }

    std::vector<int> years_of(const std::string& actor) const {
        const auto found = named_.find(actor);
        return found == named_.end() ? std::vector<int>()
                                     : std::vector<int>(found->second.begin(), found->second.end());
    }

    /// The facts of a pair, read once, with only the statements that speak of it.
    Result<const measures::PairFacts*> pair_of(const std::string& a, const std::string& b) {
        const auto found = pairs_.find({a, b});
        if (found != pairs_.end()) return &found->second;
        BriefRequest read;
        read.a = a, read.b = b, read.on = request_.at;
        ENTENTE_ASSIGN_OR_RETURN(auto facts, load_brief_facts(view_, read));
        return &keep(a, b, std::move(facts));
    }

    const measures::PairFacts& keep(const std::string& a, const std::string& b, BriefFacts facts) {
        for (auto& one : facts.engagements) name_by_source(one.evidence);
        MeasureRequest request;
        request.a = a, request.b = b, request.at = request_.at;
        request.general_knowledge = request_.general_knowledge;
        const auto& statements = statements_for(std::move(facts.coverage), {a, b});
        records_.push_back(std::make_unique<PairRecord>(std::move(facts), BesidePair{}, request));
        auto pair = records_.back()->facts();
        pair.tie.coverage = statements;
        return pairs_.emplace(std::pair{a, b}, std::move(pair)).first->second;
    }

    /// Pairs of which the same statements speak share one list of them.
    const std::vector<measures::Coverage>& statements_for(
        std::vector<measures::Coverage> all, const measures::Pair& pair
    ) {
        std::erase_if(all, [&](const measures::Coverage& one) { return !measures::may_speak_of(one, pair); });
        std::vector<std::string> ids;
        for (auto& one : all) {
            ids.push_back(one.evidence.id);
            one.evidence.sources = sources_read_[one.evidence.id];
        }
        return statements_.try_emplace(std::move(ids), std::move(all)).first->second;
    }

    Result<void> read_outages() {
        ENTENTE_ASSIGN_OR_RETURN(outages_, load_outages_elsewhere(view_));
        auto& all = outages_.disruptions;
        for (auto& one : all) name_by_source(one.evidence);
        std::erase_if(all, [&](const measures::Disruption& one) {
            return !request_.general_knowledge && one.evidence.rests_on_general_knowledge();
        });
        std::map<std::pair<std::string, std::string>, validity::StoppedPair> stopped;
        for (const auto* outage : measures::outages_of(all)) {
            ENTENTE_RETURN_IF_ERROR(look());
            if (!measures::began_by(*outage, request_.at)) continue;
            if (outage->side_a.size() != 1 || outage->side_b.size() != 1) {
                ++facts_.outages_of_many;
                continue;
            }
            ENTENTE_RETURN_IF_ERROR(add(*outage, stopped));
        }
        for (auto& [codes, pair] : stopped) facts_.stopped.push_back(std::move(pair));
        return {};
    }

    Result<void> add(
        const measures::Disruption& outage,
        std::map<std::pair<std::string, std::string>, validity::StoppedPair>& stopped
    ) {
        const auto code = [&](const std::string& id) {
            const auto found = std::ranges::find(codes_, id, &Codes::value_type::second);
            return found == codes_.end() ? id : found->first;
        };
        std::string a = outage.side_a[0], b = outage.side_b[0];
        if (code(b) == request_.home || (code(a) != request_.home && code(b) < code(a))) std::swap(a, b);
        auto& pair = stopped[{code(a), code(b)}];
        if (pair.outages.empty()) {
            ENTENTE_ASSIGN_OR_RETURN(const auto* facts, pair_of(a, b));
            pair.tie = facts->tie, pair.names = facts->both_names();
        }
        pair.outages.push_back(&outage);
        return {};
    }

    ledger::RecordView& view_;
    const ValidateRequest& request_;
    Codes codes_;
    std::map<std::string, std::string> names_;
    std::map<std::string, std::set<int>> named_;
    std::map<std::string, std::vector<std::string>> sources_read_;
    std::map<std::vector<std::string>, std::vector<measures::Coverage>> statements_;
    std::vector<std::unique_ptr<PairRecord>> records_;
    std::map<std::pair<std::string, std::string>, measures::PairFacts> pairs_;
    OutagesElsewhere outages_;
    validity::ValidityFacts facts_;
};

json::object section_json(const validity::Section& section) {
    json::array paragraphs, tables;
    for (const auto& one : section.paragraphs) paragraphs.emplace_back(one);
    for (const auto& one : section.tables) tables.emplace_back(table_json(one));
    return {
        {"name", section.name},
        {"question", section.question},
        {"said", section.said},
        {"finding", section.finding},
        {"paragraphs", std::move(paragraphs)},
        {"tables", std::move(tables)}};
}

}  // namespace

Result<Validation> validate_measures(
    ledger::RecordView& view, const ValidateRequest& request, const measures::Parameters& parameters
) {
    Reading reading(view, request);
    ENTENTE_RETURN_IF_ERROR(reading.read());
    // Reading is about half of it.
    const auto go_on = [&request](double share) {
        if (request.progress) request.progress(0.5 + share / 2);
        return !request.stopped || !request.stopped();
    };
    if (!go_on(0)) return std::unexpected(ledger::Watch::stop_error());
    const auto found = validity::validate_in_steps(reading.facts(), parameters, go_on);
    if (!go_on(1)) return std::unexpected(ledger::Watch::stop_error());
    return Validation{
        reading.facts().home,
        request.at,
        parameters.shown(),
        found.day.day,
        reading.actors(),
        found.named,
        found.compared,
        found.sections};
}

json::object validation_json(const Validation& validation, const std::string& known_at) {
    json::array sections;
    for (const auto& one : validation.sections) sections.emplace_back(section_json(one));
    return {
        {"home", validation.home},
        {"valid_at", to_iso(validation.at)},
        {"known_at", known_at},
        {"parameters", validation.parameters},
        {"compared_on", to_iso(validation.compared_on)},
        {"partners", validation.partners},
        {"named", validation.named},
        {"compared", validation.compared},
        {"sections", std::move(sections)}};
}

}  // namespace entente::service
