#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "identity/clusters.h"
#include "identity/judgement.h"
#include "identity/organisations.h"
#include "identity/score.h"

namespace entente::identity {

/// What a person judged: two mentions, or a mention and an actor of the record.
struct PersonJudgement {
    MentionKey left;
    std::optional<MentionKey> right;
    std::string actor;  ///< id, when there is no `right`
    Verdict verdict = Verdict::positive;
    Ground ground = Ground::person;
    std::string record;  ///< id of the judgement
};

/// A node that is no mention.
struct HubNode {
    enum class Role : std::uint8_t { letters, organisation, actor };
    Role role = Role::letters;
    std::string nation;
    std::string name;  ///< the folded text, the organisation, or the actor's id
};

/// Names that have the same letters, and what the table of organisations says of them.
struct NameGroup {
    std::vector<std::uint32_t> mentions;
    ReadName name;
    OrganisationFinding finding;
};

/// All mentions, the judgements of rules and persons between them, and the clusters that follow.
class MentionGraph {
public:
    /// Mentions that only a judgement names are added with no records behind them.
    MentionGraph(
        std::vector<Mention> mentions, std::span<const PersonJudgement> judgements, const RuleTables& tables
    );

    const std::vector<Mention>& mentions() const { return mentions_; }
    const std::vector<Tie>& ties() const { return ties_; }
    const Clustering& clustering() const { return clustering_; }
    const std::vector<NameGroup>& groups() const { return groups_; }
    std::uint32_t group_of(std::uint32_t mention) const { return group_of_[mention]; }
    std::uint32_t cluster_of(std::uint32_t node) const { return clustering_.cluster_of[node]; }
    std::optional<std::uint32_t> find(const MentionKey& key) const;
    /// Null for a mention.
    const HubNode* hub(std::uint32_t node) const;
    /// Mentions of a cluster, those with most records first, then by text; the first one names the cluster.
    std::vector<std::uint32_t> members(std::uint32_t cluster) const;
    /// The organisation that a rule, or the actor that a person, found in a cluster; null when there is none.
    const HubNode* named_by(std::uint32_t cluster) const;
    /// A node in words: the text of a mention, `Ministry of Defence of IRQ`.
    std::string node_words(std::uint32_t node) const;

private:
    std::uint32_t mention_node(const MentionKey& key);
    std::uint32_t hub_node(HubNode::Role role, const std::string& nation, const std::string& name);
    void make_groups(const RuleTables& tables);
    void tie_by_rules(const RuleTables& tables);

    std::vector<Mention> mentions_;
    std::map<MentionKey, std::uint32_t> by_key_;
    std::vector<NameGroup> groups_;
    std::vector<std::uint32_t> group_of_;
    std::vector<HubNode> hubs_;
    std::map<std::tuple<int, std::string, std::string>, std::uint32_t> hub_ids_;
    std::vector<Tie> ties_;
    Clustering clustering_;
    std::vector<std::vector<std::uint32_t>> nodes_of_;  ///< nodes of each cluster, by its smallest node
};

}  // namespace entente::identity
