#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "api/call.h"
#include "api/common_parameters.h"
#include "drawing/sheet.h"
#include "service/brief_document.h"
#include "service/relationships.h"

namespace entente::api {
namespace {

/// The answer of `compute`, kept until anything changes that it depends on.
Result<Reply> remembered(
    Call& call,
    const std::string& question,
    const std::function<Result<json::object>(ledger::RecordView&)>& compute
) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    ENTENTE_ASSIGN_OR_RETURN(const auto state, call.state_key());
    ENTENTE_ASSIGN_OR_RETURN(const auto known, call.known_at());
    ENTENTE_ASSIGN_OR_RETURN(
        auto text,
        call.work().remembered(
            state + question,
            [&]() -> Result<std::string> {
                ENTENTE_ASSIGN_OR_RETURN(auto out, compute(*view));
                out["as_of"] = call.size_json(*view);
                out["known_at"] = known;
                return json::serialize(out);
            }
        )
    );
    return bytes_reply("application/json", std::move(text));
}

Result<Reply> list_relationships(Call& call) {
    service::PartnersRequest request;
    if (call.text("home").empty()) {
        ENTENTE_ASSIGN_OR_RETURN(auto* const node, call.node());
        ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
        ENTENTE_ASSIGN_OR_RETURN(
            request.home, service::make_resolver(*view, call.schema())({"actor"}, node->config().home)
        );
    } else {
        ENTENTE_ASSIGN_OR_RETURN(request.home, call.actor("home"));
    }
    ENTENTE_ASSIGN_OR_RETURN(request.at, call.day("on"));
    request.general_knowledge = call.flag("general_knowledge");
    return remembered(
        call,
        fmt::format("relationships {} {} {}", request.home, to_iso(request.at), request.general_knowledge),
        [&](ledger::RecordView& view) {
            return service::relationships_json(view, request, call.work().rules(), call.work().parameters());
        }
    );
}

Result<service::BriefRequest> brief_request(Call& call) {
    service::BriefRequest out;
    ENTENTE_ASSIGN_OR_RETURN(out.a, call.actor("a"));
    ENTENTE_ASSIGN_OR_RETURN(out.b, call.actor("b"));
    ENTENTE_ASSIGN_OR_RETURN(out.on, call.day("on"));
    ENTENTE_ASSIGN_OR_RETURN(out.checkpoint, call.known_at());
    out.general_knowledge = call.flag("general_knowledge");
    return out;
}

Result<Reply> show_relationship(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto request, brief_request(call));
    ENTENTE_ASSIGN_OR_RETURN(const auto most, call.whole("records"));
    return remembered(
        call,
        fmt::format(
            "relationship {} {} {} {} {}",
            request.a,
            request.b,
            to_iso(request.on),
            request.general_knowledge,
            most.value_or(0)
        ),
        [&](ledger::RecordView& view) {
            return service::relationship_json(
                view, call.schema(), request, call.work().parameters(), most.value_or(0)
            );
        }
    );
}

Result<Reply> print_brief(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(auto request, brief_request(call));
    request.pictured = true;
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    ENTENTE_ASSIGN_OR_RETURN(const auto brief, service::make_brief(*view, request));
    ENTENTE_ASSIGN_OR_RETURN(auto bytes, drawing::to_pdf(service::brief_document(brief)));
    const auto name = fmt::format("{}-{}-{}.pdf", brief.a.shortest(), brief.b.shortest(), to_iso(request.on));
    auto out = bytes_reply("application/pdf", std::move(bytes));
    out.headers.emplace_back("Content-Disposition", "inline; filename=\"" + name + "\"");
    return out;
}

}  // namespace

void add_relationship_routes(Routes& out) {
    out.push_back(
        {.method = "GET",
         .path = "/api/relationships",
         .name = "listRelationships",
         .command = "brief A",
         .summary = "Every tie of one actor: how it stands, how strong it is, and what needs attention",
         .parameters =
             {{"home", Kind::actor, "Whose ties; those of the node's nation where none is named"},
              on_day(),
              general_knowledge(),
              as_of()},
         .reply = "Relationships",
         .list = "partners",
         .answer = list_relationships}
    );
    const auto a = in_path("a", Kind::actor, "Code or name of an actor");
    const auto b = in_path("b", Kind::actor, "Code or name of the other");
    out.push_back(
        {.method = "GET",
         .path = "/api/relationships/{a}/{b}",
         .name = "showRelationship",
         .command = "brief A B",
         .summary = "What is on record between two actors, with its line of time",
         .parameters =
             {a,
              b,
              on_day(),
              general_knowledge(),
              {"records",
               Kind::whole,
               "At most so many records behind each figure; records_total says how many there are"},
              as_of()},
         .reply = "Relationship",
         .answer = show_relationship}
    );
    out.push_back(
        {.method = "GET",
         .path = "/api/relationships/{a}/{b}/brief.pdf",
         .name = "printBrief",
         .command = "brief A B --pdf",
         .summary = "The same on two printed pages",
         .parameters = {a, b, on_day(), general_knowledge(), as_of()},
         .forms = {"application/pdf"},
         .answer = print_brief}
    );
}

}  // namespace entente::api
