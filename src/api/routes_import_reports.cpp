// Training reports as they are published: several files, one import.
#include <boost/json/serialize.hpp>

#include "api/body.h"
#include "api/call.h"
#include "api/common_parameters.h"
#include "api/import_task.h"
#include "api/task_reply.h"
#include "ingest/fmtrpt/report_source.h"
#include "ingest/table/confined_table.h"

namespace entente::api {
namespace {

using UploadList = std::vector<std::shared_ptr<const Uploads::Upload>>;

Result<UploadList> uploads_of(Call& call, const json::object& body) {
    const auto* value = body.if_contains("uploads");
    const auto* ids = value ? value->if_array() : nullptr;
    if (!ids || ids->empty())
        return fail(ErrorCode::invalid_argument, "uploads", "found no list of uploads, expected one or more");
    UploadList out;
    for (const auto& id : *ids) {
        if (!id.is_string())
            return fail(ErrorCode::invalid_argument, "uploads", "found no text in the list, expected ids");
        ENTENTE_ASSIGN_OR_RETURN(auto upload, call.work().uploads().find(std::string(id.as_string())));
        out.push_back(std::move(upload));
    }
    return out;
}

Result<json::object> take_in(
    service::Node& node, const UploadList& uploads, service::ImportRunOptions run, TaskHandle& task
) {
    std::vector<std::filesystem::path> files;
    for (const auto& upload : uploads) files.push_back(upload->file.path());
    ENTENTE_ASSIGN_OR_RETURN(
        const auto source,
        ingest::fmtrpt::open_reports(
            files, [](const std::filesystem::path& file) { return ingest::table::open_confined_table(file); }
        )
    );
    return run_import_task(node, *source, std::move(run), task);
}

Result<Reply> import_reports(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto body, call.body());
    ENTENTE_RETURN_IF_ERROR(check_members(body, {"uploads", "preview", "replace"}));
    ENTENTE_ASSIGN_OR_RETURN(const auto preview, truth_of(body, "preview"));
    ENTENTE_ASSIGN_OR_RETURN(const auto replace, truth_of(body, "replace"));
    ENTENTE_ASSIGN_OR_RETURN(const auto uploads, uploads_of(call, body));
    service::ImportRunOptions run;
    run.preview = preview.value_or(false), run.replace = replace.value_or(false);
    run.as_new = true;  // a report is told by its years, not by its name
    auto& work = call.work();
    return task_reply(work.tasks().start(
        {"import",
         json::serialize(body) + call.visitor().account_id,
         run.preview ? "Previewing training reports" : "Taking in training reports"},
        [&work, uploads, run, author = call.visitor().account_id](TaskHandle& task) {
            return work.write<json::object>(task, author, [&](service::Node& node) {
                return take_in(node, uploads, run, task);
            });
        }
    ));
}

}  // namespace

void add_report_routes(Routes& out) {
    out.push_back(
        {.method = "POST",
         .path = "/api/imports/fmtrpt",
         .name = "importReports",
         .command = "import fmtrpt",
         .summary =
             "Take training reports in, with the file of their printed totals, or say what would happen",
         .allowed = kWriters,
         .body = "ReportsAsked",
         .reply = "Task",
         .answer = import_reports}
    );
}

}  // namespace entente::api
