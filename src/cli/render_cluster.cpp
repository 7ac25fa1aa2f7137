#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "cli/render_review.h"
#include "service/brief_words.h"

namespace entente::cli {
namespace {

using identity::HubNode;
using identity::Tie;

// A node in words; actors by their names.
std::string words_of(const service::IdentityPicture& picture, std::uint32_t node) {
    const auto* hub = picture.graph.hub(node);
    if (!hub || hub->role != HubNode::Role::actor) return picture.graph.node_words(node);
    const auto found = picture.actor_names.find(hub->name);
    return found == picture.actor_names.end() ? hub->name : found->second;
}

std::string named_words(const service::IdentityPicture& picture, const HubNode& hub) {
    return hub.role == HubNode::Role::actor ? picture.actor_names.at(hub.name)
                                            : fmt::format("{} of {}", hub.name, hub.nation);
}

// Why a member is here, and what does not count: every tie at it.
std::vector<std::string> grounds_of(const service::IdentityPicture& picture, std::uint32_t mention) {
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
        const auto other = words_of(picture, left ? tie.right : tie.left);
        const bool set_aside = tie.verdict == identity::Verdict::positive && !graph.clustering().joins[i];
        const auto who =
            tie.ground == identity::Ground::rule
                ? tie.why
                : fmt::format("{} {} by a person", tie.why.substr(0, 8), identity::to_text(tie.verdict));
        out.push_back(fmt::format("{}: {}{}", who, harmless(other), set_aside ? " (set aside)" : ""));
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

// Conflicts at a member of the cluster.
std::vector<std::string> conflicts_of(
    const service::IdentityPicture& picture, const std::vector<std::uint32_t>& members
) {
    std::vector<std::string> out;
    for (const auto& conflict : picture.graph.clustering().conflicts) {
        const bool here = std::any_of(members.begin(), members.end(), [&](std::uint32_t member) {
            return member == conflict.left || member == conflict.right;
        });
        if (here)
            out.push_back(fmt::format(
                "'{}' is judged not to be '{}'; {} positive judgement{} between them {}",
                harmless(words_of(picture, conflict.left)),
                harmless(words_of(picture, conflict.right)),
                conflict.set_aside.size(),
                conflict.set_aside.size() == 1 ? "" : "s",
                conflict.overruled ? "by rules give way to a person's word"
                                   : "set aside: a person has to decide"
            ));
    }
    return out;
}

std::string finding_words(const service::IdentityPicture& picture, std::uint32_t mention) {
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

}  // namespace

std::string render_cluster(
    const service::IdentityPicture& picture, std::uint32_t mention, const Style& style
) {
    const auto& graph = picture.graph;
    const auto members = graph.members(graph.cluster_of(mention));
    const auto& first = graph.mentions()[members.front()];
    std::string out = fmt::format(
        "{}{}\n",
        style.tone(Tone::bold, isolated(harmless(first.key.text), style)),
        first.key.nation.empty() ? "" : "  " + first.key.nation
    );
    std::uint64_t records = 0;
    double people = 0;
    for (const auto member : members)
        records += graph.mentions()[member].records, people += graph.mentions()[member].people;
    out += fmt::format(
        "{} mention{}, {} record{}, {} people\n",
        members.size(),
        members.size() == 1 ? "" : "s",
        service::with_commas(static_cast<std::int64_t>(records)),
        records == 1 ? "" : "s",
        service::with_commas(std::llround(people))
    );
    if (const auto* hub = graph.named_by(graph.cluster_of(mention)))
        out += fmt::format("Names    {}\n", named_words(picture, *hub));
    if (const auto words = finding_words(picture, mention); !words.empty())
        out += fmt::format("Rule     {}\n", words);
    const auto& doubts = graph.groups()[graph.group_of(mention)].name.folded.doubts;
    for (const auto doubt : doubts) out += fmt::format("Doubt    {}\n", identity::to_words(doubt));
    for (const auto& conflict : conflicts_of(picture, members))
        out += labelled("Conflict ", isolated(conflict, style), 9, style);
    out += '\n';
    std::vector<Row> rows;
    for (const auto member : members) {
        const auto& m = graph.mentions()[member];
        rows.push_back(
            {{isolated(harmless(m.key.text), style),
              service::with_commas(static_cast<std::int64_t>(m.records)),
              service::with_commas(std::llround(m.people)),
              fmt::format("{}", fmt::join(grounds_of(picture, member), "; "))},
             Tone::plain,
             member == mention}
        );
    }
    out += lay_out(
               {{"mention", Align::left, 0, 20},
                {"records", Align::right},
                {"people", Align::right},
                {"grounds", Align::left, 0, 20}},
               rows,
               false,
               style
    )
               .text;
    return out;
}

json::object cluster_json(const service::IdentityPicture& picture, std::uint32_t mention) {
    const auto& graph = picture.graph;
    const auto members = graph.members(graph.cluster_of(mention));
    json::array out, conflicts;
    for (const auto member : members) {
        const auto& m = graph.mentions()[member];
        json::array grounds;
        for (const auto& ground : grounds_of(picture, member)) grounds.push_back(json::string(ground));
        out.push_back(json::object{
            {"text", m.key.text},
            {"records", m.records},
            {"people", m.people},
            {"cost", m.cost},
            {"grounds", std::move(grounds)}});
    }
    for (const auto& conflict : conflicts_of(picture, members)) conflicts.push_back(json::string(conflict));
    json::object object{
        {"name", graph.mentions()[members.front()].key.text},
        {"nation", graph.mentions()[members.front()].key.nation},
        {"kind", json::string(identity::to_text(graph.mentions()[members.front()].key.kind))}};
    if (const auto* hub = graph.named_by(graph.cluster_of(mention)))
        object["names"] = named_words(picture, *hub);
    if (const auto words = finding_words(picture, mention); !words.empty()) object["rule"] = words;
    object["members"] = std::move(out), object["conflicts"] = std::move(conflicts);
    return object;
}

std::string render_summary(const service::IdentitySummary& summary, const Style& style) {
    using service::with_commas;
    const auto number = [](std::size_t n) { return with_commas(static_cast<std::int64_t>(n)); };
    std::string out = fmt::format(
        "Mentions  {}, of {} letters, in {} clusters\nOpen      {} clusters",
        number(summary.mentions),
        number(summary.names),
        number(summary.clusters),
        number(summary.items)
    );
    for (const auto& [open, count] : summary.open)
        out += fmt::format("; {}: {}", identity::to_words(open), number(count));
    out += fmt::format("\nConflicts {}\n\n", number(summary.conflicts));
    std::vector<Row> rows;
    for (const auto& tally : summary.organisations) {
        const auto count = [&](identity::Named named) {
            const auto found = tally.by_finding.find(named);
            return found == tally.by_finding.end() ? std::string() : number(found->second);
        };
        using identity::Named;
        rows.push_back(
            {{tally.organisation,
              number(tally.spellings),
              count(Named::whole),
              number(tally.clusters),
              number(tally.nations),
              count(Named::within),
              count(Named::several),
              count(Named::unclear),
              count(Named::out_of_time),
              count(Named::another)},
             Tone::plain,
             false}
        );
    }
    return out + lay_out(
                     {{"organisation"},
                      {"spellings", Align::right},
                      {"joined", Align::right},
                      {"clusters", Align::right},
                      {"nations", Align::right},
                      {"within", Align::right},
                      {"several", Align::right},
                      {"unclear", Align::right},
                      {"out of time", Align::right},
                      {"another", Align::right}},
                     rows,
                     false,
                     style
                 )
                     .text;
}

json::object summary_json(const service::IdentitySummary& summary) {
    json::object open;
    for (const auto& [why, count] : summary.open) open[json::string(identity::to_words(why))] = count;
    json::array organisations;
    for (const auto& tally : summary.organisations) {
        json::object findings;
        for (const auto& [named, count] : tally.by_finding)
            findings[json::string(identity::to_words(named))] = count;
        organisations.push_back(json::object{
            {"organisation", tally.organisation},
            {"spellings", tally.spellings},
            {"clusters", tally.clusters},
            {"nations", tally.nations},
            {"findings", std::move(findings)}});
    }
    return {
        {"mentions", summary.mentions},
        {"names", summary.names},
        {"clusters", summary.clusters},
        {"open_clusters", summary.items},
        {"conflicts", summary.conflicts},
        {"open", std::move(open)},
        {"organisations", std::move(organisations)}};
}

}  // namespace entente::cli
