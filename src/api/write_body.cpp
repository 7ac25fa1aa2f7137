#include "api/write_body.h"

namespace entente::api {

Result<service::TypedFields> typed_fields(const json::object& body, const char* name) {
    service::TypedFields out;
    const auto* value = body.if_contains(name);
    if (!value) return out;
    const auto* fields = value->if_object();
    if (!fields) return fail(ErrorCode::invalid_argument, name, "found no object, expected fields by name");
    for (const auto& member : *fields) {
        const std::string field(member.key());
        auto& texts = out[field];
        if (const auto* one = member.value().if_string()) {
            texts.emplace_back(one->data(), one->size());
            continue;
        }
        const auto* list = member.value().if_array();
        if (!list)
            return fail(ErrorCode::invalid_argument, field, "found no text, expected one or a list of texts");
        for (const auto& item : *list) {
            const auto* text = item.if_string();
            if (!text)
                return fail(ErrorCode::invalid_argument, field, "found no text in its list, expected texts");
            texts.emplace_back(text->data(), text->size());
        }
        if (texts.empty()) out.erase(field);
    }
    return out;
}

Result<service::WriteOptions> options_of(const Call& call, const json::object& body) {
    service::WriteOptions out;
    out.idempotency_key = call.idempotency_key();
    if (const auto* preview = body.if_contains("preview")) {
        if (!preview->is_bool())
            return fail(ErrorCode::invalid_argument, "preview", "found neither true nor false");
        out.preview = preview->get_bool();
    }
    if (const auto* nations = body.if_contains("releasable_to")) {
        const auto* list = nations->if_array();
        if (!list)
            return fail(ErrorCode::invalid_argument, "releasable_to", "found no list, expected nations");
        for (const auto& one : *list) {
            if (!one.is_string())
                return fail(ErrorCode::invalid_argument, "releasable_to", "found no text, expected nations");
            out.releasable_to.emplace_back(one.as_string());
        }
        out.originator_only = list->empty();
    }
    return out;
}

}  // namespace entente::api
