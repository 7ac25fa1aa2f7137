#include "schema_check.h"

#include <algorithm>

#include <boost/json/serialize.hpp>

namespace entente::tests {
namespace {

bool is_of(const json::value& value, std::string_view type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_bool();
    if (type == "null") return value.is_null();
    if (type == "integer") return value.is_int64() || value.is_uint64();
    return type == "number" && value.is_number();
}

bool fits_type(const json::value& value, const json::value& types) {
    if (types.is_string()) return is_of(value, types.as_string());
    return std::ranges::any_of(types.as_array(), [&](const auto& one) {
        return is_of(value, one.as_string());
    });
}

void add(std::vector<std::string>& out, std::vector<std::string> more) {
    out.insert(out.end(), more.begin(), more.end());
}

}  // namespace

std::vector<std::string> faults(
    const json::value& value, const json::object& schema, const json::object& all, const std::string& at
) {
    std::vector<std::string> out;
    for (const auto& [key, rule] : schema) {
        if (key == "description" || key == "title" || key == "properties" || key == "additionalProperties")
            continue;
        if (key == "$ref") {
            const std::string reference(rule.as_string());
            const auto name = reference.substr(reference.rfind('/') + 1);
            if (!all.contains(name)) return {at + ": there is no schema " + name};
            add(out, faults(value, all.at(name).as_object(), all, at));
        } else if (key == "type") {
            if (!fits_type(value, rule))
                out.push_back(
                    at + ": found " + json::serialize(value).substr(0, 60) + ", expected " +
                    json::serialize(rule)
                );
        } else if (key == "enum") {
            if (std::ranges::find(rule.as_array(), value) == rule.as_array().end())
                out.push_back(
                    at + ": found " + json::serialize(value).substr(0, 60) + ", expected one of " +
                    json::serialize(rule)
                );
        } else if (key == "required") {
            if (!value.is_object()) continue;
            for (const auto& name : rule.as_array())
                if (!value.as_object().contains(name.as_string()))
                    out.push_back(at + ": lacks " + std::string(name.as_string()));
        } else if (key == "items") {
            if (!value.is_array()) continue;
            for (std::size_t i = 0; i < value.as_array().size(); ++i)
                add(out,
                    faults(value.as_array()[i], rule.as_object(), all, at + "[" + std::to_string(i) + "]"));
        } else {
            out.push_back(at + ": the check does not know " + std::string(key));
        }
    }
    if (!value.is_object()) return out;
    const auto* properties = schema.if_contains("properties");
    const auto* others = schema.if_contains("additionalProperties");
    for (const auto& member : value.as_object()) {
        const auto* declared = properties ? properties->as_object().if_contains(member.key()) : nullptr;
        if (declared)
            add(out,
                faults(member.value(), declared->as_object(), all, at + "." + std::string(member.key())));
        else if (others && !others->as_bool())
            out.push_back(at + ": " + std::string(member.key()) + " is not declared");
    }
    return out;
}

}  // namespace entente::tests
