#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "api/body.h"
#include "api/call.h"
#include "api/common_parameters.h"
#include "api/import_task.h"
#include "base/clock.h"
#include "ingest/map/map_source.h"
#include "ingest/map/propose_map.h"
#include "service/import_json.h"
#include "service/recorded_names.h"

namespace entente::api {
namespace {

namespace map = ingest::map;

constexpr std::size_t kMostUpload = 64 << 20;

Result<Reply> keep_upload(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(auto id, call.work().uploads().keep(call.text("name"), call.request().body));
    return json_reply(
        json::object{
            {"upload", std::move(id)}, {"name", call.text("name")}, {"bytes", call.request().body.size()}},
        201
    );
}

Result<Reply> propose(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto upload, call.work().uploads().find(call.text("id")));
    ENTENTE_ASSIGN_OR_RETURN(auto* const node, call.node());
    ENTENTE_ASSIGN_OR_RETURN(const auto names, service::recorded_names(*node));
    ENTENTE_ASSIGN_OR_RETURN(
        const auto proposal,
        map::propose_map(upload->file.path(), call.text("sheet"), node->config().home, today(), names)
    );
    return json_reply(json::object{
        {"name", upload->name},
        {"map", proposal.map},
        {"remarks", json::array(proposal.remarks.begin(), proposal.remarks.end())},
        {"samples", json::array(proposal.samples.begin(), proposal.samples.end())}});
}

/// What one asks of an import.
struct ImportAsked {
    std::string map, edition, sheet;
    bool preview = false, replace = false, as_new = false;
};

Result<ImportAsked> import_asked(const json::object& body) {
    ENTENTE_RETURN_IF_ERROR(
        check_members(body, {"upload", "map", "edition", "sheet", "preview", "replace", "as_new"})
    );
    ImportAsked out;
    const auto take = [&](const char* name, std::string& into) -> Result<void> {
        ENTENTE_ASSIGN_OR_RETURN(auto text, text_of(body, name));
        into = std::move(text).value_or("");
        return {};
    };
    const auto flag = [&](const char* name, bool& into) -> Result<void> {
        ENTENTE_ASSIGN_OR_RETURN(const auto truth, truth_of(body, name));
        into = truth.value_or(false);
        return {};
    };
    ENTENTE_RETURN_IF_ERROR(take("map", out.map));
    ENTENTE_RETURN_IF_ERROR(take("edition", out.edition));
    ENTENTE_RETURN_IF_ERROR(take("sheet", out.sheet));
    ENTENTE_RETURN_IF_ERROR(flag("preview", out.preview));
    ENTENTE_RETURN_IF_ERROR(flag("replace", out.replace));
    ENTENTE_RETURN_IF_ERROR(flag("as_new", out.as_new));
    return out;
}

Result<json::object> take_in(
    service::Node& node, const std::filesystem::path& file, const ImportAsked& asked, TaskHandle& task
) {
    ENTENTE_ASSIGN_OR_RETURN(const auto names, service::recorded_names(node));
    auto text = asked.map;
    if (text.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(
            auto proposal, map::propose_map(file, asked.sheet, node.config().home, today(), names)
        );
        text = std::move(proposal.map);
    }
    auto read = map::parse_map(text);
    if (!read)
        return fail(
            read.error().code, "map", fmt::format("{}: {}", read.error().field, read.error().message)
        );
    if (!asked.sheet.empty()) read->sheets = {asked.sheet};
    if (!asked.edition.empty()) read->edition = asked.edition.substr(0, asked.edition.find('!'));
    ENTENTE_ASSIGN_OR_RETURN(
        const auto source, map::MapSource::open(*std::move(read), {file}, today(), names)
    );
    service::ImportRunOptions run;
    run.preview = asked.preview, run.replace = asked.replace, run.as_new = asked.as_new;
    ENTENTE_ASSIGN_OR_RETURN(auto out, run_import_task(node, *source, std::move(run), task));
    json::array remarks;
    for (const auto& remark : source->remarks()) remarks.emplace_back(remark);
    out["source_remarks"] = std::move(remarks);
    return out;
}

Result<Reply> import_upload(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto body, call.body());
    ENTENTE_ASSIGN_OR_RETURN(const auto asked, import_asked(body));
    ENTENTE_ASSIGN_OR_RETURN(const auto upload_id, needed_text(body, "upload"));
    ENTENTE_ASSIGN_OR_RETURN(const auto upload, call.work().uploads().find(upload_id));
    auto& work = call.work();
    ENTENTE_ASSIGN_OR_RETURN(
        auto begun,
        work.tasks().start(
            {asked.preview ? "preview " + upload_id : "import",
             json::serialize(body) + call.visitor().account_id,
             fmt::format("{} {}", asked.preview ? "Previewing" : "Taking in", upload->name),
             asked.preview},
            [&work, upload, asked, author = call.visitor().account_id](TaskHandle& task) {
                return work.write<json::object>(task, author, [&](service::Node& node) {
                    return take_in(node, upload->file.path(), asked, task);
                });
            }
        )
    );
    return json_reply(std::move(begun.task), begun.anew ? 202 : 200);
}

Result<Reply> list_imports(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    ENTENTE_ASSIGN_OR_RETURN(const auto imports, service::list_imports(*view));
    return json_reply(json::object{
        {"items", service::imports_json(imports)}, {"as_of", call.size_json(*view)}});
}

Result<Reply> undo_import(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto body, call.body());
    ENTENTE_ASSIGN_OR_RETURN(const auto entry, call.whole("entry"));
    ENTENTE_RETURN_IF_ERROR(check_members(body, {"reason", "preview"}));
    ENTENTE_ASSIGN_OR_RETURN(const auto reason, needed_text(body, "reason"));
    ENTENTE_ASSIGN_OR_RETURN(const auto preview, truth_of(body, "preview"));
    return call.write([&](service::Node& node) -> Result<Reply> {
        ENTENTE_ASSIGN_OR_RETURN(
            const auto undone, service::undo_import(node, *entry, reason, preview.value_or(false))
        );
        return json_reply(service::undone_json(undone));
    });
}

Result<Reply> list_tasks(Call& call) {
    return json_reply(json::object{{"items", call.work().tasks().list()}});
}

Result<Reply> show_task(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto id, call.whole("id"));
    ENTENTE_ASSIGN_OR_RETURN(auto out, call.work().tasks().show(*id));
    auto reply = json_reply(std::move(out));
    reply.cached = false;
    return reply;
}

Result<Reply> stop_task(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto id, call.whole("id"));
    ENTENTE_ASSIGN_OR_RETURN(auto out, call.work().tasks().stop(*id));
    return json_reply(std::move(out));
}

}  // namespace

void add_import_routes(Routes& out) {
    out.push_back(
        {.method = "POST",
         .path = "/api/uploads",
         .name = "keepUpload",
         .command = "import table",
         .summary = "Hand a file over, to be looked at and taken in; its bytes are the body",
         .allowed = kWriters,
         .parameters = {{"name", Kind::text, "The name it had", true}},
         .body = "File",
         .reply = "Upload",
         .most_body = kMostUpload,
         .answer = keep_upload}
    );
    out.push_back(
        {.method = "POST",
         .path = "/api/uploads/{id}/proposal",
         .name = "proposeMap",
         .command = "import table",
         .summary = "How its columns were understood: a map to be looked at and mended",
         .allowed = kWriters,
         .parameters =
             {in_path("id", Kind::text, "Of the upload"),
              {"sheet", Kind::text, "Sheet of a workbook, by name or number; * for all"}},
         .reply = "MapProposal",
         .answer = propose}
    );
    out.push_back(
        {.method = "GET",
         .path = "/api/imports",
         .name = "listImports",
         .command = "import list",
         .summary = "All imports on record",
         .parameters = {as_of()},
         .reply = "Imports",
         .list = "items",
         .answer = list_imports}
    );
    out.push_back(
        {.method = "POST",
         .path = "/api/imports",
         .name = "importUpload",
         .command = "import table",
         .summary = "Take a file in by a map, or say what would happen",
         .allowed = kWriters,
         .body = "ImportAsked",
         .reply = "Task",
         .answer = import_upload}
    );
    out.push_back(
        {.method = "DELETE",
         .path = "/api/imports/{entry}",
         .name = "undoImport",
         .command = "import undo",
         .summary = "Withdraw all that an import brought",
         .allowed = kWriters,
         .parameters = {in_path("entry", Kind::whole, "Number of the import's entry")},
         .body = "Withdrawal",
         .reply = "UndoneImport",
         .answer = undo_import}
    );
    out.push_back(
        {.method = "GET",
         .path = "/api/tasks",
         .name = "listTasks",
         .command = "",
         .summary = "What takes long, and how far it is",
         .reply = "Tasks",
         .answer = list_tasks}
    );
    out.push_back(
        {.method = "GET",
         .path = "/api/tasks/{id}",
         .name = "showTask",
         .command = "",
         .summary = "One of them, with its result once it is done",
         .parameters = {in_path("id", Kind::whole, "Of the task")},
         .reply = "Task",
         .answer = show_task}
    );
    out.push_back(
        {.method = "DELETE",
         .path = "/api/tasks/{id}",
         .name = "stopTask",
         .command = "",
         .summary = "Ask it to end; forget one that is over",
         .allowed = kWriters,
         .parameters = {in_path("id", Kind::whole, "Of the task")},
         .reply = "Task",
         .answer = stop_task}
    );
}

}  // namespace entente::api
