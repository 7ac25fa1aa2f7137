// A relational event model over a file that was handed over. Nothing of it comes on record.
#include <boost/json/serialize.hpp>

#include "api/body.h"
#include "api/call.h"
#include "api/common_parameters.h"
#include "api/task_reply.h"
#include "ingest/table/confined_table.h"
#include "measures/relational/term.h"
#include "service/ask_measure.h"
#include "service/fit_events.h"

namespace entente::api {
namespace {

Result<std::vector<std::string>> terms_of(const json::object& body) {
    const auto* value = body.if_contains("terms");
    const auto* list = value ? value->if_array() : nullptr;
    if (!list || list->empty())
        return fail(ErrorCode::invalid_argument, "terms", "found no list of terms, expected one or more");
    std::vector<std::string> out;
    for (const auto& one : *list) {
        if (!one.is_string())
            return fail(ErrorCode::invalid_argument, "terms", "found no text in the list, expected terms");
        out.emplace_back(one.as_string());
    }
    return out;
}

Result<service::FitEventsRequest> fit_request(const json::object& body) {
    ENTENTE_RETURN_IF_ERROR(
        check_members(body, {"terms", "time", "from", "to", "weight", "ties", "undirected", "repeats_once"})
    );
    service::FitEventsRequest out;
    const auto take = [&](const char* name, std::string& into) -> Result<void> {
        ENTENTE_ASSIGN_OR_RETURN(auto text, text_of(body, name));
        if (text) into = *std::move(text);
        return {};
    };
    ENTENTE_RETURN_IF_ERROR(take("time", out.time));
    ENTENTE_RETURN_IF_ERROR(take("from", out.sender));
    ENTENTE_RETURN_IF_ERROR(take("to", out.receiver));
    ENTENTE_RETURN_IF_ERROR(take("weight", out.weight));
    std::string ties = "breslow";
    ENTENTE_RETURN_IF_ERROR(take("ties", ties));
    if (ties != "breslow" && ties != "efron")
        return fail(ErrorCode::invalid_argument, "ties", "found '" + ties + "', expected breslow or efron");
    out.model.ties =
        ties == "efron" ? measures::relational::Ties::efron : measures::relational::Ties::breslow;
    ENTENTE_ASSIGN_OR_RETURN(const auto undirected, truth_of(body, "undirected"));
    ENTENTE_ASSIGN_OR_RETURN(const auto once, truth_of(body, "repeats_once"));
    out.directed = !undirected.value_or(false), out.repeats_once = once.value_or(false);
    ENTENTE_ASSIGN_OR_RETURN(const auto terms, terms_of(body));
    for (const auto& term : terms) {
        auto statistic = measures::relational::parse_term(term);
        if (!statistic) return fail(statistic.error().code, "terms", statistic.error().message);
        out.model.statistics.push_back(*std::move(statistic));
    }
    return out;
}

Result<Reply> fit(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto body, call.body());
    ENTENTE_ASSIGN_OR_RETURN(auto request, fit_request(body));
    ENTENTE_ASSIGN_OR_RETURN(const auto upload, call.work().uploads().find(call.text("id")));
    request.file = upload->file.path();
    return task_reply(call.work().tasks().start(
        {"fit",
         json::serialize(body) + call.text("id") + call.visitor().account_id,
         "What calls forth what in " + upload->name},
        [upload, request](TaskHandle& task) -> Result<json::object> {
            task.tell(0, "the events are read and the model fitted");
            ENTENTE_ASSIGN_OR_RETURN(
                const auto answer,
                service::fit_events(
                    request,
                    [](const std::filesystem::path& file) { return ingest::table::open_confined_table(file); }
                )
            );
            return service::answer_json(answer, "no record: a file");
        }
    ));
}

}  // namespace

void add_fit_routes(Routes& out) {
    out.push_back(
        {.method = "POST",
         .path = "/api/uploads/{id}/events",
         .name = "fitEvents",
         .command = "events",
         .summary = "What calls forth what, over a list of events in a file that was handed over",
         .allowed = kWriters,
         .parameters = {in_path("id", Kind::text, "Of the upload")},
         .body = "EventsAsked",
         .reply = "Task",
         .answer = fit}
    );
}

}  // namespace entente::api
