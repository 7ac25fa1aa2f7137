#include "ingest/contacts/additions.h"

#include <fmt/format.h>

#include "domain/input.h"

namespace entente::ingest::contacts {
namespace {

constexpr std::string_view kConflict = "conflict:";
constexpr std::string_view kGeneralKnowledge = "general-knowledge";

// Spent while the row was read: they decide which records it stands for.
bool is_spent(const std::string& field) {
    return field == "also_channel" || field == "agreement_kind";
}

json::array& array_at(domain::Content& content, const char* field) {
    auto& value = content[field];
    if (!value.is_array()) value = json::array{};
    return value.get_array();
}

void note_ground(domain::Content& content, const std::string& field, const Addition& addition) {
    array_at(content, "coding_note").push_back(json::string(fmt::format("{}: {}", field, addition.reason)));
    if (addition.source_key.empty()) return;
    if (addition.source_key == kGeneralKnowledge) {
        auto& known = array_at(content, "general_knowledge");
        for (const auto& item : known)
            if (item == json::value("all") || item == json::value(json::string(field))) return;
        known.push_back(json::string(field));
        return;
    }
    const auto source = reference("source", addition.source_key);
    // A source that is cited for the whole record speaks for the addition, too.
    for (const auto& citation : array_at(content, "citations"))
        if (citation.as_object().at("source") == json::value(source) &&
            !citation.as_object().contains("fields"))
            return;
    array_at(content, "citations")
        .push_back(json::object{{"source", source}, {"fields", json::array{json::string(field)}}});
}

Result<void> apply_conflict(
    const Addition& addition,
    const std::string& field,
    std::vector<RowRecord>& records,
    const domain::Schema& schema
) {
    for (auto& record : records) {
        if (!schema.find(record.type)->find(field)) continue;
        json::object conflict{{"field", field}, {"claim", addition.value}};
        if (!addition.source_key.empty() && addition.source_key != kGeneralKnowledge)
            conflict["source"] = reference("source", addition.source_key);
        array_at(record.content, "conflicts").push_back(std::move(conflict));
        array_at(record.content, "coding_note")
            .push_back(json::string(fmt::format("{}: {}", field, addition.reason)));
        return {};
    }
    return fail(
        ErrorCode::invalid_argument,
        "field",
        fmt::format("found '{}', expected a field of the row's records", addition.field)
    );
}

}  // namespace

AdditionTable read_additions(const Folder& folder) {
    AdditionTable table;
    if (const auto* file = folder.find("additions.csv"))
        for (const auto& row : file->table.rows)
            if (row.cells.size() == file->table.columns.size())
                table[file->cell(row, "id")].push_back(
                    {row.line,
                     file->cell(row, "field"),
                     file->cell(row, "value"),
                     file->cell(row, "reason"),
                     file->cell(row, "source_key")}
                );
    return table;
}

std::map<std::string, std::string> as_fields(const std::vector<Addition>& additions) {
    std::map<std::string, std::string> out;
    for (const auto& addition : additions) out[addition.field] = addition.value;
    return out;
}

Result<void> apply_addition(
    const domain::Schema& schema, const Addition& addition, std::vector<RowRecord>& records
) {
    if (addition.field.starts_with(kConflict))
        return apply_conflict(addition, addition.field.substr(kConflict.size()), records, schema);
    if (is_spent(addition.field)) {
        for (auto& record : records) {
            const bool mine =
                addition.field == "also_channel" ? record.type == "channel" : record.type == "agreement";
            if (mine) note_ground(record.content, "kind", addition);
        }
        return {};
    }
    const domain::Resolver placeholder = [](const std::vector<std::string>& types,
                                            std::string_view text) -> Result<std::string> {
        return std::string(reference(types.front(), text));
    };
    bool applied = false;
    for (auto& record : records) {
        const auto* field = schema.find(record.type)->find(addition.field);
        if (!field) continue;
        auto value = domain::parse_field(schema, *field, {addition.value}, placeholder);
        if (!value) return fail(ErrorCode::invalid_argument, addition.field, value.error().message);
        record.content[field->name] = *std::move(value);
        note_ground(record.content, field->name, addition);
        applied = true;
    }
    if (!applied)
        return fail(
            ErrorCode::invalid_argument,
            "field",
            fmt::format("found '{}', expected a field of the row's records", addition.field)
        );
    return {};
}

}  // namespace entente::ingest::contacts
