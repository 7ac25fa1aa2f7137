#include <fmt/format.h>

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

Result<Reply> show_history(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto id, call.record("id"));
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    ENTENTE_ASSIGN_OR_RETURN(const auto history, view->history(id));
    if (history.empty()) return fail(ErrorCode::not_found, "id", "no such record");
    auto out = service::history_json(*view, call.schema(), history);
    ENTENTE_ASSIGN_OR_RETURN(const Authors authors, Authors::of(call));
    for (auto& item : out["items"].as_array()) authors.name(item.as_object()["place"].as_object());
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
