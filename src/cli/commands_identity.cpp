#include <algorithm>

#include <fmt/format.h>

#include "base/check.h"
#include "cli/commands.h"
#include "cli/render_review.h"
#include "service/find_mention.h"
#include "service/judge_mention.h"
#include "service/names_json.h"
#include "service/review_mentions.h"

namespace entente::cli {
Result<Exit> run_review(const Session& session, const ReviewOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto tables, service::load_rules(options.rules));
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::read));
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node->view(options.as_of));
    identity::ReviewRequest request;
    ENTENTE_ASSIGN_OR_RETURN(request.nation, service::nation_code(*view, session.schema, options.nation));
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
            options.json ? pretty_json(service::summary_json(summary)) + "\n"
                         : render_summary(summary, session.style)
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
        print(pretty_json(service::review_json(picture, shown, items.size())) + "\n");
    else if (options.csv)
        print(service::review_csv(picture, shown));
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
    ENTENTE_ASSIGN_OR_RETURN(key.nation, service::nation_code(*view, session.schema, options.nation));
    ENTENTE_ASSIGN_OR_RETURN(const auto picture, service::load_identity(*view, key.nation, tables));
    auto found = service::find_mention(picture.graph, key);
    if (!found) {
        found.error().message = harmless(found.error().message);  // it names names of others
        return std::unexpected(std::move(found).error());
    }
    const auto mention = *found;
    if (options.json)
        print(pretty_json(service::cluster_json(picture, mention)) + "\n");
    else
        print(render_cluster(picture, mention, session.style));
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
        ENTENTE_ASSIGN_OR_RETURN(request.nation, service::nation_code(*view, session.schema, options.nation));
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
            options.json ? pretty_json(service::cluster_json(picture, *mention)) + "\n"
                         : render_cluster(picture, *mention, session.style)
        );
    return written.not_signed.empty() ? Exit::done : Exit::refused;
}

}  // namespace entente::cli
