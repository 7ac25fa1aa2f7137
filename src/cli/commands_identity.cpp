#include <algorithm>

#include <fmt/format.h>

#include "base/check.h"
#include "base/csv.h"
#include "cli/commands.h"
#include "cli/render_review.h"
#include "service/judge_mention.h"
#include "service/review_mentions.h"

namespace entente::cli {
namespace {

// Codes are typed in any case.
std::string as_code(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    return text;
}

Result<std::string> nation_of(const Session& session, ledger::RecordView& view, const std::string& typed) {
    if (typed.empty()) return std::string();
    ENTENTE_ASSIGN_OR_RETURN(const auto id, service::make_resolver(view, session.schema)({"actor"}, typed));
    ENTENTE_ASSIGN_OR_RETURN(const auto actor, view.current(id));
    const auto code = actor ? text_at(actor->content, "code") : std::string();
    return code.empty() ? as_code(typed) : code;
}

// The mention that a person typed: letter for letter, else the one with the same letters.
std::optional<std::uint32_t> find_mention(
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

Result<Exit> no_such_mention(const identity::MentionGraph& graph, const identity::MentionKey& key) {
    std::vector<std::pair<double, std::string>> near;
    const auto folded = identity::fold_name(key.text);
    for (const auto& group : graph.groups()) {
        const auto& mention = graph.mentions()[group.mentions.front()].key;
        if (mention.kind == key.kind && mention.nation == key.nation)
            near.emplace_back(
                -identity::jaro_winkler(group.name.folded.compare, folded.compare), harmless(mention.text)
            );
    }
    std::sort(near.begin(), near.end());
    std::vector<std::string> names;
    for (std::size_t i = 0; i < near.size() && i < 3; ++i) names.push_back("'" + near[i].second + "'");
    return fail(
        ErrorCode::not_found,
        "text",
        fmt::format(
            "found no record that mentions '{}'{}{}",
            harmless(key.text),
            key.nation.empty() ? std::string() : " of " + key.nation,
            names.empty() ? std::string() : fmt::format(". Nearest: {}", fmt::join(names, ", "))
        ),
        key.nation.empty() ? "name the nation: --nation COL" : ""
    );
}

}  // namespace

Result<Exit> run_review(const Session& session, const ReviewOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto tables, service::load_rules(options.rules));
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::read));
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node->view(options.as_of));
    identity::ReviewRequest request;
    ENTENTE_ASSIGN_OR_RETURN(request.nation, nation_of(session, *view, options.nation));
    if (!options.kind.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(request.kind, service::parse_mention_kind(options.kind));
    }
    if (!(options.least_score >= 0 && options.least_score <= 1))
        return fail(
            ErrorCode::invalid_argument, "least-score", "found a number outside 0 to 1, expected one inside"
        );
    request.least_score = options.least_score;
    ENTENTE_ASSIGN_OR_RETURN(const auto picture, service::load_identity(*view, request.nation, tables));
    const auto items = identity::find_open(picture.graph, request);
    if (options.summary) {
        const auto summary = service::summarise(picture.graph, items, request);
        print(
            options.json ? pretty_json(summary_json(summary)) + "\n" : render_summary(summary, session.style)
        );
        return Exit::done;
    }
    const bool data = options.json || options.csv;
    const std::size_t page = options.limit.value_or(data || options.all ? SIZE_MAX : 10);
    const std::size_t from = std::min(items.size(), page == SIZE_MAX ? 0 : (options.page - 1) * page);
    const std::span shown(
        items.begin() + static_cast<std::ptrdiff_t>(from), std::min(page, items.size() - from)
    );
    if (options.json)
        print(pretty_json(review_json(picture, shown, items.size())) + "\n");
    else if (options.csv)
        print(review_csv(picture, shown));
    else
        print(render_review(picture, shown, from, items.size(), options.page, session.style));
    if (!shown.empty()) return Exit::done;
    say(items.empty() ? "Nothing waits for a judgement here.\n" : "No such page.\n");
    return Exit::nothing_found;
}

Result<Exit> run_cluster(const Session& session, const ClusterOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto tables, service::load_rules(options.rules));
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::read));
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node->view(options.as_of));
    identity::MentionKey key{identity::Kind::organisation, {}, options.text};
    ENTENTE_ASSIGN_OR_RETURN(key.kind, service::parse_mention_kind(options.kind));
    ENTENTE_ASSIGN_OR_RETURN(key.nation, nation_of(session, *view, options.nation));
    ENTENTE_ASSIGN_OR_RETURN(const auto picture, service::load_identity(*view, key.nation, tables));
    const auto mention = find_mention(picture.graph, key);
    if (!mention) return no_such_mention(picture.graph, key);
    if (options.json)
        print(pretty_json(cluster_json(picture, *mention)) + "\n");
    else
        print(render_cluster(picture, *mention, session.style));
    return Exit::done;
}

Result<Exit> run_judge(const Session& session, const JudgeOptions& options) {
    service::JudgeRequest request{
        options.left, options.right, options.verdict, {}, options.kind, options.note, options.actor, {}};
    request.options.preview = options.preview;
    request.options.idempotency_key = options.idempotency_key;
    request.options.releasable_to = options.releasable_to;
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::write));
    {
        ENTENTE_ASSIGN_OR_RETURN(const auto view, node->view());
        ENTENTE_ASSIGN_OR_RETURN(request.nation, nation_of(session, *view, options.nation));
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto written, service::judge(*node, request));
    say(options.preview ? "Preview: nothing was kept.\n"
                        : fmt::format(
                              "{} as {}, entry {}. To undo: entente retract {} --reason correction\n",
                              written.repeated ? "On record already" : "Recorded",
                              written.revision.rec.substr(0, 8),
                              written.revision.index,
                              written.revision.rec.substr(0, 8)
                          ));
    if (!written.not_signed.empty()) say(fmt::format("It could not be signed: {}\n", written.not_signed));
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node->view());
    ENTENTE_ASSIGN_OR_RETURN(
        const auto picture, service::load_identity(*view, request.nation, identity::RuleTables::builtin())
    );
    ENTENTE_ASSIGN_OR_RETURN(const auto left, service::left_mention(request));
    auto right = left;
    right.text = options.right;
    for (const auto& key : {left, right}) {
        const auto mention = picture.graph.find(key);
        if ((options.actor && key == right) || (mention && picture.graph.mentions()[*mention].records > 0))
            continue;
        say(fmt::format("No record mentions '{}' letter for letter.\n", harmless(key.text)));
    }
    if (const auto mention = picture.graph.find(left))
        print(
            options.json ? pretty_json(cluster_json(picture, *mention)) + "\n"
                         : render_cluster(picture, *mention, session.style)
        );
    return written.not_signed.empty() ? Exit::done : Exit::refused;
}

}  // namespace entente::cli
