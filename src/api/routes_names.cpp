// Names that sources print: which may be names of one thing, which are taken for one, and what a person says of it.
#include <algorithm>
#include <charconv>
#include <span>

#include <fmt/format.h>

#include "api/body.h"
#include "api/call.h"
#include "api/common_parameters.h"
#include "api/write_body.h"
#include "service/find_mention.h"
#include "service/judge_mention.h"
#include "service/names_json.h"

namespace entente::api {
namespace {

constexpr std::uint64_t kPageItems = 10, kMostItems = 500;
constexpr double kLeastScore = 0.8;

Result<std::shared_ptr<KeptNames::Names>> names_of(Call& call, const std::string& nation) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    ENTENTE_ASSIGN_OR_RETURN(const auto state, call.state_key());
    return call.work().names().of(*view, state, nation);
}

Result<double> least_score(const Call& call) {
    const auto typed = call.text("least_score");
    if (typed.empty()) return kLeastScore;
    double out = -1;
    const auto* end = typed.data() + typed.size();
    const auto [at, error] = std::from_chars(typed.data(), end, out);
    if (error == std::errc{} && at == end && out >= 0 && out <= 1) return out;
    return fail(
        ErrorCode::invalid_argument,
        "least_score",
        fmt::format("found '{}', expected a number from 0 to 1", typed)
    );
}

Result<identity::ReviewRequest> review_request(Call& call) {
    identity::ReviewRequest out;
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    ENTENTE_ASSIGN_OR_RETURN(out.nation, service::nation_code(*view, call.schema(), call.text("nation")));
    if (const auto kind = call.text("kind"); !kind.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(out.kind, service::parse_mention_kind(kind));
    }
    ENTENTE_ASSIGN_OR_RETURN(out.least_score, least_score(call));
    return out;
}

/// Which items a page shows.
Result<std::span<const identity::ReviewItem>> page_of(
    const Call& call, const std::vector<identity::ReviewItem>& items
) {
    const auto form = call.text("format");
    const bool file = !form.empty() && form != "json";
    ENTENTE_ASSIGN_OR_RETURN(const auto limit, call.whole("limit"));
    ENTENTE_ASSIGN_OR_RETURN(const auto page, call.whole("page"));
    if (limit && (*limit == 0 || (!file && *limit > kMostItems)))
        return fail(
            ErrorCode::invalid_argument,
            "limit",
            fmt::format("found {}, expected 1 to {}", *limit, kMostItems)
        );
    if (page && *page == 0)
        return fail(ErrorCode::invalid_argument, "page", "found 0, expected a page from 1 on");
    const std::uint64_t rows = limit.value_or(file ? items.size() : kPageItems);
    const std::uint64_t skipped = rows == 0 ? 0 : page.value_or(1) - 1;
    const std::uint64_t from = rows != 0 && skipped > items.size() / rows
                                   ? items.size()
                                   : std::min<std::uint64_t>(items.size(), skipped * rows);
    return std::span(items).subspan(from, std::min<std::uint64_t>(rows, items.size() - from));
}

Result<Reply> review(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto request, review_request(call));
    ENTENTE_ASSIGN_OR_RETURN(const auto names, names_of(call, request.nation));
    const auto open = names->open(request);
    ENTENTE_ASSIGN_OR_RETURN(const auto shown, page_of(call, *open));
    if (call.text("format") == "csv")
        return bytes_reply(
            "text/csv; charset=utf-8", service::review_csv(names->picture, shown), "names.csv"
        );
    auto out = service::review_json(names->picture, shown, open->size());
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    out["as_of"] = call.size_json(*view);
    ENTENTE_ASSIGN_OR_RETURN(out["known_at"], call.known_at());
    return json_reply(std::move(out));
}

Result<Reply> summary(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto request, review_request(call));
    ENTENTE_ASSIGN_OR_RETURN(const auto names, names_of(call, request.nation));
    auto out =
        service::summary_json(service::summarise(names->picture.graph, *names->open(request), request));
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    out["as_of"] = call.size_json(*view);
    return json_reply(std::move(out));
}

Result<Reply> show_cluster(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    const auto kind = call.text("kind");
    identity::MentionKey key{identity::Kind::organisation, {}, call.text("text")};
    ENTENTE_ASSIGN_OR_RETURN(key.kind, service::parse_mention_kind(kind.empty() ? "unit" : kind));
    ENTENTE_ASSIGN_OR_RETURN(key.nation, service::nation_code(*view, call.schema(), call.text("nation")));
    ENTENTE_ASSIGN_OR_RETURN(const auto names, names_of(call, key.nation));
    ENTENTE_ASSIGN_OR_RETURN(const auto mention, service::find_mention(names->picture.graph, key));
    auto out = service::cluster_json(names->picture, mention);
    out["as_of"] = call.size_json(*view);
    return json_reply(std::move(out));
}

Result<service::JudgeRequest> judge_request(const Call& call, const json::object& body) {
    ENTENTE_RETURN_IF_ERROR(check_members(
        body, {"left", "right", "actor", "verdict", "nation", "kind", "note", "releasable_to", "preview"}
    ));
    service::JudgeRequest out;
    ENTENTE_ASSIGN_OR_RETURN(out.left, needed_text(body, "left"));
    ENTENTE_ASSIGN_OR_RETURN(out.verdict, needed_text(body, "verdict"));
    ENTENTE_ASSIGN_OR_RETURN(const auto right, text_of(body, "right"));
    ENTENTE_ASSIGN_OR_RETURN(const auto actor, text_of(body, "actor"));
    if (right.has_value() == actor.has_value())
        return fail(
            ErrorCode::invalid_argument,
            "right",
            right ? "found it beside 'actor', expected one of them"
                  : "found nothing, expected another name, or an actor in 'actor'"
        );
    out.actor = actor.has_value(), out.right = out.actor ? *actor : *right;
    ENTENTE_ASSIGN_OR_RETURN(const auto kind, text_of(body, "kind"));
    out.kind = kind.value_or("unit");
    ENTENTE_RETURN_IF_ERROR(service::parse_mention_kind(out.kind));
    ENTENTE_ASSIGN_OR_RETURN(const auto note, text_of(body, "note"));
    out.note = note.value_or("");
    ENTENTE_ASSIGN_OR_RETURN(out.options, options_of(call, body));
    return out;
}

/// What became of the judgement, and the cluster of its left name as it stands now.
Result<json::object> judged_json(
    service::Node& node, const service::JudgeRequest& request, const service::Written& written
) {
    json::object out{{"preview", request.options.preview}, {"repeated", written.repeated}};
    if (!request.options.preview) {
        out["id"] = written.revision.rec, out["entry"] = written.revision.index;
        if (!written.not_signed.empty()) out["not_signed"] = written.not_signed;
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node.view());
    ENTENTE_ASSIGN_OR_RETURN(
        const auto picture, service::load_identity(*view, request.nation, identity::RuleTables::builtin())
    );
    ENTENTE_ASSIGN_OR_RETURN(const auto left, service::left_mention(request));
    json::array unheard;
    for (const auto& text : {request.left, request.right}) {
        if (request.actor && text == request.right) continue;
        const auto mention = picture.graph.find({left.kind, left.nation, text});
        if (!mention || picture.graph.mentions()[*mention].records == 0) unheard.emplace_back(text);
    }
    out["not_on_record"] = std::move(unheard);
    if (const auto mention = picture.graph.find(left))
        out["cluster"] = service::cluster_json(picture, *mention);
    return out;
}

Result<Reply> judge(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto body, call.body());
    ENTENTE_ASSIGN_OR_RETURN(auto request, judge_request(call, body));
    ENTENTE_ASSIGN_OR_RETURN(const auto nation, text_of(body, "nation"));
    return call.write([&](service::Node& node) -> Result<Reply> {
        {
            ENTENTE_ASSIGN_OR_RETURN(const auto view, node.view());
            ENTENTE_ASSIGN_OR_RETURN(
                request.nation, service::nation_code(*view, call.schema(), nation.value_or(""))
            );
        }
        ENTENTE_ASSIGN_OR_RETURN(const auto written, service::judge(node, request));
        ENTENTE_ASSIGN_OR_RETURN(auto out, judged_json(node, request, written));
        const bool old = request.options.preview || written.repeated;
        auto reply = json_reply(std::move(out), old ? 200 : 201);
        if (!request.options.preview)
            reply.headers.emplace_back("Location", "/api/records/" + written.revision.rec);
        return reply;
    });
}

Parameter of_nation(const char* help) {
    return {"nation", Kind::actor, help};
}

std::vector<Parameter> narrowed() {
    return {
        of_nation("Only names of this nation"),
        {"kind",
         Kind::one_of,
         "Only names of this kind",
         false,
         false,
         {"organisation", "unit", "ministry", "school", "person", "place"}},
        {"least_score", Kind::text, "Candidates from this score on, 0 to 1; 0.8 where none is given"},
        as_of()};
}

}  // namespace

void add_name_routes(Routes& out) {
    auto paged = narrowed();
    paged.push_back({"limit", Kind::whole, "So many a page: 10 where none is given, 500 at most in JSON"});
    paged.push_back({"page", Kind::whole, "Which page, from 1"});
    out.push_back(
        {.method = "GET",
         .path = "/api/names/review",
         .name = "reviewNames",
         .command = "review",
         .summary = "Names that may be names of one thing, what matters most first",
         .parameters = std::move(paged),
         .reply = "NamesToReview",
         .list = "items",
         .answer = review}
    );
    out.push_back(
        {.method = "GET",
         .path = "/api/names/summary",
         .name = "summariseNames",
         .command = "review --summary",
         .summary = "How many names there are, in how many clusters, and what rules found",
         .parameters = narrowed(),
         .reply = "NamesSummary",
         .answer = summary}
    );
    out.push_back(
        {.method = "GET",
         .path = "/api/names/cluster",
         .name = "showCluster",
         .command = "cluster",
         .summary =
             "All names that are taken for one thing with this one, on which grounds, and what was judged",
         .parameters =
             {{"text", Kind::text, "A name as a source prints it", true},
              of_nation("Whose name it is"),
              {"kind",
               Kind::one_of,
               "What it names; an organisation where nothing is said",
               false,
               false,
               {"organisation", "unit", "ministry", "school", "person", "place"}},
              as_of()},
         .reply = "NameCluster",
         .answer = show_cluster}
    );
    out.push_back(
        {.method = "POST",
         .path = "/api/names/judgements",
         .name = "judgeNames",
         .command = "judge",
         .summary = "Record whether two names are names of one thing; to take it back, retract the judgement",
         .allowed = kWriters,
         .body = "NewJudgement",
         .reply = "Judged",
         .answer = judge}
    );
}

}  // namespace entente::api
