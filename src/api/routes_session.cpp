#include "api/call.h"
#include "api/common_parameters.h"
#include "base/clock.h"
#include "measures/facts.h"

namespace entente::api {
namespace {

json::value account_json(const Visitor& visitor) {
    if (visitor.account.empty()) return nullptr;
    return json::object{{"name", visitor.account}, {"role", std::string(to_text(*visitor.role))}};
}

Result<json::object> home_json(Call& call, const std::string& code) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    ENTENTE_ASSIGN_OR_RETURN(const auto id, service::make_resolver(*view, call.schema())({"actor"}, code));
    ENTENTE_ASSIGN_OR_RETURN(const auto record, view->current(id));
    const auto actor = measures::read_actor(record->rec, record->content);
    return json::object{
        {"id", id}, {"code", actor.code}, {"name", actor.short_name.empty() ? actor.name : actor.short_name}};
}

Result<Reply> show_session(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const node, call.node());
    ENTENTE_ASSIGN_OR_RETURN(const auto standing, node->standing());
    json::object out{
        {"account", account_json(call.visitor())}, {"demonstration", call.visitor().demonstration}};
    ENTENTE_ASSIGN_OR_RETURN(out["home"], home_json(call, node->config().home));
    out["origin"] = node->config().origin;
    out["checkpoint"] =
        standing.checkpoint
            ? json::value(json::object{{"size", standing.checkpoint->size}, {"note", standing.note}})
            : json::value(nullptr);
    out["entries"] = standing.entries;
    out["unsigned"] = standing.checkpoint ? standing.entries - standing.checkpoint->size : standing.entries;
    out["today"] = to_iso(today());
    ENTENTE_ASSIGN_OR_RETURN(out["known_at"], call.known_at());
    json::array roles;
    for (const Role role : kRoles)
        if (call.visitor().may(allowed({role}))) roles.emplace_back(to_text(role));
    out["may_act_as"] = std::move(roles);
    return json_reply(std::move(out));
}

Result<Reply> listen(Call& call) {
    Reply out;
    out.events =
        call.work().topics().subscribe({"news", "task"}, call.request().header("Last-Event-ID").value_or(""));
    return out;
}

}  // namespace

void add_session_routes(Routes& out) {
    out.push_back(
        {.method = "GET",
         .path = "/api/session",
         .name = "showSession",
         .command = "checkpoint",
         .summary = "Who asks, whose node it is, and how far the record is signed",
         .reply = "Session",
         .answer = show_session}
    );
    out.push_back(
        {.method = "GET",
         .path = "/api/events",
         .name = "listen",
         .command = "",
         .summary = "Server-sent events: entries that came, and how long tasks move",
         .forms = {"text/event-stream"},
         .answer = listen}
    );
}

}  // namespace entente::api
