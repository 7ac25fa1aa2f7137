#include <chrono>

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "accounts/access_log.h"
#include "base/clock.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/print_record.h"
#include "domain/date_span.h"
#include "service/export_record.h"

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

namespace {

/// Who carries the record away stands in the access log, on the command line as over the API.
Result<void> keep_in_access_log(const Session& session, const std::string& format) {
    ENTENTE_ASSIGN_OR_RETURN(const auto store, session.open_accounts());
    accounts::AccessLog log(*store, system_clock());
    return log.append(
        {.account = "(owner)", .route = "export", .what = "export", .detail = "all records, " + format}
    );
}

}  // namespace

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
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node->view(options.as_of));
    fs::create_directories(directory, ec);
    if (ec)
        return fail(
            ErrorCode::unavailable,
            "directory",
            fmt::format("could not make {}: {}", directory.string(), ec.message())
        );
    ENTENTE_RETURN_IF_ERROR(keep_in_access_log(session, options.format));
    ENTENTE_RETURN_IF_ERROR(service::export_record(
        *node,
        *view,
        {options.format == "csv", {}},
        [&](const std::string& name, const std::string& bytes) {
            return replace_file(directory / name, bytes);
        },
        [](const std::string& name, std::size_t records) { say(fmt::format("{:>6}  {}\n", records, name)); }
    ));
    say(fmt::format(
        "Written to {} with manifest.json. It holds what home staff may see, persons among it.\n",
        directory.string()
    ));
    return Exit::done;
}

}  // namespace entente::cli
