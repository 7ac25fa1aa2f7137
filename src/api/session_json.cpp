#include "api/session_json.h"

#include "api/people.h"
#include "base/clock.h"
#include "measures/facts.h"

namespace entente::api {
namespace {

json::value account_json(const Visitor& visitor) {
    if (visitor.account.empty()) return nullptr;
    return json::object{
        {"name", visitor.account},
        {"display_name", visitor.display_name.empty() ? visitor.account : visitor.display_name},
        {"role", std::string(to_text(*visitor.role))},
        {"nation", visitor.nation},
        {"language", visitor.language}};
}

Result<json::object> home_json(Call& call, const std::string& code) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    ENTENTE_ASSIGN_OR_RETURN(const auto id, service::make_resolver(*view, call.schema())({"actor"}, code));
    ENTENTE_ASSIGN_OR_RETURN(const auto record, view->current(id));
    const auto actor = measures::read_actor(record->rec, record->content);
    return json::object{
        {"id", id}, {"code", actor.code}, {"name", actor.short_name.empty() ? actor.name : actor.short_name}};
}

/// How far the log goes; nothing of it where `told` is false.
Result<void> add_standing(json::object& out, Call& call, bool told) {
    for (const char* name : {"checkpoint", "entries", "unsigned"}) out[name] = nullptr;
    out["origin"] = "", out["known_at"] = "";
    if (!told) return {};
    ENTENTE_ASSIGN_OR_RETURN(auto* const node, call.node());
    ENTENTE_ASSIGN_OR_RETURN(const auto standing, node->standing());
    out["origin"] = node->config().origin;
    if (standing.checkpoint)
        out["checkpoint"] = json::object{{"size", standing.checkpoint->size}, {"note", standing.note}};
    out["entries"] = standing.entries;
    out["unsigned"] = standing.checkpoint ? standing.entries - standing.checkpoint->size : standing.entries;
    ENTENTE_ASSIGN_OR_RETURN(out["known_at"], call.known_at());
    return {};
}

}  // namespace

Result<json::object> session_json(Call& call, const Visitor& visitor) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const node, call.node());
    json::object out{{"account", account_json(visitor)}, {"demonstration", visitor.demonstration}};
    bool awaits = false;
    if (auto* people = call.people()) {
        ENTENTE_ASSIGN_OR_RETURN(awaits, people->accounts().awaits_set_up());
    }
    out["awaits_set_up"] = awaits;
    // Where nobody is signed in a page cannot be told from a program; that it can send the header is enough.
    out["csrf"] = visitor.csrf.empty() ? "none" : visitor.csrf;
    ENTENTE_ASSIGN_OR_RETURN(out["home"], home_json(call, node->config().home));
    ENTENTE_RETURN_IF_ERROR(add_standing(out, call, !visitor.is_nobody() && visitor.nation.empty()));
    out["today"] = to_iso(today());
    json::array roles;
    for (const Role role : kRoles)
        if (visitor.may(allowed({role}))) roles.emplace_back(to_text(role));
    out["may_act_as"] = std::move(roles);
    return out;
}

}  // namespace entente::api
