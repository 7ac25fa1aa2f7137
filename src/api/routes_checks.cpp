// Checks of the whole record, which take long, and what the record says of itself.
#include <fmt/format.h>

#include "api/body.h"
#include "api/call.h"
#include "api/common_parameters.h"
#include "api/problem.h"
#include "api/task_reply.h"
#include "measures/attention/rules.h"
#include "service/reconcile_json.h"
#include "service/validate_record.h"
#include "service/verify_json.h"

namespace entente::api {
namespace {

/// Tells a task's progress over so many walks of the log, and when it is to stop.
ledger::Watch watch_of(TaskHandle& task, std::size_t walks) {
    return {
        [&task, walks](std::size_t before, double share, std::uint64_t leaves) {
            task.tell(
                (static_cast<double>(before) + share) / static_cast<double>(walks),
                fmt::format("{} entries and rows read{}", leaves, before > 0 ? " again" : "")
            );
        },
        [&task] { return task.stopped(); }};
}

/// The index is made anew beside the other, which takes long and room: not for whoever only reads.
bool may_compare_index(const Visitor& visitor) {
    return !visitor.role || *visitor.role != Role::reader;
}

Result<Reply> verify(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto body, call.body());
    service::VerifyNodeRequest request;
    ENTENTE_RETURN_IF_ERROR(check_members(body, {"deep", "kept"}));
    ENTENTE_ASSIGN_OR_RETURN(const auto deep, truth_of(body, "deep"));
    ENTENTE_ASSIGN_OR_RETURN(request.kept_note, text_of(body, "kept"));
    request.deep = deep.value_or(false);
    if (request.deep && !may_compare_index(call.visitor()))
        return problem_reply(403, "Not allowed", "Your role, reader, may not ask for a deep check.");
    auto& work = call.work();
    return task_reply(work.tasks().start(
        {"verify", (request.deep ? "deep " : "") + request.kept_note.value_or(""), "Checking the record"},
        [&work, request](TaskHandle& task) -> Result<json::object> {
            task.tell(0, "every byte is hashed again");
            ENTENTE_ASSIGN_OR_RETURN(
                const auto node, work.watched_reader(watch_of(task, request.deep ? 2 : 1))
            );
            ENTENTE_ASSIGN_OR_RETURN(const auto outcome, service::verify_node(*node, request));
            // On a damaged file the stop itself would be among the findings.
            if (task.stopped()) return std::unexpected(ledger::Watch::stop_error());
            return service::verify_json(outcome);
        }
    ));
}

Result<Reply> rebuild(Call& call) {
    auto& work = call.work();
    return task_reply(work.tasks().start(
        {"rebuild", "", "Making the index again"},
        [&work](TaskHandle& task) {
            const auto make = [&](service::Node& node) -> Result<json::object> {
                task.tell(0, "the whole log is read");
                ENTENTE_ASSIGN_OR_RETURN(const auto difference, node.rebuild_index());
                return json::object{{"differed", !difference.empty()}, {"difference", difference}};
            };
            // Once beside the index to compare them, once into it.
            return work.write<json::object>(task, {}, make, watch_of(task, 2));
        }
    ));
}

Result<Reply> validate(Call& call) {
    auto& work = call.work();
    ENTENTE_ASSIGN_OR_RETURN(auto* const node, call.node());
    service::ValidateRequest request;
    request.home = node->config().home, request.general_knowledge = call.flag("general_knowledge");
    ENTENTE_ASSIGN_OR_RETURN(request.at, call.day("at"));
    ENTENTE_ASSIGN_OR_RETURN(const auto known, call.known_at());
    const auto question = fmt::format("{} {} {}", to_iso(request.at), request.general_knowledge, known);
    return task_reply(work.tasks().start(
        {"validate", question, "Judging the measures by the record"},
        [&work, request, known](TaskHandle& task) mutable -> Result<json::object> {
            ENTENTE_ASSIGN_OR_RETURN(const auto reader, work.reader());
            ENTENTE_ASSIGN_OR_RETURN(const auto view, reader->view());
            request.progress = [&task](double share) {
                task.tell(share, share < 0.5 ? "all ties are read" : "all ties are told again");
            };
            request.stopped = [&task] { return task.stopped(); };
            ENTENTE_ASSIGN_OR_RETURN(
                const auto found, service::validate_measures(*view, request, work.parameters())
            );
            return service::validation_json(found, known);
        }
    ));
}

Result<Reply> reconcile(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    ENTENTE_ASSIGN_OR_RETURN(const auto reports, service::reconcile_reports(*view, call.schema()));
    return json_reply(json::object{
        {"reports", service::reports_json(reports)}, {"as_of", call.size_json(*view)}});
}

Result<Reply> show_parameters(Call& call) {
    const auto text =
        call.flag("rules") ? measures::builtin_attention_text() : measures::builtin_parameters_text();
    return bytes_reply("application/json", std::string(text));
}

}  // namespace

void add_check_routes(Routes& out) {
    out.push_back(
        {.method = "POST",
         .path = "/api/verify",
         .name = "verify",
         .command = "verify",
         .summary = "Hash every byte of the log again, and hold it against the checkpoint",
         .body = "VerifyAsked",
         .reply = "Task",
         .answer = verify}
    );
    out.push_back(
        {.method = "POST",
         .path = "/api/rebuild",
         .name = "rebuild",
         .command = "rebuild",
         .summary = "Make the index again from the log",
         .allowed = kAdministrators,
         .reply = "Task",
         .answer = rebuild}
    );
    out.push_back(
        {.method = "POST",
         .path = "/api/validate",
         .name = "validate",
         .command = "validate",
         .summary = "What the record can say of the measures themselves",
         .parameters = {on_day("at"), general_knowledge()},
         .reply = "Task",
         .answer = validate}
    );
    out.push_back(
        {.method = "GET",
         .path = "/api/reconcile/fmtrpt",
         .name = "reconcileReports",
         .command = "reconcile fmtrpt",
         .summary = "Training lines beside the totals that the reports print",
         .parameters = {as_of()},
         .reply = "Reconciled",
         .answer = reconcile}
    );
    out.push_back(
        {.method = "GET",
         .path = "/api/parameters",
         .name = "showParameters",
         .command = "parameters",
         .summary = "What the measures are computed with, with reasons; or the rules of attention",
         .parameters = {{"rules", Kind::flag, "The rules of attention"}},
         .reply = "Parameters",
         .answer = show_parameters}
    );
}

}  // namespace entente::api
