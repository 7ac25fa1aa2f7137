#include "service/review_mentions.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "base/files.h"
#include "service/describe.h"

namespace entente::service {
namespace {

using identity::Kind;

// Where records hold mentions.
struct MentionField {
    const char* type;
    const char* field;
    const char* by;  ///< the nation whose mentions they are; empty: not known
    Kind kind;
    bool people_and_cost;
};

constexpr MentionField kMentionFields[]{
    {"training_line", "recipient_unit", "recipient", Kind::organisation, true},
    {"training_line", "delivery_unit", "delivered_by", Kind::organisation, true},
    {"training_line", "place", "", Kind::place, true},
    {"engagement", "places", "", Kind::place, false},
    {"engagement", "people", "", Kind::person, false},
};

// Codes of actors by id, each looked up once.
class Codes {
public:
    explicit Codes(ledger::RecordView& view) : view_(view) {}

    Result<std::string> code(const std::string& id) {
        if (id.empty()) return std::string();
        const auto [at, fresh] = known_.emplace(id, std::string());
        if (!fresh) return at->second;
        ENTENTE_ASSIGN_OR_RETURN(const auto actor, view_.current(id));
        if (actor) at->second = text_at(actor->content, "code");
        if (at->second.empty()) at->second = id;
        return at->second;
    }

private:
    ledger::RecordView& view_;
    std::map<std::string, std::string> known_;
};

void add(identity::Mention& to, const ledger::Tally& tally) {
    to.records += tally.records;
    if (tally.sums.size() == 2) to.people += tally.sums[0], to.cost += tally.sums[1];
    if (!tally.first || !tally.last) return;
    to.first = to.dated ? std::min<std::int64_t>(to.first, tally.first->value) : tally.first->value;
    to.last = to.dated ? std::max<std::int64_t>(to.last, tally.last->value) : tally.last->value;
    to.dated = true;
}

Result<std::vector<identity::Mention>> load_mentions(
    ledger::RecordView& view, Codes& codes, const std::string& nation
) {
    std::map<identity::MentionKey, identity::Mention> mentions;
    for (const auto& from : kMentionFields) {
        if (!nation.empty() && *from.by == '\0') continue;
        ledger::TallyQuery query{from.type, from.field, from.by, {}};
        if (from.people_and_cost) query.sums = {"people", "cost"};
        ENTENTE_ASSIGN_OR_RETURN(const auto tallies, view.tally_values(query));
        for (const auto& tally : tallies) {
            ENTENTE_ASSIGN_OR_RETURN(auto code, codes.code(tally.by));
            if (!nation.empty() && code != nation) continue;
            identity::MentionKey key{from.kind, std::move(code), tally.value};
            auto& mention = mentions[key];
            mention.key = std::move(key);
            add(mention, tally);
        }
    }
    std::vector<identity::Mention> out;
    out.reserve(mentions.size());
    for (auto& [key, mention] : mentions) out.push_back(std::move(mention));
    return out;
}

identity::Verdict verdict_of(const std::string& code) {
    return code == "positive"   ? identity::Verdict::positive
           : code == "negative" ? identity::Verdict::negative
                                : identity::Verdict::unsure;
}

Kind kind_of(const std::string& code) {
    return code == "person" ? Kind::person : code == "place" ? Kind::place : Kind::organisation;
}

Result<std::vector<identity::PersonJudgement>> load_judgements(
    ledger::RecordView& view, Codes& codes, const std::string& nation
) {
    ledger::RecordQuery query;
    query.types = {"judgement"}, query.newest_first = false;
    ENTENTE_ASSIGN_OR_RETURN(const auto page, view.list(query));
    std::vector<identity::PersonJudgement> out;
    for (const auto& record : page.records) {
        identity::PersonJudgement judgement;
        judgement.left.kind = kind_of(text_at(record.content, "kind"));
        ENTENTE_ASSIGN_OR_RETURN(judgement.left.nation, codes.code(text_at(record.content, "nation")));
        if (!nation.empty() && judgement.left.nation != nation) continue;
        const bool person = judgement.left.kind == Kind::person;
        judgement.left.text = text_at(record.content, person ? "left_person" : "left");
        if (const auto right = text_at(record.content, person ? "right_person" : "right"); !right.empty())
            judgement.right = {judgement.left.kind, judgement.left.nation, right};
        judgement.actor = text_at(record.content, "actor");
        if (judgement.left.text.empty() || (!judgement.right && judgement.actor.empty())) continue;
        judgement.verdict = verdict_of(text_at(record.content, "verdict"));
        if (text_at(record.content, "ground") == "rule") judgement.ground = identity::Ground::rule;
        judgement.record = record.rec;
        out.push_back(std::move(judgement));
    }
    return out;
}

}  // namespace

Result<IdentityPicture> load_identity(
    ledger::RecordView& view, const std::string& nation, const identity::RuleTables& tables
) {
    Codes codes(view);
    ENTENTE_ASSIGN_OR_RETURN(auto mentions, load_mentions(view, codes, nation));
    ENTENTE_ASSIGN_OR_RETURN(const auto judgements, load_judgements(view, codes, nation));
    std::map<std::string, std::string> names;
    for (const auto& judgement : judgements) {
        if (judgement.actor.empty()) continue;
        ENTENTE_ASSIGN_OR_RETURN(const auto actor, view.current(judgement.actor));
        names[judgement.actor] = actor ? text_at(actor->content, "name") : judgement.actor.substr(0, 8);
    }
    return IdentityPicture{identity::MentionGraph(std::move(mentions), judgements, tables), std::move(names)};
}

Result<identity::RuleTables> load_rules(const std::string& directory) {
    namespace fs = std::filesystem;
    if (directory.empty()) return identity::RuleTables::builtin();
    if (!fs::is_directory(directory))
        return fail(ErrorCode::not_found, "rules", fmt::format("found no directory '{}'", directory));
    std::vector<std::string> texts;
    for (const char* name : {"words.csv", "nations.csv", "organisations.csv"}) {
        const auto file = fs::path(directory) / name;
        if (!fs::exists(file)) {
            texts.emplace_back(identity::embedded_rules(name));
            continue;
        }
        ENTENTE_ASSIGN_OR_RETURN(auto text, read_file(file));
        texts.push_back(std::move(text));
    }
    return identity::RuleTables::create(texts[0], texts[1], texts[2]);
}

Result<Kind> parse_mention_kind(const std::string& typed) {
    if (typed == "person") return Kind::person;
    if (typed == "place") return Kind::place;
    for (const char* name : {"organisation", "unit", "ministry", "school"})
        if (typed == name) return Kind::organisation;
    return fail(
        ErrorCode::invalid_argument,
        "kind",
        fmt::format("found '{}', expected organisation, unit, ministry, school, person or place", typed)
    );
}

IdentitySummary summarise(
    const identity::MentionGraph& graph,
    const std::vector<identity::ReviewItem>& items,
    const identity::ReviewRequest& request
) {
    IdentitySummary out;
    std::set<std::uint32_t> clusters;
    std::map<std::string, OrganisationTally> organisations;
    std::map<std::string, std::set<std::uint32_t>> whole;
    std::map<std::string, std::set<std::string>> nations;
    for (const auto& group : graph.groups()) {
        const auto& key = graph.mentions()[group.mentions.front()].key;
        if ((!request.nation.empty() && key.nation != request.nation) ||
            (request.kind && key.kind != *request.kind))
            continue;
        ++out.names;
        out.mentions += group.mentions.size();
        for (const auto mention : group.mentions) clusters.insert(graph.cluster_of(mention));
        if (!group.finding.rule) continue;
        auto& tally = organisations[group.finding.rule->organisation];
        tally.organisation = group.finding.rule->organisation;
        tally.spellings += group.mentions.size();
        tally.by_finding[group.finding.named] += group.mentions.size();
        if (group.finding.named != identity::Named::whole) continue;
        nations[tally.organisation].insert(key.nation);
        for (const auto mention : group.mentions) whole[tally.organisation].insert(graph.cluster_of(mention));
    }
    out.clusters = clusters.size(), out.conflicts = graph.clustering().conflicts.size();
    out.items = items.size();
    for (const auto& item : items)
        for (const auto open : item.open) ++out.open[open];
    for (auto& [name, tally] : organisations) {
        tally.clusters = whole[name].size(), tally.nations = nations[name].size();
        out.organisations.push_back(std::move(tally));
    }
    return out;
}

}  // namespace entente::service
