#include "service/import_references.h"

#include <fmt/format.h>

namespace entente::service {
namespace {

void collect_targets(const std::vector<domain::Field>& fields, std::set<std::string>& targets) {
    for (const auto& field : fields) {
        targets.insert(field.to.begin(), field.to.end());
        collect_targets(field.fields, targets);
    }
}

}  // namespace

ImportReferences::ImportReferences(ledger::RecordView& view, const domain::Schema& schema) : view_(view) {
    for (const auto& type : schema.types()) collect_targets(type.fields, targets_);
}

void ImportReferences::add(const std::string& type, const std::string& handle, const std::string& rec) {
    if (targets_.contains(type)) ids_[type + ":" + handle] = rec;
}

void ImportReferences::forget(const std::string& type, const std::string& handle) {
    ids_.erase(type + ":" + handle);
}

Result<std::optional<std::string>> ImportReferences::find(
    const std::string& type, const std::string& handle
) {
    const auto [at, is_new] = ids_.try_emplace(type + ":" + handle);
    if (!is_new) return at->second;
    ENTENTE_ASSIGN_OR_RETURN(const auto found, view_.resolve({type}, handle));
    for (const auto& [rec, found_type] : found) {
        ENTENTE_ASSIGN_OR_RETURN(const auto record, view_.current(rec));
        if (!record) continue;
        for (const char* field : {"code", "key", "source_id"})
            if (text_at(record->content, field) == handle) at->second = rec;
    }
    return at->second;
}

Result<void> ImportReferences::resolve(const domain::RecordType& type, domain::Content& content) {
    for (const auto& field : type.fields) {
        if (field.type != domain::FieldType::reference && field.type != domain::FieldType::group) continue;
        if (auto* value = content.if_contains(field.name)) ENTENTE_RETURN_IF_ERROR(resolve(field, *value));
    }
    return {};
}

Result<void> ImportReferences::resolve(const domain::Field& field, json::value& value) {
    if (field.type != domain::FieldType::reference && field.type != domain::FieldType::group) return {};
    if (auto* list = value.if_array()) {
        for (auto& item : *list) ENTENTE_RETURN_IF_ERROR(resolve(field, item));
        return {};
    }
    if (field.type == domain::FieldType::group) {
        auto* group = value.if_object();
        for (const auto& sub : field.fields)
            if (auto* part = group ? group->if_contains(sub.name) : nullptr)
                ENTENTE_RETURN_IF_ERROR(resolve(sub, *part));
        return {};
    }
    const auto* text = value.if_string();
    if (!text) return {};
    const std::string wanted(text->data(), text->size());
    // Nearly all rows refer to what one before them referred to.
    if (const auto known = ids_.find(wanted); known != ids_.end() && known->second) {
        value = json::string(*known->second);
        return {};
    }
    const auto colon = wanted.find(':');
    if (colon == std::string::npos) return {};
    ENTENTE_ASSIGN_OR_RETURN(const auto id, find(wanted.substr(0, colon), wanted.substr(colon + 1)));
    if (!id)
        return fail(
            ErrorCode::invalid_argument,
            field.name,
            fmt::format(
                "found '{}', expected the code or id of {} on record",
                wanted.substr(colon + 1),
                fmt::join(field.to, " or ")
            )
        );
    value = json::string(*id);
    return {};
}

}  // namespace entente::service
