#include "service/names_json.h"

#include <fmt/format.h>

#include "base/csv.h"
#include "service/cluster_words.h"

namespace entente::service {
namespace {

using identity::ReviewItem;

json::array parts_json(const identity::Score& score) {
    json::array out;
    for (const auto& part : score.parts)
        out.push_back(json::object{{"part", part.name}, {"value", part.value}, {"words", part.words}});
    return out;
}

json::object mention_json(const identity::Mention& mention) {
    return {
        {"text", mention.key.text},
        {"nation", mention.key.nation},
        {"kind", json::string(identity::to_text(mention.key.kind))},
        {"records", mention.records},
        {"people", mention.people},
        {"cost", mention.cost}};
}

}  // namespace

std::string part_words(const identity::Score& score) {
    std::string out;
    for (const auto& part : score.parts)
        out += fmt::format("{}{} {:.2f} ({})", out.empty() ? "" : "; ", part.name, part.value, part.words);
    return out;
}

std::string reasons_of(const ReviewItem& item) {
    std::string out;
    for (const auto open : item.open) {
        if (open == identity::Open::candidate) continue;
        out += fmt::format("{}{}", out.empty() ? "" : ", ", identity::to_words(open));
    }
    for (const auto& reason : item.reasons) out += fmt::format("{}{}", out.empty() ? "" : ": ", reason);
    return out;
}

json::object review_json(
    const IdentityPicture& picture, std::span<const ReviewItem> items, std::size_t total
) {
    json::array out;
    for (const auto& item : items) {
        auto object = mention_json(picture.graph.mentions()[item.mention]);
        object["records"] = item.records, object["people"] = item.people, object["cost"] = item.cost;
        object["matters"] = item.matters;
        object["members"] = picture.graph.members(item.cluster).size();
        json::array open, reasons, candidates;
        for (const auto why : item.open) open.push_back(json::string(identity::to_words(why)));
        for (const auto& reason : item.reasons) reasons.push_back(json::string(reason));
        for (const auto& candidate : item.candidates)
            candidates.push_back(json::object{
                {"text", picture.graph.mentions()[candidate.mention].key.text},
                {"cluster",
                 picture.graph.mentions()[picture.graph.members(candidate.cluster).front()].key.text},
                {"members", picture.graph.members(candidate.cluster).size()},
                {"records", picture.graph.mentions()[candidate.mention].records},
                {"score", candidate.score.total},
                {"parts", parts_json(candidate.score)}});
        object["open"] = std::move(open), object["reasons"] = std::move(reasons);
        object["candidates"] = std::move(candidates);
        out.push_back(std::move(object));
    }
    return {{"total", total}, {"items", std::move(out)}};
}

std::string review_csv(const IdentityPicture& picture, std::span<const ReviewItem> items) {
    std::string out = csv_line(
        {"kind",
         "nation",
         "mention",
         "records",
         "people",
         "cost",
         "matters",
         "open",
         "candidate",
         "score",
         "why"}
    );
    for (const auto& item : items) {
        const auto& key = picture.graph.mentions()[item.mention].key;
        const auto line = [&](const std::string& candidate, const std::string& score, const std::string& why
                          ) {
            out += csv_line(
                {std::string(identity::to_text(key.kind)),
                 key.nation,
                 key.text,
                 fmt::format("{}", item.records),
                 fmt::format("{:.0f}", item.people),
                 fmt::format("{:.2f}", item.cost),
                 fmt::format("{:.9f}", item.matters),
                 reasons_of(item),
                 candidate,
                 score,
                 why}
            );
        };
        if (item.candidates.empty()) line("", "", "");
        for (const auto& candidate : item.candidates)
            line(
                picture.graph.mentions()[candidate.mention].key.text,
                fmt::format("{:.4f}", candidate.score.total),
                part_words(candidate.score)
            );
    }
    return out;
}

json::object cluster_json(const IdentityPicture& picture, std::uint32_t mention) {
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
    if (const auto words = named_words(picture, graph.cluster_of(mention)); !words.empty())
        object["names"] = words;
    if (const auto words = finding_words(picture, mention); !words.empty()) object["rule"] = words;
    json::array judged;
    for (const auto& one : judged_here(picture, members))
        judged.push_back(json::object{
            {"record", one.record},
            {"left", one.left},
            {"right", one.right},
            {"verdict", json::string(identity::to_text(one.verdict))},
            {"joins", one.joins}});
    object["members"] = std::move(out), object["conflicts"] = std::move(conflicts);
    object["judged"] = std::move(judged);
    return object;
}

json::object summary_json(const IdentitySummary& summary) {
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

}  // namespace entente::service
