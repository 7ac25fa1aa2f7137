#include "service/cluster_words.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace entente::service {
namespace {

using identity::HubNode;

}  // namespace

std::string node_words(const IdentityPicture& picture, std::uint32_t node) {
    const auto* hub = picture.graph.hub(node);
    if (!hub || hub->role != HubNode::Role::actor) return picture.graph.node_words(node);
    const auto found = picture.actor_names.find(hub->name);
    return found == picture.actor_names.end() ? hub->name : found->second;
}

std::string named_words(const IdentityPicture& picture, std::uint32_t cluster) {
    const auto* hub = picture.graph.named_by(cluster);
    if (!hub) return {};
    return hub->role == HubNode::Role::actor ? picture.actor_names.at(hub->name)
                                             : fmt::format("{} of {}", hub->name, hub->nation);
}

std::vector<std::string> grounds_of(const IdentityPicture& picture, std::uint32_t mention) {
    const auto& graph = picture.graph;
    // What a rule says of texts with the same letters stands at their common node.
    std::set<std::uint32_t> at{mention};
    for (std::size_t i = 0; i < graph.ties().size(); ++i) {
        const auto& tie = graph.ties()[i];
        if (tie.left == mention && tie.ground == identity::Ground::rule && graph.clustering().joins[i] &&
            graph.hub(tie.right) && graph.hub(tie.right)->role == HubNode::Role::letters)
            at.insert(tie.right);
    }
    std::vector<std::string> out;
    for (std::size_t i = 0; i < graph.ties().size(); ++i) {
        const auto& tie = graph.ties()[i];
        const bool left = at.contains(tie.left), right = at.contains(tie.right);
        if (left == right) {
            if (left && tie.left == mention) out.push_back(tie.why);
            continue;
        }
        if (!left && tie.right != mention) continue;  // another member of the same letters
        if (tie.left != mention && tie.right != mention && tie.ground != identity::Ground::rule) continue;
        const auto other = node_words(picture, left ? tie.right : tie.left);
        const bool set_aside = tie.verdict == identity::Verdict::positive && !graph.clustering().joins[i];
        const auto who =
            tie.ground == identity::Ground::rule
                ? tie.why
                : fmt::format("{} {} by a person", tie.why.substr(0, 8), identity::to_text(tie.verdict));
        out.push_back(fmt::format("{}: {}{}", who, other, set_aside ? " (set aside)" : ""));
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::vector<std::string> conflicts_of(
    const IdentityPicture& picture, const std::vector<std::uint32_t>& members
) {
    std::vector<std::string> out;
    for (const auto& conflict : picture.graph.clustering().conflicts) {
        const bool here = std::any_of(members.begin(), members.end(), [&](std::uint32_t member) {
            return member == conflict.left || member == conflict.right;
        });
        if (here)
            out.push_back(fmt::format(
                "'{}' is judged not to be '{}'; {} positive judgement{} between them {}",
                node_words(picture, conflict.left),
                node_words(picture, conflict.right),
                conflict.set_aside.size(),
                conflict.set_aside.size() == 1 ? "" : "s",
                conflict.overruled ? "by rules give way to a person's word"
                                   : "set aside: a person has to decide"
            ));
    }
    return out;
}

std::string finding_words(const IdentityPicture& picture, std::uint32_t mention) {
    const auto& finding = picture.graph.groups()[picture.graph.group_of(mention)].finding;
    if (!finding.rule || finding.named == identity::Named::whole) return {};
    return fmt::format(
        "{} {}, by {}{}",
        identity::to_words(finding.named),
        finding.rule->organisation,
        finding.rule->handle(),
        finding.rest.empty() ? "" : fmt::format("; besides it says: {}", finding.rest)
    );
}

std::vector<JudgedHere> judged_here(
    const IdentityPicture& picture, const std::vector<std::uint32_t>& members
) {
    const auto& graph = picture.graph;
    const std::set<std::uint32_t> here(members.begin(), members.end());
    std::vector<JudgedHere> out;
    for (std::size_t i = 0; i < graph.ties().size(); ++i) {
        const auto& tie = graph.ties()[i];
        if (tie.ground != identity::Ground::person || !(here.contains(tie.left) || here.contains(tie.right)))
            continue;
        out.push_back(
            {tie.why,
             node_words(picture, tie.left),
             node_words(picture, tie.right),
             tie.verdict,
             graph.clustering().joins[i]}
        );
    }
    std::ranges::sort(out, {}, &JudgedHere::record);
    return out;
}

}  // namespace entente::service
