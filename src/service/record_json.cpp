#include "service/record_json.h"

#include <algorithm>

#include "base/codec.h"
#include "domain/date_span.h"
#include "domain/empty.h"
#include "service/cited_documents.h"
#include "service/describe.h"

namespace entente::service {
namespace {

json::string_view name_of(const std::string& name) {
    return {name.data(), name.size()};
}

/// A field with what it says; rows of a group stand apart.
json::object field_json(Describer& describe, const domain::Field& field, const json::value& value) {
    json::object out{
        {"name", field.name},
        {"label", field.label},
        {"help", field.help},
        {"words", describe.words(field, value)},
        {"typed", describe.plain(field, value)},
        {"value", value}};
    if (const auto empty = domain::empty_of(value)) {
        out["empty"] = std::string(domain::to_words(*empty));
        return out;
    }
    if (field.type == domain::FieldType::reference && value.is_string()) out["record"] = value;
    const auto* items = value.if_array();
    if (!items || (field.type != domain::FieldType::group && !field.many)) return out;
    json::array rows;
    for (const auto& item : *items) {
        json::object row{{"words", describe.words(field, item)}, {"typed", describe.plain(field, item)}};
        if (field.type == domain::FieldType::reference && item.is_string()) row["record"] = item;
        if (const auto* group = item.if_object(); group && !domain::empty_of(item)) {
            json::object parts, records;
            for (const auto& sub : field.fields)
                if (const auto* part = group->if_contains(name_of(sub.name))) {
                    parts[sub.name] = describe.words(sub, *part);
                    if (sub.type == domain::FieldType::reference && part->is_string())
                        records[sub.name] = *part;
                }
            row["parts"] = std::move(parts);
            if (!records.empty()) row["records"] = std::move(records);
        }
        rows.push_back(std::move(row));
    }
    out["rows"] = std::move(rows);
    return out;
}

/// What another source says, by field.
json::array claims_on(const domain::Content& content, const std::string& field) {
    json::array out;
    const auto* conflicts = content.if_contains("conflicts");
    const auto* list = conflicts ? conflicts->if_array() : nullptr;
    if (!list) return out;
    for (const auto& one : *list)
        if (const auto* claim = one.if_object(); claim && text_at(*claim, "field") == field)
            out.push_back(*claim);
    return out;
}

/// To another nation the place is not told: how far entries lie apart tells of those between them.
bool place_is_told(const ledger::Revision& record) {
    return !record.by.empty();
}

json::object place_json(const ledger::Revision& record) {
    json::object out;
    if (!record.t.empty()) out["recorded"] = record.t;
    if (place_is_told(record)) out["entry"] = record.index, out["account"] = record.by;
    if (record.row >= 0) out["row"] = record.row, out["at"] = record.at;
    out["leaf"] = base64(record.leaf.view());
    return out;
}

const char* act_of(const ledger::Revision& record) {
    if (record.kind == "supersede") return "superseded";
    if (record.kind == "retract") return "retracted";
    return record.kind == "row" ? "imported" : "recorded";
}

/// The fields that changed; of the first revision what names it and places it in time.
json::array changes_json(
    Describer& describe,
    const domain::RecordType& type,
    const ledger::Revision* before,
    const ledger::Revision& revision
) {
    json::array out;
    for (const auto& field : type.fields) {
        const auto* now = revision.content.if_contains(name_of(field.name));
        const auto* then = before ? before->content.if_contains(name_of(field.name)) : nullptr;
        if (!now && !then) continue;
        if (before ? now && then && *now == *then
                   : std::ranges::find(type.title, field.name) == type.title.end() && field.name != type.day)
            continue;
        json::object change{{"field", field.name}, {"label", field.label}};
        if (then) change["before"] = describe.words(field, *then);
        if (now) change["after"] = describe.words(field, *now);
        out.push_back(std::move(change));
    }
    return out;
}

}  // namespace

json::object record_json(const ledger::Revision& record) {
    json::object out{
        {"id", record.rec}, {"type", record.type}, {"revision", record.number}, {"kind", record.kind}};
    if (place_is_told(record)) out["entry"] = record.index, out["by"] = record.by;
    if (record.row >= 0) out["row"] = record.row, out["at"] = record.at;
    out["leaf"] = base64(record.leaf.view());
    out["recorded"] = record.t;
    if (!record.reason.empty()) out["reason"] = record.reason;
    out["label"] = record.label;
    if (record.until && place_is_told(record)) out["current_until_entry"] = *record.until;
    if (record.erased) out["erased_values"] = record.erased;
    out["fields"] = record.content;
    return out;
}

json::object record_line_json(
    Describer& describe,
    const domain::Schema& schema,
    const ledger::Revision& record,
    const std::vector<std::string>& fields
) {
    const auto* type = schema.find(record.type);
    json::object out{
        {"id", record.rec},
        {"type", record.type},
        {"type_name", type ? type->name : record.type},
        {"handle", describe.handle(record)},
        {"title", describe.title(record)},
        {"revision", record.number}};
    const auto* day = type && !type->day.empty() ? record.content.if_contains(name_of(type->day)) : nullptr;
    if (day && type) out["when"] = describe.words(*type->find(type->day), *day), out["day"] = *day;
    json::object cells;
    for (const auto& name : fields) {
        const auto* field = type ? type->find(name) : nullptr;
        const auto* value = field ? record.content.if_contains(name_of(name)) : nullptr;
        if (value) cells[name] = describe.words(*field, *value);
    }
    out["cells"] = std::move(cells);
    if (record.content.contains("conflicts")) out["disputed"] = true;
    return out;
}

Result<json::object> record_page_json(
    ledger::RecordView& view, const domain::Schema& schema, const ledger::Revision& record, KnownNames& names
) {
    Describer describe(view, schema, names);
    const auto* type = schema.find(record.type);
    auto out = record_line_json(describe, schema, record, {});
    out.erase("cells");
    out["kind"] = record.kind;
    out["retracted"] = record.kind == "retract" || record.until.has_value();
    if (!record.reason.empty()) out["reason"] = schema.name_of("reason", record.reason);
    json::array fields;
    for (const auto& member : record.content) {
        const std::string name(member.key());
        const auto* field = type ? type->find(name) : nullptr;
        if (!field) continue;
        auto one = field_json(describe, *field, member.value());
        if (auto claims = claims_on(record.content, name); !claims.empty()) one["claims"] = std::move(claims);
        fields.push_back(std::move(one));
    }
    out["fields"] = std::move(fields);
    if (record.erased > 0) out["erased_values"] = record.erased;
    ENTENTE_ASSIGN_OR_RETURN(const auto words, cited_words(view, record.content));
    json::array cited;
    for (const auto& one : words)
        cited.push_back(json::object{
            {"document", one.document},
            {"title", describe.name_of(one.document)},
            {"place", one.place},
            {"words", one.words},
            {"cut", one.cut}});
    out["cited_words"] = std::move(cited);
    out["label"] = record.label;
    out["place"] = place_json(record);
    ledger::RecordQuery naming;
    naming.actors = {record.rec};
    ENTENTE_ASSIGN_OR_RETURN(const auto named_by, view.count(naming));
    out["named_by"] = named_by;
    return out;
}

json::object history_json(
    ledger::RecordView& view, const domain::Schema& schema, const std::vector<ledger::Revision>& history
) {
    Describer describe(view, schema);
    const auto* type = schema.find(history.front().type);
    json::array items;
    const ledger::Revision* before = nullptr;
    for (const auto& revision : history) {
        json::object one{{"revision", revision.number}, {"act", act_of(revision)}};
        one["place"] = place_json(revision);
        one["current"] = !revision.until && revision.kind != "retract";
        if (revision.until && place_is_told(revision)) one["until_entry"] = *revision.until;
        if (!revision.reason.empty()) one["reason"] = schema.name_of("reason", revision.reason);
        if (type) {
            const auto* field = type->find("note");
            const auto* remark = revision.content.if_contains("note");
            if (field && remark) one["remark"] = describe.words(*field, *remark);
            if (revision.kind != "retract") {
                one["changes"] = changes_json(describe, *type, before, revision);
                before = &revision;
            }
        }
        items.push_back(std::move(one));
    }
    return {{"id", history.front().rec}, {"type", history.front().type}, {"items", std::move(items)}};
}

}  // namespace entente::service
