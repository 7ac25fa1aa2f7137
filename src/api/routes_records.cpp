#include <fmt/format.h>
#include <fmt/ranges.h>

#include "api/authors.h"
#include "api/call.h"
#include "api/common_parameters.h"
#include "base/codec.h"
#include "service/proof_json.h"
#include "service/record_json.h"
#include "service/released_to.h"

namespace entente::api {
namespace {

Parameter record_in_path() {
    return in_path("id", Kind::record, "Code, key, id in the source, or the beginning of the id");
}

Result<Reply> show_record(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto id, call.record("id"));
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    ENTENTE_ASSIGN_OR_RETURN(const auto history, view->history(id));
    if (history.empty()) return fail(ErrorCode::not_found, "id", "no such record");
    ENTENTE_ASSIGN_OR_RETURN(
        auto out, service::record_page_json(*view, call.schema(), history.back(), call.names())
    );
    out["as_of"] = call.size_json(*view);
    if (!call.on_behalf_of_another()) {
        ENTENTE_ASSIGN_OR_RETURN(auto* const node, call.node());
        ENTENTE_ASSIGN_OR_RETURN(const auto nations, service::released_to(*node, history.back().label));
        out["releasable_to"] = json::array(nations.begin(), nations.end());
    }
    auto reply = json_reply(std::move(out));
    // Which revision it is tells another nation nothing that it could use.
    if (!call.on_behalf_of_another()) reply.headers.emplace_back("ETag", revision_tag(history.back()));
    return reply;
}

/// To whom it was released, and from whom that was taken back: an act like any other, told beside the fields.
Result<void> tell_releases(Call& call, const std::vector<ledger::Revision>& history, json::array& items) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const node, call.node());
    std::string before, label;
    for (std::size_t i = 0; i < history.size() && i < items.size(); ++i) {
        if (history[i].label == label) continue;
        label = history[i].label;
        ENTENTE_ASSIGN_OR_RETURN(const auto nations, service::released_to(*node, label));
        const auto after = fmt::format("{}", fmt::join(nations, ", "));
        if (after == before) continue;
        json::object change{{"field", "releasable_to"}, {"label", "Released to"}};
        if (!before.empty()) change["before"] = before;
        if (!after.empty()) change["after"] = after;
        auto& item = items[i].as_object();
        if (!item.contains("changes")) item["changes"] = json::array{};
        item["changes"].as_array().push_back(std::move(change));
        before = after;
    }
    return {};
}

Result<Reply> show_history(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto id, call.record("id"));
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    ENTENTE_ASSIGN_OR_RETURN(const auto history, view->history(id));
    if (history.empty()) return fail(ErrorCode::not_found, "id", "no such record");
    auto out = service::history_json(*view, call.schema(), history);
    ENTENTE_ASSIGN_OR_RETURN(const Authors authors, Authors::of(call));
    for (auto& item : out["items"].as_array()) authors.name(item.as_object()["place"].as_object());
    if (!call.on_behalf_of_another())
        ENTENTE_RETURN_IF_ERROR(tell_releases(call, history, out["items"].as_array()));
    return json_reply(std::move(out));
}

Result<Reply> prove(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto id, call.record("id"));
    ENTENTE_ASSIGN_OR_RETURN(auto* const node, call.node());
    ENTENTE_ASSIGN_OR_RETURN(const auto revision, call.whole("revision"));
    ENTENTE_ASSIGN_OR_RETURN(
        const auto proof, service::prove_record(*node, id, static_cast<std::uint32_t>(revision.value_or(0)))
    );
    return json_reply(service::proof_json(proof));
}

}  // namespace

std::string revision_tag(const ledger::Revision& record) {
    return "\"" + hex(record.leaf.view()).substr(0, 24) + "-" + std::to_string(record.number) +
           (record.until ? "-ended" : "") + "\"";
}

std::string tag_of_revision(std::string_view etag) {
    const auto point = etag.find('.');
    return point == std::string_view::npos ? std::string(etag) : std::string(etag.substr(0, point)) + "\"";
}

void add_record_routes(Routes& out) {
    out.push_back(
        {.method = "GET",
         .path = "/api/records/{id}",
         .name = "showRecord",
         .command = "show; document show",
         .summary = "One record: its fields, who is cited, what others say, where it stands in the log",
         .parameters = {record_in_path(), as_of()},
         .reply = "Record",
         .answer = show_record}
    );
    out.push_back(
        {.method = "GET",
         .path = "/api/records/{id}/history",
         .name = "showHistory",
         .command = "history",
         .summary = "Its revisions and what changed from one to the next",
         .parameters = {record_in_path(), as_of()},
         .reply = "History",
         .answer = show_history}
    );
    out.push_back(
        {.method = "GET",
         .path = "/api/records/{id}/proof",
         .name = "proveRecord",
         .command = "proof",
         .summary = "All that somebody else needs to check that it is in the log",
         .parameters =
             {record_in_path(),
              {"revision", Kind::whole, "Of this revision; of the current one where none is given"}},
         .reply = "Proof",
         .answer = prove}
    );
}

}  // namespace entente::api
