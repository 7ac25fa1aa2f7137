#include "identity/mention_graph.h"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "base/check.h"

namespace entente::identity {
namespace {

// Names with a doubt stand alone: their look is no reason to join them.
std::string group_key(const MentionKey& key, const FoldedName& name) {
    const bool alone = key.kind == Kind::person || !name.doubts.empty();
    return fmt::format(
        "{}\n{}\n{}\n{}", static_cast<int>(key.kind), key.nation, alone, alone ? key.text : name.exact
    );
}

// Of a person the name: what stands before the office in `name - office`.
std::string_view name_part(const MentionKey& key) {
    const std::string_view text = key.text;
    return key.kind == Kind::person ? text.substr(0, text.find(" - ")) : text;
}

UsedDays used_days(const std::vector<Mention>& mentions, const NameGroup& group) {
    UsedDays used;
    for (const auto at : group.mentions) {
        const auto& mention = mentions[at];
        if (!mention.dated) continue;
        const Day first{static_cast<std::int32_t>(mention.first)},
            last{static_cast<std::int32_t>(mention.last)};
        if (!used.first || first < *used.first) used.first = first;
        if (!used.last || *used.last < last) used.last = last;
    }
    return used;
}

}  // namespace

std::string_view to_text(Verdict verdict) {
    return verdict == Verdict::positive ? "positive" : verdict == Verdict::negative ? "negative" : "unsure";
}
std::string_view to_text(Ground ground) {
    return ground == Ground::rule ? "rule" : "person";
}
std::string_view to_text(Kind kind) {
    return kind == Kind::organisation ? "organisation" : kind == Kind::person ? "person" : "place";
}

MentionGraph::MentionGraph(
    std::vector<Mention> mentions, std::span<const PersonJudgement> judgements, const RuleTables& tables
)
    : mentions_(std::move(mentions)) {
    for (std::uint32_t i = 0; i < mentions_.size(); ++i) {
        const bool fresh = by_key_.emplace(mentions_[i].key, i).second;
        check(fresh, "a mention is given once");
    }
    for (const auto& judgement : judgements) {
        mention_node(judgement.left);
        if (judgement.right) mention_node(*judgement.right);
    }
    make_groups(tables);
    tie_by_rules(tables);
    for (const auto& judgement : judgements)
        ties_.push_back(
            {mention_node(judgement.left),
             judgement.right ? mention_node(*judgement.right)
                             : hub_node(HubNode::Role::actor, judgement.left.nation, judgement.actor),
             judgement.verdict,
             judgement.ground,
             judgement.record}
        );
    clustering_ = cluster(mentions_.size() + hubs_.size(), ties_);
    nodes_of_.resize(clustering_.cluster_of.size());
    for (std::uint32_t node = 0; node < clustering_.cluster_of.size(); ++node)
        nodes_of_[clustering_.cluster_of[node]].push_back(node);
}

std::uint32_t MentionGraph::mention_node(const MentionKey& key) {
    const auto [at, fresh] = by_key_.emplace(key, static_cast<std::uint32_t>(mentions_.size()));
    if (fresh) mentions_.push_back({key});
    return at->second;
}

std::uint32_t MentionGraph::hub_node(HubNode::Role role, const std::string& nation, const std::string& name) {
    const auto next = static_cast<std::uint32_t>(mentions_.size() + hubs_.size());
    const auto [at, fresh] = hub_ids_.emplace(
        std::tuple(static_cast<int>(role), role == HubNode::Role::actor ? std::string() : nation, name), next
    );
    if (fresh) hubs_.push_back({role, nation, name});
    return at->second;
}

void MentionGraph::make_groups(const RuleTables& tables) {
    std::unordered_map<std::string, std::uint32_t> known;
    group_of_.resize(mentions_.size());
    for (std::uint32_t i = 0; i < mentions_.size(); ++i) {
        const auto& key = mentions_[i].key;
        auto name = read_name(name_part(key), key.nation, tables);
        const auto folded =
            tables.same_letters().empty() ? fmt::format("{}", i) : group_key(key, name.folded);
        const auto [at, fresh] = known.emplace(folded, static_cast<std::uint32_t>(groups_.size()));
        if (fresh) groups_.push_back({{}, std::move(name), {}});
        group_of_[i] = at->second;
        groups_[at->second].mentions.push_back(i);
    }
}

void MentionGraph::tie_by_rules(const RuleTables& tables) {
    for (std::uint32_t at = 0; at < groups_.size(); ++at) {
        auto& group = groups_[at];
        const auto& key = mentions_[group.mentions.front()].key;
        auto node = group.mentions.front();
        if (group.mentions.size() > 1) {
            node = hub_node(
                HubNode::Role::letters,
                fmt::format("{} {}", to_text(key.kind), key.nation),
                group.name.folded.exact
            );
            for (const auto mention : group.mentions)
                ties_.push_back({mention, node, Verdict::positive, Ground::rule, tables.same_letters()});
        }
        if (key.kind != Kind::organisation) continue;
        group.finding = read_organisation(group.name.folded, key.nation, used_days(mentions_, group), tables);
        if (group.finding.named == Named::whole)
            ties_.push_back(
                {node,
                 hub_node(HubNode::Role::organisation, key.nation, group.finding.rule->organisation),
                 Verdict::positive,
                 Ground::rule,
                 group.finding.rule->handle()}
            );
    }
}

std::optional<std::uint32_t> MentionGraph::find(const MentionKey& key) const {
    const auto found = by_key_.find(key);
    return found == by_key_.end() ? std::nullopt : std::optional(found->second);
}

const HubNode* MentionGraph::hub(std::uint32_t node) const {
    return node < mentions_.size() ? nullptr : &hubs_[node - mentions_.size()];
}

std::vector<std::uint32_t> MentionGraph::members(std::uint32_t cluster) const {
    std::vector<std::uint32_t> out;
    for (const auto node : nodes_of_[cluster])
        if (!hub(node)) out.push_back(node);
    std::sort(out.begin(), out.end(), [&](std::uint32_t a, std::uint32_t b) {
        const auto &x = mentions_[a], &y = mentions_[b];
        return x.records != y.records ? x.records > y.records : x.key < y.key;
    });
    return out;
}

const HubNode* MentionGraph::named_by(std::uint32_t cluster) const {
    const HubNode* found = nullptr;
    for (const auto node : nodes_of_[cluster]) {
        const auto* hub = this->hub(node);
        if (!hub || hub->role == HubNode::Role::letters) continue;
        if (!found || hub->role == HubNode::Role::actor) found = hub;
    }
    return found;
}

std::string MentionGraph::node_words(std::uint32_t node) const {
    const auto* hub = this->hub(node);
    if (!hub) return mentions_[node].key.text;
    switch (hub->role) {
        case HubNode::Role::letters:
            return fmt::format("the letters '{}'", hub->name);
        case HubNode::Role::organisation:
            return fmt::format("{} of {}", hub->name, hub->nation);
        case HubNode::Role::actor:
            return hub->name;
    }
    return {};
}

}  // namespace entente::identity
