#include "api/access.h"

#include <array>

namespace entente::api {
namespace {

std::string_view media_type(const http::Response& response) {
    for (const auto& [name, value] : response.headers)
        if (http::same_name(name, "Content-Type")) return value;
    return {};
}

/// In what form records are carried away; empty: they are shown.
std::string form_of(const http::Response& response) {
    if (response.events) return {};
    const auto type = media_type(response);
    // A chart shows sums; a page is read, not kept.
    for (const std::string_view shown :
         {"application/json", "application/problem+json", "image/svg+xml", "text/plain; version=0.0.4"})
        if (type.starts_with(shown)) return {};
    constexpr std::array<std::pair<std::string_view, const char*>, 5> kForms{
        {{"text/csv", "csv"},
         {"application/x-ndjson", "ndjson"},
         {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
         {"application/pdf", "pdf"},
         {"text/calendar", "calendar"}}};
    for (const auto& [known, form] : kForms)
        if (type.starts_with(known)) return form;
    return std::string(type);
}

std::string record_of(const Match& match) {
    for (const auto& [name, value] : match.values)
        if (name == "id") return value;
    return {};
}

}  // namespace

std::string actor_of(const Visitor& visitor) {
    if (visitor.owner) return "(owner)";
    return visitor.demonstration ? "(demonstration)" : visitor.account;
}

std::optional<accounts::Access> access_of(
    const Route& route,
    const Match& match,
    const Visitor& visitor,
    const http::Request& request,
    const http::Response& response,
    const Shown& shown
) {
    accounts::Access out;
    out.account = actor_of(visitor), out.route = route.name, out.status = response.status;
    out.record = record_of(match), out.peer = request.peer;
    if (response.status == 401 || response.status == 403 || response.status == 429) {
        out.what = "denied";
        return out;
    }
    // An answer that was kept and is used again (304) shows what it showed.
    const auto as = request.parameter("as").value_or("");
    const bool seen = response.status == 200 || response.status == 304;
    if (seen && shown.rows > kMostPageRows) {
        out.what = "export", out.detail = "json, " + std::to_string(shown.rows) + " rows";
        if (!as.empty()) out.detail += ", as " + std::string(as);
        return out;
    }
    if (seen && !shown.personal.empty()) {
        out.what = "personal", out.detail = shown.personal;
        if (!as.empty()) out.detail += ", as " + std::string(as);
        return out;
    }
    if (response.status != 200 || request.method != "GET") return {};
    out.detail = form_of(response);
    if (!out.detail.empty()) {
        out.what = "export";
        if (!as.empty()) out.detail += ", as " + std::string(as);
        return out;
    }
    if (as.empty() || !visitor.nation.empty()) return {};
    out.what = "view_as", out.detail = "as " + std::string(as);
    return out;
}

}  // namespace entente::api
