// Checks of the whole record, which take long, and what the record says of itself.
#include <fmt/format.h>

#include "api/body.h"
#include "api/call.h"
#include "api/common_parameters.h"
#include "measures/attention/rules.h"
#include "service/reconcile_json.h"
#include "service/validate_record.h"
#include "service/verify_json.h"

namespace entente::api {
namespace {

Result<Reply> verify(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto body, call.body());
    service::VerifyNodeRequest request;
    ENTENTE_RETURN_IF_ERROR(check_members(body, {"deep", "kept"}));
    ENTENTE_ASSIGN_OR_RETURN(const auto deep, truth_of(body, "deep"));
    ENTENTE_ASSIGN_OR_RETURN(request.kept_note, text_of(body, "kept"));
    request.deep = deep.value_or(false);
    auto& work = call.work();
    return json_reply(
        work.tasks().start(
            "Checking the record",
            [&work, request](TaskHandle& task) -> Result<json::object> {
                ENTENTE_ASSIGN_OR_RETURN(const auto node, work.reader());
                task.tell(0, "every byte is hashed again");
                ENTENTE_ASSIGN_OR_RETURN(const auto outcome, service::verify_node(*node, request));
                return service::verify_json(outcome);
            }
        ),
        202
    );
}

Result<Reply> rebuild(Call& call) {
    auto& work = call.work();
    return json_reply(
        work.tasks().start(
            "Making the index again",
            [&work](TaskHandle& task) {
                return work.write<json::object>({}, [&](service::Node& node) -> Result<json::object> {
                    task.tell(0, "the whole log is read");
                    ENTENTE_ASSIGN_OR_RETURN(const auto difference, node.rebuild_index());
                    return json::object{{"differed", !difference.empty()}, {"difference", difference}};
                });
            }
        ),
        202
    );
}

Result<Reply> validate(Call& call) {
    auto& work = call.work();
    ENTENTE_ASSIGN_OR_RETURN(auto* const node, call.node());
    service::ValidateRequest request;
    request.home = node->config().home, request.general_knowledge = call.flag("general_knowledge");
    ENTENTE_ASSIGN_OR_RETURN(request.at, call.day("at"));
    ENTENTE_ASSIGN_OR_RETURN(const auto known, call.known_at());
    return json_reply(
        work.tasks().start(
            "Judging the measures by the record",
            [&work, request, known](TaskHandle& task) -> Result<json::object> {
                ENTENTE_ASSIGN_OR_RETURN(const auto reader, work.reader());
                ENTENTE_ASSIGN_OR_RETURN(const auto view, reader->view());
                task.tell(0, "all ties are read and told again");
                ENTENTE_ASSIGN_OR_RETURN(
                    const auto found, service::validate_measures(*view, request, work.parameters())
                );
                return service::validation_json(found, known);
            }
        ),
        202
    );
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
