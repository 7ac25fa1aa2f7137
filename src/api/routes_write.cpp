#include <algorithm>

#include <fmt/format.h>

#include "api/body.h"
#include "api/call.h"
#include "api/common_parameters.h"
#include "api/problem.h"
#include "api/write_body.h"
#include "service/find.h"
#include "service/record_json.h"
#include "service/write_record.h"

namespace entente::api {
namespace {

Result<Reply> written_reply(
    Call& call, service::Node& node, const service::Written& written, bool preview, unsigned status
) {
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node.view());
    service::KnownNames names;
    ENTENTE_ASSIGN_OR_RETURN(
        auto out, service::record_page_json(*view, call.schema(), written.revision, names)
    );
    if (preview) out["preview"] = true;
    if (written.repeated) out["repeated"] = true;
    if (!written.not_signed.empty()) out["not_signed"] = written.not_signed;
    auto reply = json_reply(std::move(out), preview || written.repeated ? 200 : status);
    if (!preview) {
        reply.headers.emplace_back("ETag", revision_tag(written.revision));
        reply.headers.emplace_back("Location", "/api/records/" + written.revision.rec);
    }
    return reply;
}

Result<Reply> record(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto body, call.body());
    ENTENTE_RETURN_IF_ERROR(check_members(body, {"fields", "releasable_to", "preview"}));
    ENTENTE_ASSIGN_OR_RETURN(const auto* type, service::find_type(call.schema(), call.text("type")));
    ENTENTE_ASSIGN_OR_RETURN(const auto fields, typed_fields(body, "fields"));
    ENTENTE_ASSIGN_OR_RETURN(const auto options, options_of(call, body));
    return call.write([&](service::Node& node) -> Result<Reply> {
        ENTENTE_ASSIGN_OR_RETURN(const auto written, service::record(node, type->type, fields, options));
        return written_reply(call, node, written, options.preview, 201);
    });
}

/// Whether one of the tags of If-Match is this one; a weak tag is never. Our tags hold no comma.
bool names_tag(std::string_view wanted, std::string_view tag) {
    while (!wanted.empty()) {
        const auto end = std::min(wanted.find(','), wanted.size());
        auto one = wanted.substr(0, end);
        while (one.starts_with(' ') || one.starts_with('\t')) one.remove_prefix(1);
        while (one.ends_with(' ') || one.ends_with('\t')) one.remove_suffix(1);
        if (tag_of_revision(one) == tag) return true;
        wanted.remove_prefix(std::min(end + 1, wanted.size()));
    }
    return false;
}

/// A page that somebody else has changed meanwhile must not be written over unseen.
Result<bool> still_that_revision(const Call& call, service::Node& node, const std::string& id) {
    const auto wanted = call.request().header("If-Match");
    if (!wanted || *wanted == "*") return true;
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node.view());
    ENTENTE_ASSIGN_OR_RETURN(const auto found, service::make_resolver(*view, call.schema())({}, id));
    ENTENTE_ASSIGN_OR_RETURN(const auto history, view->history(found));
    return names_tag(*wanted, revision_tag(history.back()));
}

Reply moved_on() {
    return problem_reply(
        412,
        "Somebody changed it meanwhile",
        "The record is no longer the revision named by If-Match. Nothing was written."
    );
}

Result<Reply> supersede(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto body, call.body());
    ENTENTE_RETURN_IF_ERROR(check_members(body, {"changes", "reason", "remark", "releasable_to", "preview"}));
    ENTENTE_ASSIGN_OR_RETURN(const auto changes, typed_fields(body, "changes"));
    ENTENTE_ASSIGN_OR_RETURN(const auto options, options_of(call, body));
    return call.write([&](service::Node& node) -> Result<Reply> {
        ENTENTE_ASSIGN_OR_RETURN(const bool same, still_that_revision(call, node, call.text("id")));
        if (!same) return moved_on();
        ENTENTE_ASSIGN_OR_RETURN(
            const auto written,
            service::supersede(
                node, call.text("id"), changes, text_at(body, "reason"), text_at(body, "remark"), options
            )
        );
        return written_reply(call, node, written, options.preview, 200);
    });
}

Result<Reply> retract(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto body, call.body());
    ENTENTE_RETURN_IF_ERROR(check_members(body, {"reason", "remark", "preview"}));
    ENTENTE_ASSIGN_OR_RETURN(const auto options, options_of(call, body));
    return call.write([&](service::Node& node) -> Result<Reply> {
        ENTENTE_ASSIGN_OR_RETURN(const bool same, still_that_revision(call, node, call.text("id")));
        if (!same) return moved_on();
        ENTENTE_ASSIGN_OR_RETURN(
            const auto written,
            service::retract(node, call.text("id"), text_at(body, "reason"), text_at(body, "remark"), options)
        );
        return written_reply(call, node, written, options.preview, 200);
    });
}

}  // namespace

void add_write_routes(Routes& out) {
    const auto id = in_path("id", Kind::record, "Code, key, id in the source, or the beginning of the id");
    out.push_back(
        {.method = "POST",
         .path = "/api/records/{type}",
         .name = "record",
         .command = "record",
         .summary = "Put a new record on the record",
         .allowed = kWriters,
         .parameters = {in_path("type", Kind::text, "A record type")},
         .body = "NewRecord",
         .reply = "Record",
         .answer = record}
    );
    out.push_back(
        {.method = "PATCH",
         .path = "/api/records/{id}",
         .name = "supersede",
         .command = "supersede",
         .summary = "Follow a record by a better one, with a reason",
         .allowed = kWriters,
         .parameters = {id},
         .body = "Changes",
         .reply = "Record",
         .answer = supersede}
    );
    out.push_back(
        {.method = "DELETE",
         .path = "/api/records/{id}",
         .name = "retract",
         .command = "retract",
         .summary = "Withdraw a record with a reason",
         .allowed = kWriters,
         .parameters = {id},
         .body = "Withdrawal",
         .reply = "Record",
         .answer = retract}
    );
}

}  // namespace entente::api
