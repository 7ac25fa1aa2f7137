#include <chrono>

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "base/codec.h"
#include "base/csv.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/print_record.h"
#include "domain/date_span.h"
#include "service/find_table.h"

namespace entente::cli {
namespace {

// All records that a text may mean: an id in the source may stand for an agreement and the channel under it.
Result<std::vector<std::string>> find_all(
    ledger::RecordView& view, const domain::Schema& schema, const std::string& text, bool retracted_too
) {
    ENTENTE_ASSIGN_OR_RETURN(
        const auto found, retracted_too ? view.resolve_any(text) : view.resolve({}, text)
    );
    std::vector<std::string> out;
    for (const auto& [id, type] : found) out.push_back(id);
    if (out.empty() || out.size() > 3) {
        ENTENTE_ASSIGN_OR_RETURN(auto one, service::make_resolver(view, schema)({}, text));
        out = {std::move(one)};
    }
    return out;
}

std::string csv_cells(const service::TableRow& row) {
    std::vector<std::string> cells;
    for (const auto& cell : row) cells.push_back(cell.value_or(""));
    return csv_line(cells);
}

std::string csv_heading(const service::RecordTable& table) {
    std::vector<std::string> names;
    for (const auto& column : table.columns()) names.push_back(column.name);
    return csv_line(names);
}

}  // namespace

Result<Exit> run_show(const Session& session, const ReadOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::read));
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node->view(options.as_of));
    auto ids = find_all(*view, session.schema, options.id, false);
    if (!ids) {
        // A record that was retracted is still there to be read.
        if (const auto gone = view->resolve_any(options.id); gone && gone->size() == 1)
            ids = std::vector{gone->front().first};
        else
            return std::unexpected(ids.error());
    }
    bool first = true;
    json::array several;
    for (const auto& id : *ids) {
        ENTENTE_ASSIGN_OR_RETURN(const auto history, view->history(id));
        const auto& record = history.back();
        if (options.json) {
            several.push_back(record_json(record));
            continue;
        }
        if (!std::exchange(first, false)) print("\n");
        print(render_record(session, *view, record));
    }
    if (options.json) print(pretty_json(several.size() == 1 ? several[0] : json::value(several)) + "\n");
    return Exit::done;
}

Result<Exit> run_history(const Session& session, const ReadOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::read));
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node->view(options.as_of));
    ENTENTE_ASSIGN_OR_RETURN(const auto ids, find_all(*view, session.schema, options.id, true));
    for (const auto& id : ids) {
        ENTENTE_ASSIGN_OR_RETURN(const auto history, view->history(id));
        if (history.empty())
            return fail(ErrorCode::not_found, "id", fmt::format("found no record called '{}'", options.id));
        if (!options.json) {
            print(render_history(session, *view, history));
            continue;
        }
        json::array out;
        for (const auto& revision : history) out.push_back(record_json(revision));
        print(pretty_json(out) + "\n");
    }
    return Exit::done;
}

Result<Exit> run_export(const Session& session, const ExportOptions& options) {
    namespace fs = std::filesystem;
    const fs::path directory = options.directory;
    std::error_code ec;
    if (fs::exists(directory) && !fs::is_empty(directory, ec))
        return fail(
            ErrorCode::conflict,
            "directory",
            fmt::format("found files in {}, expected a new or empty directory", directory.string())
        );
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::read));
    ENTENTE_ASSIGN_OR_RETURN(const auto standing, node->standing());
    const auto size = options.as_of.value_or(standing.entries);
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node->view(size));
    fs::create_directories(directory, ec);
    if (ec)
        return fail(
            ErrorCode::unavailable,
            "directory",
            fmt::format("could not make {}: {}", directory.string(), ec.message())
        );
    json::array files;
    for (const auto& type : session.schema.types()) {
        ledger::RecordQuery query;
        query.types = {type.type}, query.newest_first = false;
        service::Describer describe(*view, session.schema);
        ENTENTE_ASSIGN_OR_RETURN(
            const auto table,
            service::RecordTable::create(session.schema, type, {}, service::RecordTable::Form::plain)
        );
        std::size_t records = 0;
        std::string text;
        ENTENTE_RETURN_IF_ERROR(view->each(query, [&](ledger::Revision record) -> Result<void> {
            ++records;
            text += options.format == "csv" ? csv_cells(table.row(describe, record))
                                            : boost::json::serialize(record_json(record)) + "\n";
            return {};
        }));
        if (records == 0) continue;
        if (options.format == "csv") text.insert(0, csv_heading(table));
        const std::string name = type.type + "." + options.format;
        ENTENTE_RETURN_IF_ERROR(replace_file(directory / name, text));
        files.push_back(json::object{
            {"file", name},
            {"records", records},
            {"bytes", text.size()},
            {"sha256", base64(sha256(text).view())}});
        say(fmt::format("{:>6}  {}\n", records, name));
    }
    const json::object manifest{
        {"origin", node->config().origin},
        {"as_of", size},
        {"checkpoint", standing.note},
        {"context", "home"},
        {"made", to_text(system_clock().now())},
        {"files", files}};
    ENTENTE_RETURN_IF_ERROR(replace_file(directory / "manifest.json", pretty_json(manifest) + "\n"));
    say(fmt::format(
        "Written to {} with manifest.json. It holds what home staff may see, persons among it.\n",
        directory.string()
    ));
    return Exit::done;
}

}  // namespace entente::cli
