#include "service/export_record.h"

#include <boost/json/serialize.hpp>

#include "base/clock.h"
#include "base/codec.h"
#include "base/csv.h"
#include "base/hash.h"
#include "service/find_table.h"
#include "service/record_json.h"

namespace entente::service {
namespace {

std::string csv_cells(const TableRow& row) {
    std::vector<std::string> cells;
    for (const auto& cell : row) cells.push_back(cell.value_or(""));
    return csv_line(cells);
}

std::string csv_heading(const RecordTable& table) {
    std::vector<std::string> names;
    for (const auto& column : table.columns()) names.push_back(column.name);
    return csv_line(names);
}

struct TypeFile {
    std::string text;
    std::size_t records = 0;
};

Result<TypeFile> file_of(
    const domain::Schema& schema, ledger::RecordView& view, const domain::RecordType& type, bool csv
) {
    ledger::RecordQuery query;
    query.types = {type.type}, query.newest_first = false;
    Describer describe(view, schema);
    ENTENTE_ASSIGN_OR_RETURN(
        const auto table, RecordTable::create(schema, type, {}, RecordTable::Form::plain)
    );
    TypeFile out;
    if (csv) out.text = csv_heading(table);
    ENTENTE_RETURN_IF_ERROR(view.each(query, [&](const ledger::Revision& record) -> Result<void> {
        ++out.records;
        out.text +=
            csv ? csv_cells(table.row(describe, record)) : boost::json::serialize(record_json(record)) + "\n";
        return {};
    }));
    return out;
}

}  // namespace

Result<json::object> export_record(
    Node& node,
    ledger::RecordView& view,
    const ExportRequest& request,
    const ExportSink& sink,
    const ExportTold& told
) {
    json::array files;
    for (const auto& type : node.schema().types()) {
        ENTENTE_ASSIGN_OR_RETURN(const auto file, file_of(node.schema(), view, type, request.csv));
        if (file.records == 0) continue;
        const std::string name = type.type + (request.csv ? ".csv" : ".ndjson");
        ENTENTE_RETURN_IF_ERROR(sink(name, file.text));
        files.push_back(json::object{
            {"file", name},
            {"records", file.records},
            {"bytes", file.text.size()},
            {"sha256", base64(sha256(file.text).view())}});
        if (told) told(name, file.records);
    }
    json::object manifest;
    if (request.context.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(const auto standing, node.standing());
        manifest = {
            {"origin", node.config().origin},
            {"as_of", view.as_of()},
            {"checkpoint", standing.note},
            {"context", "home"},
            {"made", to_text(system_clock().now())}};
    } else {
        manifest = {{"context", "what " + request.context + " may see"}};
    }
    manifest["files"] = std::move(files);
    ENTENTE_RETURN_IF_ERROR(sink("manifest.json", pretty_json(manifest) + "\n"));
    return manifest;
}

}  // namespace entente::service
