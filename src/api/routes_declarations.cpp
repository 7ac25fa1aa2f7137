#include "api/call.h"
#include "api/common_parameters.h"

namespace entente::api {
namespace {

json::array texts(const std::vector<std::string>& all) {
    return json::array(all.begin(), all.end());
}

json::object field_json(const domain::Field& field) {
    json::object out{
        {"name", field.name},
        {"type", std::string(domain::to_text(field.type))},
        {"label", field.label},
        {"help", field.help},
        {"many", field.many},
        {"required", field.required},
        {"clear", field.clear}};
    if (!field.list.empty()) out["list"] = field.list;
    if (!field.unit.empty()) out["unit"] = field.unit;
    if (!field.alias.empty()) out["alias"] = field.alias;
    if (!field.default_value.empty()) out["default"] = field.default_value;
    if (!field.to.empty()) out["to"] = texts(field.to);
    if (!field.parts.empty()) out["parts"] = texts(field.parts);
    if (!field.fields.empty()) {
        json::array fields;
        for (const auto& sub : field.fields) fields.push_back(field_json(sub));
        out["fields"] = std::move(fields);
    }
    return out;
}

json::object type_json(const domain::RecordType& type) {
    json::array fields;
    for (const auto& field : type.fields) fields.push_back(field_json(field));
    return {
        {"type", type.type},
        {"name", type.name},
        {"plural", type.plural},
        {"help", type.help},
        {"version", type.version},
        {"title", texts(type.title)},
        {"day", type.day},
        {"fields", std::move(fields)}};
}

json::object list_json(const domain::CodeList& list) {
    json::array codes;
    for (const auto& code : list.codes) {
        json::object one{{"code", code.code}, {"name", code.name}};
        for (const auto& [name, value] : code.attributes) one[name] = value;
        codes.push_back(std::move(one));
    }
    return {{"list", list.list}, {"name", list.name}, {"help", list.help}, {"codes", std::move(codes)}};
}

Result<Reply> show_schema(Call& call) {
    json::array types, lists;
    for (const auto& type : call.schema().types()) types.push_back(type_json(type));
    for (const auto& list : call.schema().lists()) lists.push_back(list_json(list));
    return json_reply(json::object{{"types", std::move(types)}, {"lists", std::move(lists)}});
}

Result<Reply> show_codes(Call& call) {
    const auto* list = call.schema().list(call.text("list"));
    if (!list) return fail(ErrorCode::not_found, "list", "no such code list", "/api/schema has all");
    return json_reply(list_json(*list));
}

}  // namespace

void add_declaration_routes(Routes& out) {
    out.push_back(
        {.method = "GET",
         .path = "/api/schema",
         .name = "showSchema",
         .command = "reference",
         .summary = "Record types with their fields, and code lists",
         .allowed = kAnyone,
         .reply = "Schema",
         .answer = show_schema}
    );
    out.push_back(
        {.method = "GET",
         .path = "/api/codes/{list}",
         .name = "showCodes",
         .command = "codes",
         .summary = "One code list",
         .allowed = kAnyone,
         .parameters = {in_path("list", Kind::text, "Its name")},
         .reply = "CodeList",
         .answer = show_codes}
    );
}

}  // namespace entente::api
