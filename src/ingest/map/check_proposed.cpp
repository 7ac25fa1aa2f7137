#include "base/codec.h"
#include "base/hash.h"
#include "ingest/map/row_mapper.h"

namespace entente::ingest::map {
namespace {

using domain::Field;
using domain::FieldType;

// Any text in the place of a reference becomes an id that only this text has.
void stand_in(const Field& field, json::value& value) {
    if (auto* list = value.if_array()) {
        for (auto& item : *list) stand_in(field, item);
    } else if (auto* group = value.if_object(); group && field.type == FieldType::group) {
        for (const auto& sub : field.fields)
            if (auto* part = group->if_contains(sub.name)) stand_in(sub, *part);
    } else if (field.type == FieldType::reference && value.is_string()) {
        const auto hash = sha256(std::string_view(value.get_string().data(), value.get_string().size()));
        value = json::string(base32(hash.view().substr(0, 16)));
    }
}

}  // namespace

Result<void> check_proposed(const domain::Schema& schema, const ProposedRecord& record) {
    const auto& type = *schema.find(record.type);
    auto content = record.content;
    for (const auto& field : type.fields)
        if (auto* value = content.if_contains(field.name)) stand_in(field, *value);
    return domain::validate(schema, type, content);
}

}  // namespace entente::ingest::map
