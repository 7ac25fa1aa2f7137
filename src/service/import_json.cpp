#include "service/import_json.h"

#include "base/csv.h"

namespace entente::service {
namespace {

json::object file_json(const ImportFileReport& file) {
    const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
    return {
        {"file", file.file},
        {"read_before", file.read_before},
        {"seen", number(file.seen)},
        {"added", number(file.added)},
        {"changed", number(file.changed)},
        {"unchanged", number(file.unchanged)},
        {"set_aside", number(file.set_aside)},
        {"gone", number(file.gone)}};
}

const char* word_of(EditionChange::Kind kind) {
    switch (kind) {
        case EditionChange::Kind::changed:
            return "changed";
        case EditionChange::Kind::added:
            return "new";
        case EditionChange::Kind::gone:
            return "gone";
        case EditionChange::Kind::kept_by_hand:
            return "kept as revised by hand";
        case EditionChange::Kind::kept_unreadable:
            return "stands: cannot be read now";
    }
    return "";
}

json::array changes_json(const ImportReport& report) {
    json::array out;
    for (const auto& change : report.changes) {
        json::array fields;
        for (const auto& field : change.fields)
            fields.push_back(json::object{{"field", field.field}, {"old", field.before}, {"new", field.now}});
        out.push_back(json::object{
            {"what", word_of(change.kind)},
            {"id", change.handle},
            {"rec", change.rec},
            {"type", change.type},
            {"brief", change.brief},
            {"fields", std::move(fields)},
            {"note", change.note}});
    }
    return out;
}

/// Files without an earlier edition whose rows are on record from another file of the source.
json::array elsewhere_json(const ImportReport& report) {
    json::array out;
    for (const auto& one : report.elsewhere) {
        const auto& file = report.files[one.file - 1];
        out.push_back(json::object{
            {"file", file.file},
            {"edition", one.edition},
            {"rows", static_cast<std::int64_t>(one.rows)},
            {"by_id", one.by_id},
            // As `refuse_renamed` asks: a file most of whose new rows are on record is not kept as a new one.
            {"refused", one.rows * 2 >= file.added}});
    }
    return out;
}

}  // namespace

json::object import_run_json(const ImportReport& report) {
    json::array files, aside, remarks;
    for (const auto& file : report.files) files.push_back(file_json(file));
    for (const auto& row : report.set_aside)
        aside.push_back(json::object{
            {"file", row.file},
            {"place", row.place},
            {"id", row.id},
            {"field", row.field},
            {"reason", row.reason}});
    for (const auto& remark : report.remarks)
        remarks.push_back(json::object{
            {"remark", remark.text},
            {"rows", static_cast<std::int64_t>(remark.rows)},
            {"first", remark.first_file + ":" + remark.first_place}});
    json::object out{
        {"source", report.source_key},
        {"kept", report.kept},
        {"records", static_cast<std::int64_t>(report.records)},
        {"files", files},
        {"total", file_json(report.total())},
        {"set_aside", aside},
        {"changes", changes_json(report)},
        {"remarks", remarks},
        {"elsewhere", elsewhere_json(report)}};
    if (report.kept) out["entry"] = static_cast<std::int64_t>(report.index);
    if (report.kept) out["checkpoint"] = report.checkpoint;
    return out;
}

std::string set_aside_csv(const ImportReport& report) {
    auto out = csv_line({"file", "place", "id", "field", "reason"});
    for (const auto& row : report.set_aside)
        out += csv_line({row.file, row.place, row.id, row.field, row.reason});
    return out;
}

json::array imports_json(const std::vector<ImportOnRecord>& imports) {
    json::array out;
    for (const auto& import : imports) {
        json::object item{
            {"entry", static_cast<std::int64_t>(import.index)},
            {"recorded", import.t},
            {"source", import.source_key},
            {"files", static_cast<std::int64_t>(import.files)},
            {"records", static_cast<std::int64_t>(import.rows)}};
        if (import.undone_by) item["undone_by"] = static_cast<std::int64_t>(*import.undone_by);
        out.push_back(std::move(item));
    }
    return out;
}

json::object undone_json(const UndoneImport& undone) {
    return {
        {"entry", static_cast<std::int64_t>(undone.import.index)},
        {"source", undone.import.source_key},
        {"withdrawn", static_cast<std::int64_t>(undone.withdrawn - undone.reinstated)},
        {"reinstated", static_cast<std::int64_t>(undone.reinstated)},
        {"kept_as_revised", static_cast<std::int64_t>(undone.kept)},
        {"undone_by", static_cast<std::int64_t>(undone.index)}};
}

}  // namespace entente::service
