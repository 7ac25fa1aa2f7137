#include "domain/declaration.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

#include <fmt/format.h>

#include "base/check.h"
#include "domain/embedded_schema.h"

namespace entente::domain {
namespace {

constexpr std::array kTypeNames{
    "text", "name", "identifier", "code", "date", "count", "decimal", "money", "reference", "group"};

// Lists that are made of the declarations themselves.
constexpr std::string_view kFieldNames = "field_name";
constexpr std::string_view kRecordTypes = "record_type";

std::vector<std::string> strings_at(const json::object& object, std::string_view key) {
    std::vector<std::string> out;
    const auto* value = object.if_contains(json::string_view(key.data(), key.size()));
    if (const auto* array = value ? value->if_array() : nullptr)
        for (const auto& item : *array)
            if (const auto* text = item.if_string()) out.emplace_back(text->data(), text->size());
    return out;
}

bool flag_at(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(json::string_view(key.data(), key.size()));
    return value && value->is_bool() && value->get_bool();
}

int number_at(const json::object& object, std::string_view key, int otherwise) {
    const auto* value = object.if_contains(json::string_view(key.data(), key.size()));
    return value && value->is_int64() ? static_cast<int>(value->get_int64()) : otherwise;
}

Result<std::vector<Field>> read_fields(const json::object& object, const std::string& where);

Result<Field> read_field(const json::object& object, const std::string& where) {
    Field field;
    field.name = text_at(object, "name");
    const std::string place = where + "." + field.name;
    const std::string type = text_at(object, "type");
    const auto found = std::find(kTypeNames.begin(), kTypeNames.end(), type);
    if (field.name.empty() || found == kTypeNames.end())
        return fail(
            ErrorCode::invalid_argument,
            place,
            fmt::format("found type '{}', expected one of {}", type, fmt::join(kTypeNames, ", "))
        );
    field.type = static_cast<FieldType>(found - kTypeNames.begin());
    field.label = text_at(object, "label");
    field.help = text_at(object, "help");
    field.list = text_at(object, "list");
    field.unit = text_at(object, "unit");
    field.alias = text_at(object, "alias");
    field.default_value = text_at(object, "default");
    field.to = strings_at(object, "to");
    field.parts = strings_at(object, "short");
    field.many = flag_at(object, "many");
    field.required = flag_at(object, "required");
    field.clear = flag_at(object, "clear");
    field.since = number_at(object, "since", 0);
    if (field.label.empty() || field.help.empty() || field.since < 1)
        return fail(ErrorCode::invalid_argument, place, "expected label, help and since");
    if (field.type == FieldType::text && field.clear)
        return fail(ErrorCode::invalid_argument, place, "found free text declared clear, expected it sealed");
    if (field.type != FieldType::text && !field.clear)
        return fail(
            ErrorCode::invalid_argument,
            place,
            "found a sealed field that is not text, expected type text or clear"
        );
    if ((field.type == FieldType::code) == field.list.empty())
        return fail(ErrorCode::invalid_argument, place, "expected a list for a code field and for no other");
    if ((field.type == FieldType::reference) == field.to.empty())
        return fail(
            ErrorCode::invalid_argument, place, "expected targets for a reference field and for no other"
        );
    if (field.type == FieldType::group) {
        // A sealed value is taken out of a list of groups by its place in it; any other shape would leave it
        // in the clear.
        if (!field.many)
            return fail(ErrorCode::invalid_argument, place, "found a single group, expected a list of them");
        ENTENTE_ASSIGN_OR_RETURN(field.fields, read_fields(object, place));
        for (const auto& sub : field.fields)
            if (sub.type == FieldType::group || (sub.many && !sub.clear))
                return fail(
                    ErrorCode::invalid_argument,
                    place + "." + sub.name,
                    "found a group or repeated free text inside a group"
                );
        for (const auto& part : field.parts)
            if (!field.find(part))
                return fail(
                    ErrorCode::invalid_argument,
                    place,
                    fmt::format("found '{}' in short, expected a sub-field", part)
                );
    }
    return field;
}

Result<std::vector<Field>> read_fields(const json::object& object, const std::string& where) {
    std::vector<Field> fields;
    const auto* array = object.if_contains("fields") ? object.at("fields").if_array() : nullptr;
    if (!array || array->empty()) return fail(ErrorCode::invalid_argument, where, "expected fields");
    for (const auto& item : *array) {
        if (!item.is_object())
            return fail(ErrorCode::invalid_argument, where, "expected every field to be an object");
        ENTENTE_ASSIGN_OR_RETURN(auto field, read_field(item.get_object(), where));
        if (std::any_of(fields.begin(), fields.end(), [&](const Field& f) { return f.name == field.name; }))
            return fail(ErrorCode::invalid_argument, where + "." + field.name, "found the field twice");
        fields.push_back(std::move(field));
    }
    return fields;
}

Result<CodeList> read_list(const json::object& object, const std::string& file) {
    CodeList list;
    list.list = text_at(object, "list");
    list.name = text_at(object, "name");
    list.help = text_at(object, "help");
    list.parent_list = text_at(object, "parent_list");
    list.version = number_at(object, "version", 1);
    const auto* codes = object.if_contains("codes") ? object.at("codes").if_array() : nullptr;
    if (list.list.empty() || list.name.empty() || !codes)
        return fail(ErrorCode::invalid_argument, file, "expected list, name and codes");
    for (const auto& item : *codes) {
        Code code;
        for (const auto& member : item.as_object()) {
            const std::string key(member.key().data(), member.key().size());
            const std::string value = member.value().is_string() ? std::string(member.value().get_string())
                                                                 : std::to_string(member.value().as_int64());
            if (key == "code")
                code.code = value;
            else if (key == "name")
                code.name = value;
            else
                code.attributes[key] = value;
        }
        if (code.code.empty() || list.find(code.code))
            return fail(
                ErrorCode::invalid_argument, file, fmt::format("found code '{}' twice or empty", code.code)
            );
        list.codes.push_back(std::move(code));
    }
    return list;
}

Result<void> check_field(const Schema& schema, const Field& field, const std::string& place) {
    if (field.type == FieldType::code && !schema.list(field.list))
        return fail(
            ErrorCode::invalid_argument,
            place,
            fmt::format("found list '{}', expected a declared one", field.list)
        );
    for (const auto& target : field.to)
        if (!schema.find(target))
            return fail(
                ErrorCode::invalid_argument,
                place,
                fmt::format("found target '{}', expected a record type", target)
            );
    for (const auto& sub : field.fields)
        ENTENTE_RETURN_IF_ERROR(check_field(schema, sub, place + "." + sub.name));
    return {};
}

const Field* find_in(const std::vector<Field>& fields, std::string_view name) {
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.name == name; });
    return found == fields.end() ? nullptr : &*found;
}

}  // namespace

const Code* CodeList::find(std::string_view code) const {
    const auto found =
        std::find_if(codes.begin(), codes.end(), [&](const Code& c) { return c.code == code; });
    return found == codes.end() ? nullptr : &*found;
}
const Field* Field::find(std::string_view sub_field) const {
    return find_in(fields, sub_field);
}
const Field* RecordType::find(std::string_view field) const {
    const auto at = position(field);
    return at ? &fields[*at] : nullptr;
}

std::optional<std::size_t> RecordType::position(std::string_view field) const {
    const auto found =
        std::lower_bound(by_name.begin(), by_name.end(), field, [&](std::size_t at, std::string_view name) {
            return fields[at].name < name;
        });
    return found != by_name.end() && fields[*found].name == field ? std::optional(*found) : std::nullopt;
}

const RecordType* Schema::find(std::string_view type) const {
    const auto found =
        std::find_if(types_.begin(), types_.end(), [&](const RecordType& t) { return t.type == type; });
    return found == types_.end() ? nullptr : &*found;
}
const CodeList* Schema::list(std::string_view name) const {
    const auto found =
        std::find_if(lists_.begin(), lists_.end(), [&](const CodeList& l) { return l.list == name; });
    return found == lists_.end() ? nullptr : &*found;
}
std::string Schema::name_of(std::string_view list_name, std::string_view code) const {
    const auto* found = list(list_name);
    const auto* entry = found ? found->find(code) : nullptr;
    return entry ? entry->name : std::string(code);
}
std::string_view to_text(FieldType type) {
    return kTypeNames[static_cast<std::size_t>(type)];
}

Result<Schema> Schema::create(const std::vector<std::pair<std::string, std::string>>& files) {
    Schema schema;
    std::vector<Field> common;
    json::value common_declaration;
    for (const auto& [file, text] : files) {
        ENTENTE_ASSIGN_OR_RETURN(const auto value, parse_json(text));
        if (!value.is_object()) return fail(ErrorCode::invalid_argument, file, "expected an object");
        const auto& object = value.get_object();
        const std::string what = text_at(object, "what");
        if (what == "code_list") {
            ENTENTE_ASSIGN_OR_RETURN(auto list, read_list(object, file));
            schema.lists_.push_back(std::move(list));
        } else if (what == "common_fields") {
            ENTENTE_ASSIGN_OR_RETURN(common, read_fields(object, file));
            common_declaration = object.at("fields");
        } else if (what == "record_type") {
            RecordType type;
            type.type = text_at(object, "type");
            type.name = text_at(object, "name");
            type.plural = text_at(object, "plural");
            type.help = text_at(object, "help");
            type.title = strings_at(object, "title");
            type.day = text_at(object, "day");
            type.rules = strings_at(object, "rules");
            ENTENTE_ASSIGN_OR_RETURN(type.fields, read_fields(object, type.type));
            type.declaration = object;
            if (type.type.empty() || schema.find(type.type))
                return fail(ErrorCode::invalid_argument, file, "expected a type named once");
            schema.types_.push_back(std::move(type));
        } else {
            return fail(
                ErrorCode::invalid_argument,
                file,
                fmt::format("found what '{}', expected record_type, common_fields or code_list", what)
            );
        }
    }
    CodeList field_names{
        std::string(kFieldNames),
        "Field name",
        "Names of fields; `all` for the whole record.",
        {{"all", "the whole record", {}}},
        1,
        {}};
    CodeList record_types{std::string(kRecordTypes), "Record type", "The declared record types.", {}, 1, {}};
    for (auto& type : schema.types_) {
        type.fields.insert(type.fields.end(), common.begin(), common.end());
        auto& declared = type.declaration["fields"].as_array();
        if (common_declaration.is_array())
            for (const auto& field : common_declaration.get_array()) declared.push_back(field);
        for (const auto& field : type.fields) {
            type.version = std::max(type.version, field.since);
            for (const auto& sub : field.fields) type.version = std::max(type.version, sub.since);
        }
        type.by_name.resize(type.fields.size());
        std::iota(type.by_name.begin(), type.by_name.end(), std::size_t{0});
        std::sort(type.by_name.begin(), type.by_name.end(), [&](std::size_t a, std::size_t b) {
            return type.fields[a].name < type.fields[b].name;
        });
        type.declaration["version"] = type.version;
        record_types.codes.push_back({type.type, type.name, {}});
        for (const auto& field : type.fields)
            if (!field_names.find(field.name)) field_names.codes.push_back({field.name, field.label, {}});
    }
    // Made of the declarations: every new name is a new version.
    field_names.version = static_cast<int>(field_names.codes.size());
    record_types.version = static_cast<int>(record_types.codes.size());
    schema.lists_.push_back(std::move(field_names));
    schema.lists_.push_back(std::move(record_types));
    for (const auto& type : schema.types_) {
        std::set<std::string> names;
        for (const auto& field : type.fields) {
            if (!names.insert(field.name).second)
                return fail(
                    ErrorCode::invalid_argument, type.type + "." + field.name, "found the field twice"
                );
            ENTENTE_RETURN_IF_ERROR(check_field(schema, field, type.type + "." + field.name));
        }
        for (const auto& name : type.title)
            if (!type.find(name))
                return fail(
                    ErrorCode::invalid_argument,
                    type.type,
                    fmt::format("found title '{}', expected a field", name)
                );
        if (!type.day.empty() && !type.find(type.day))
            return fail(ErrorCode::invalid_argument, type.type, "found a day that is no field");
    }
    return schema;
}

const Schema& Schema::builtin() {
    static const Schema schema = [] {
        std::vector<std::pair<std::string, std::string>> files;
        for (const auto& file : embedded_schema()) files.emplace_back(file.name, file.text);
        auto made = create(files);
        check(made.has_value(), made ? "" : made.error().field + ": " + made.error().message);
        return *std::move(made);
    }();
    return schema;
}

}  // namespace entente::domain
