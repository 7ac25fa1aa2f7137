#include "api/contract.h"

#include <array>

#include <fmt/format.h>

#include "base/check.h"

namespace entente::api {
namespace {

json::object reference(const std::string& name) {
    return {{"$ref", "#/components/schemas/" + name}};
}

json::object schema_of(const Parameter& parameter) {
    json::object out;
    switch (parameter.kind) {
        case Parameter::Kind::whole:
            out = {{"type", "integer"}, {"minimum", 0}};
            break;
        case Parameter::Kind::flag:
            out = {{"enum", json::array{"0", "1", "false", "true"}}};
            break;
        case Parameter::Kind::one_of:
            out = {{"enum", json::array(parameter.values.begin(), parameter.values.end())}};
            break;
        case Parameter::Kind::nation:
            out = {{"type", "string"}, {"pattern", "^[A-Z]{3}$"}};
            break;
        case Parameter::Kind::day:
        case Parameter::Kind::text:
        case Parameter::Kind::record:
        case Parameter::Kind::actor:
            out = {{"type", "string"}};
            break;
    }
    if (!parameter.many) return out;
    return {{"type", "array"}, {"items", std::move(out)}};
}

json::object parameter_json(const Route& route, const Parameter& parameter) {
    const bool in_path = route.path.find("{" + parameter.name + "}") != std::string::npos;
    return {
        {"name", parameter.name},
        {"in", in_path ? "path" : "query"},
        {"required", parameter.required},
        {"description", parameter.help},
        {"schema", schema_of(parameter)}};
}

json::object content(const std::string& media_type, json::object schema) {
    return {{media_type, json::object{{"schema", std::move(schema)}}}};
}

json::object replies_json(const Route& route) {
    json::object content_of;
    if (!route.reply.empty()) content_of = content("application/json", reference(route.reply));
    for (const auto& form : route.forms) content_of[form] = json::object{};
    const std::string& said = route.reply;
    const bool makes = route.method == "POST" &&
                       (said == "Record" || said == "Account" || said == "Judged" || said == "Upload");
    const char* status = makes ? "201" : said == "Task" && route.method == "POST" ? "202" : "200";
    json::object out;
    json::object done{{"description", "Done"}, {"content", std::move(content_of)}};
    if (!route.unsafe())
        done["headers"] = json::object{
            {"ETag",
             json::object{
                 {"description", "Of the bytes of the answer; of a record it serves If-Match as well"},
                 {"schema", json::object{{"type", "string"}}}}}};
    out[status] = std::move(done);
    out["default"] = json::object{
        {"description", "What went wrong"},
        {"content", content("application/problem+json", reference("Problem"))}};
    return out;
}

json::array roles_json(const Route& route) {
    const auto& allowed = route.allowed;
    json::array out;
    if (allowed.anyone) out.emplace_back("anyone");
    for (const Role role : kRoles)
        if (allowed.holds(role) && !allowed.anyone) out.emplace_back(to_text(role));
    if (route.this_machine) out.emplace_back("this computer");
    return out;
}

json::array commands_json(const Route& route) {
    json::array out;
    for (const auto& command : commands_of(route)) out.emplace_back("entente " + command);
    return out;
}

json::object operation_json(const Route& route) {
    json::object out{{"operationId", route.name}, {"summary", route.summary}};
    if (!route.command.empty()) out["x-command"] = commands_json(route);
    out["x-roles"] = roles_json(route);
    json::array parameters;
    for (const auto& parameter : route.parameters) parameters.push_back(parameter_json(route, parameter));
    if (route.unsafe())
        parameters.push_back(json::object{
            {"name", "X-CSRF"},
            {"in", "header"},
            {"required", true},
            {"description",
             "`csrf` of /api/session; any value where nobody is signed in: no page elsewhere can send it"},
            {"schema", json::object{{"type", "string"}}}});
    const auto header = [&](const char* name, const char* help) {
        parameters.push_back(json::object{
            {"name", name},
            {"in", "header"},
            {"required", false},
            {"description", help},
            {"schema", json::object{{"type", "string"}}}});
    };
    if (route.reply == "Record" && route.method == "POST")
        header(
            "Idempotency-Key", "A second try with the same key and body adds nothing and answers as the first"
        );
    if (route.unsafe() && route.path == "/api/records/{id}")
        header(
            "If-Match", "The ETag of the record as it was read: 412, and nothing written, where it moved on"
        );
    if (!route.unsafe())
        header("If-None-Match", "The ETag of an earlier answer: 304 where it is the same still");
    out["parameters"] = std::move(parameters);
    if (!route.allowed.anyone) out["security"] = json::array{json::object{{"session", json::array{}}}};
    if (route.body == "File")
        out["requestBody"] = json::object{
            {"required", true}, {"content", content("application/octet-stream", reference(route.body))}};
    else if (!route.body.empty())
        out["requestBody"] =
            json::object{{"required", true}, {"content", content("application/json", reference(route.body))}};
    out["responses"] = replies_json(route);
    return out;
}

/// What one would type into the fields of a record type.
json::object fields_json(const domain::RecordType& type) {
    json::object properties;
    json::array required;
    for (const auto& field : type.fields) {
        json::object one{{"title", field.label}, {"description", field.help}};
        one["x-type"] = std::string(domain::to_text(field.type));
        if (!field.list.empty()) one["x-codes"] = field.list;
        if (!field.to.empty()) one["x-records"] = json::array(field.to.begin(), field.to.end());
        json::object text{{"type", "string"}};
        one["oneOf"] = json::array{text, json::object{{"type", "array"}, {"items", text}}};
        properties[field.name] = std::move(one);
        if (field.required && field.default_value.empty()) required.emplace_back(field.name);
    }
    json::object out{{"description", type.help}, {"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) out["required"] = std::move(required);
    return out;
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

/// What changed from one edition of the contract to the next; the newest first. Within a first number what was there
/// stays: routes, members and parameters are added, none is taken away or made to mean something else.
struct Edition {
    const char* version;
    const char* date;
    std::array<const char*, 7> changes;
};
constexpr std::array<Edition, 2> kHistory{
    {{"1.1",
      "2026-12-01",
      {"/api/names/review, /api/names/summary, /api/names/cluster, POST /api/names/judgements: names that "
       "may be names "
       "of one thing.",
       "GET /api/search: ties, records and dates that a few words may mean.",
       "GET /api/export; POST /api/uploads/{id}/events; POST /api/imports/fmtrpt; "
       "/api/reconcile/fmtrpt/{report} and its repairs.",
       "POST /api/checkpoint and /api/checkpoint/growth; GET /api/access-log/check; `vkey` in GET "
       "/api/checkpoint.",
       "GET /api/changes; `author` of entries in histories.",
       "`format` (csv, ndjson, xlsx) of imports, accounts, changes, the access log and names to review.",
       "GET /healthz and GET /metrics, beside /api. `x-command` is a list."}},
     {"1", "2026-11-30", {"The first."}}}};

json::array history_json() {
    json::array out;
    for (const auto& edition : kHistory) {
        json::array changes;
        for (const auto* change : edition.changes)
            if (change) changes.emplace_back(change);
        out.push_back(json::object{
            {"version", edition.version}, {"date", edition.date}, {"changes", std::move(changes)}});
    }
    return out;
}

std::string history_text() {
    std::string out =
        "## History\n\nWithin a first number what was there stays: routes, members and parameters are added, "
        "none "
        "is taken away or made to mean something else.\n";
    for (const auto& edition : kHistory) {
        out += fmt::format("\n### {} ({})\n\n", edition.version, edition.date);
        for (const auto* change : edition.changes)
            if (change) out += fmt::format("- {}\n", change);
    }
    return out;
}

}  // namespace

json::object contract(const Routes& routes, const domain::Schema& schema) {
    json::object paths;
    for (const auto& route : routes) {
        auto& path = paths[route.path];
        if (!path.is_object()) path = json::object{};
        path.get_object()[lower(route.method)] = operation_json(route);
    }
    const auto written = parse_json(schemas_text());
    check(written.has_value() && written->is_object(), "api/schemas.json is an object");
    json::object schemas = written->get_object();
    for (const auto& type : schema.types()) schemas["fields_of_" + type.type] = fields_json(type);
    json::object out{{"openapi", "3.1.0"}};
    out["info"] = json::object{
        {"title", "Entente"},
        {"version", kHistory.front().version},
        {"description",
         "The shared record of what two militaries do together. Every answer stands under a state of the "
         "log; every list can be asked as of an earlier one. How to call it, step by step: "
         "docs/reference/api.md.\n\n" +
             history_text()}};
    out["paths"] = std::move(paths);
    out["components"] = json::object{
        {"schemas", std::move(schemas)},
        {"securitySchemes",
         json::object{
             {"session",
              json::object{
                  {"type", "apiKey"},
                  {"in", "cookie"},
                  {"name", "entente"},
                  {"description",
                   "As POST /api/session sets it (`__Host-entente` by TLS). In a demonstration, and by the "
                   "local "
                   "socket, none is asked for."}}}}}};
    out["x-history"] = history_json();
    return out;
}

std::string role_table(const Routes& routes) {
    std::string out = "| route |";
    for (const Role role : kRoles) out += fmt::format(" {} |", to_text(role));
    out += " nobody signed in |\n|---|";
    for (std::size_t i = 0; i <= std::size(kRoles); ++i) out += "---|";
    out += "\n";
    for (const auto& route : routes) {
        out += fmt::format("| `{} {}` |", route.method, route.path);
        for (const Role role : kRoles) out += route.allowed.holds(role) ? " yes |" : " |";
        out += route.allowed.anyone ? " yes |\n" : route.this_machine ? " on this computer |\n" : " |\n";
    }
    return out;
}

}  // namespace entente::api
