#include "api/import_task.h"

#include <fmt/format.h>

#include "service/import_json.h"

namespace entente::api {
namespace {

constexpr std::size_t kShownRows = 2000;

}  // namespace

Result<json::object> run_import_task(
    service::Node& node, ingest::ImportSource& source, service::ImportRunOptions run, TaskHandle& task
) {
    run.progress = [&](const service::ImportProgress& progress) {
        task.tell(progress.share, fmt::format("{} rows", progress.rows));
    };
    run.stopped = [&] { return task.stopped(); };
    ENTENTE_ASSIGN_OR_RETURN(const auto report, service::run_import(node, source, run));
    auto out = service::import_run_json(report);
    // A page shows so many; all of them are a file.
    for (const char* list : {"set_aside", "changes"}) {
        auto& rows = out[list].as_array();
        out[std::string(list) + "_total"] = rows.size();
        if (rows.size() > kShownRows) rows.resize(kShownRows);
    }
    out["set_aside_csv"] = service::set_aside_csv(report);
    out["preview"] = run.preview;
    return out;
}

}  // namespace entente::api
