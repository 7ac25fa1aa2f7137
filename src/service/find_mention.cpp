#include "service/find_mention.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "service/node.h"

namespace entente::service {
namespace {

// Codes are typed in any case.
std::string as_code(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    return text;
}

std::optional<std::uint32_t> find_exactly(
    const identity::MentionGraph& graph, const identity::MentionKey& key
) {
    if (const auto exact = graph.find(key)) return exact;
    const auto folded = identity::fold_name(key.text);
    for (const auto& group : graph.groups()) {
        const auto& mention = graph.mentions()[group.mentions.front()].key;
        if (mention.kind == key.kind && mention.nation == key.nation &&
            group.name.folded.exact == folded.exact && group.name.folded.doubts == folded.doubts)
            return group.mentions.front();
    }
    return std::nullopt;
}

Error no_such_mention(const identity::MentionGraph& graph, const identity::MentionKey& key) {
    std::vector<std::pair<double, std::string>> near;
    const auto folded = identity::fold_name(key.text);
    for (const auto& group : graph.groups()) {
        const auto& mention = graph.mentions()[group.mentions.front()].key;
        if (mention.kind == key.kind && mention.nation == key.nation)
            near.emplace_back(
                -identity::jaro_winkler(group.name.folded.compare, folded.compare), mention.text
            );
    }
    std::sort(near.begin(), near.end());
    std::vector<std::string> names;
    for (std::size_t i = 0; i < near.size() && i < 3; ++i) names.push_back("'" + near[i].second + "'");
    return {
        ErrorCode::not_found,
        "text",
        fmt::format(
            "found no record that mentions '{}'{}{}",
            key.text,
            key.nation.empty() ? std::string() : " of " + key.nation,
            names.empty() ? std::string() : fmt::format(". Nearest: {}", fmt::join(names, ", "))
        ),
        key.nation.empty() ? "name the nation, such as COL" : ""};
}

}  // namespace

Result<std::string> nation_code(
    ledger::RecordView& view, const domain::Schema& schema, const std::string& typed
) {
    if (typed.empty()) return std::string();
    auto id = make_resolver(view, schema)({"actor"}, typed);
    if (!id) {
        id.error().field = "nation";
        return std::unexpected(std::move(id).error());
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto actor, view.current(*id));
    const auto code = actor ? text_at(actor->content, "code") : std::string();
    return code.empty() ? as_code(typed) : code;
}

Result<std::uint32_t> find_mention(const identity::MentionGraph& graph, const identity::MentionKey& key) {
    if (const auto found = find_exactly(graph, key)) return *found;
    return std::unexpected(no_such_mention(graph, key));
}

}  // namespace entente::service
