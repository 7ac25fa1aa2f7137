#include "policy/label.h"

#include "base/check.h"
#include "base/codec.h"
#include "base/hash.h"
#include "base/json.h"

namespace entente::policy {
namespace {

json::array to_json(const std::vector<std::string>& texts) {
    json::array array;
    for (const auto& text : texts) array.push_back(json::string(text));
    return array;
}

TagType type_of(std::string_view text) {
    if (text == "RESTRICTIVE") return TagType::restrictive;
    if (text == "PERMISSIVE") return TagType::permissive;
    if (text == "INFORMATIVE") return TagType::informative;
    return TagType::unknown;
}

std::string_view to_text(TagType type) {
    switch (type) {
        case TagType::restrictive:
            return "RESTRICTIVE";
        case TagType::permissive:
            return "PERMISSIVE";
        case TagType::informative:
            return "INFORMATIVE";
        case TagType::unknown:
            break;
    }
    return "UNKNOWN";
}

Result<std::vector<std::string>> texts(const json::value& value, const char* field) {
    std::vector<std::string> out;
    if (!value.is_array()) return fail(ErrorCode::invalid_argument, field, "expected a list of texts");
    for (const auto& item : value.get_array()) {
        if (!item.is_string()) return fail(ErrorCode::invalid_argument, field, "expected a list of texts");
        out.emplace_back(item.get_string().data(), item.get_string().size());
    }
    return out;
}

}  // namespace

Label Label::originator_only(std::string originator, std::string policy) {
    Label label{"UNCLASSIFIED", originator, std::move(policy), std::vector<std::string>{originator}, {}};
    return label;
}

Result<Label> Label::parse(std::string_view bytes) {
    ENTENTE_ASSIGN_OR_RETURN(const auto value, parse_json(bytes));
    const auto* object = value.if_object();
    if (!object) return fail(ErrorCode::invalid_argument, "label", "expected an object");
    Label label;
    label.classification = text_at(*object, "class");
    label.originator = text_at(*object, "originator");
    label.policy = text_at(*object, "policy");
    if (label.classification.empty() || label.originator.empty() || label.policy.empty())
        return fail(ErrorCode::invalid_argument, "label", "expected class, originator and policy");
    if (const auto* to = object->if_contains("releasable_to")) {
        ENTENTE_ASSIGN_OR_RETURN(label.releasable_to, texts(*to, "releasable_to"));
    }
    const auto* categories = object->if_contains("categories");
    if (!categories || !categories->is_array())
        return fail(ErrorCode::invalid_argument, "categories", "expected a list");
    for (const auto& item : categories->get_array()) {
        if (!item.is_object())
            return fail(ErrorCode::invalid_argument, "categories", "expected a list of tags");
        const auto& tag = item.get_object();
        const auto* values = tag.if_contains("values");
        if (!values) return fail(ErrorCode::invalid_argument, "categories", "expected values");
        ENTENTE_ASSIGN_OR_RETURN(auto list, texts(*values, "values"));
        label.categories.push_back({text_at(tag, "tag"), type_of(text_at(tag, "type")), std::move(list)});
    }
    return label;
}

std::string Label::bytes() const {
    json::array tags;
    for (const auto& tag : categories)
        tags.push_back(json::object{
            {"tag", tag.tag}, {"type", json::string(to_text(tag.type))}, {"values", to_json(tag.values)}});
    json::object object{
        {"categories", tags}, {"class", classification}, {"originator", originator}, {"policy", policy}};
    if (releasable_to) object["releasable_to"] = to_json(*releasable_to);
    auto text = canonical_json(object);
    check(text.has_value(), "a label can be written in the ledger's form");
    return *std::move(text);
}

std::string label_digest(std::string_view bytes) {
    return base64url(sha256(bytes).view());
}

}  // namespace entente::policy
