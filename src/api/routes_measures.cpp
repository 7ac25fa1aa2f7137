#include <fmt/format.h>

#include "api/call.h"
#include "api/common_parameters.h"
#include "drawing/sheet.h"
#include "measures/register.h"
#include "service/answer_csv.h"
#include "service/ask_measure.h"
#include "service/compare_pairs.h"
#include "service/picture_json.h"

namespace entente::api {
namespace {

Result<Reply> list_measures(Call&) {
    return json_reply(service::measures_json());
}

Result<service::MeasureRequest> measure_request(Call& call, const measures::Measure& measure) {
    service::MeasureRequest out;
    out.measure = measure.name;
    ENTENTE_ASSIGN_OR_RETURN(out.a, call.actor("a"));
    ENTENTE_ASSIGN_OR_RETURN(out.b, call.actor("b"));
    ENTENTE_ASSIGN_OR_RETURN(out.at, call.day("at"));
    ENTENTE_ASSIGN_OR_RETURN(out.known_at, call.known_at());
    out.general_knowledge = call.flag("general_knowledge");
    for (const auto& choice : measure.choices)
        if (auto typed = call.text(choice.name); !typed.empty()) out.choices[choice.name] = std::move(typed);
    return out;
}

Result<Reply> ask(Call& call, const measures::Measure& measure) {
    ENTENTE_ASSIGN_OR_RETURN(const auto request, measure_request(call, measure));
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    const auto form = call.text("format");
    const auto& parameters = call.work().parameters();
    if (form == "svg" || form == "picture") {
        ENTENTE_ASSIGN_OR_RETURN(const auto picture, service::draw_measure(*view, request, parameters));
        if (form == "picture") return json_reply(service::picture_json(picture));
        ENTENTE_ASSIGN_OR_RETURN(auto bytes, drawing::to_svg(picture));
        return bytes_reply("image/svg+xml", std::move(bytes));
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto answer, service::ask_measure(*view, request, parameters));
    if (form == "csv")
        return bytes_reply("text/csv; charset=utf-8", service::answer_csv(answer), measure.name + ".csv");
    auto out = service::answer_json(answer, request.known_at);
    out["as_of"] = call.size_json(*view);
    return json_reply(std::move(out));
}

Result<Reply> compare(Call& call) {
    service::CompareRequest request;
    ENTENTE_ASSIGN_OR_RETURN(request.home, call.actor("home"));
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    const auto resolve = service::make_resolver(*view, call.schema());
    for (const auto& partner : call.words("with")) {
        ENTENTE_ASSIGN_OR_RETURN(auto id, resolve({"actor"}, partner));
        request.partners.push_back(std::move(id));
    }
    request.strand = call.text("strand");
    request.general_knowledge = call.flag("general_knowledge");
    ENTENTE_ASSIGN_OR_RETURN(request.at, call.day("at"));
    ENTENTE_ASSIGN_OR_RETURN(const auto known, call.known_at());
    ENTENTE_ASSIGN_OR_RETURN(
        const auto answer, service::compare_pairs(*view, request, call.work().parameters())
    );
    return json_reply(service::answer_json(answer, known));
}

Route measure_route(const measures::Measure& measure) {
    Route out{
        .method = "GET",
        .path = "/api/measures/" + measure.name,
        .name =
            "ask" + std::string(1, static_cast<char>(measure.name[0] - 'a' + 'A')) + measure.name.substr(1),
        .command = measure.name,
        .summary = measure.question,
        .parameters =
            {{"a", Kind::actor, "Code or name of an actor", true},
             {"b", Kind::actor, "Code or name of the other", true},
             on_day("at"),
             general_knowledge(),
             as_of()},
        .reply = "Answer",
        .forms = {"text/csv"},
        .answer = [&measure](Call& call) { return ask(call, measure); }};
    for (const auto& choice : measure.choices)
        out.parameters.push_back({choice.name, Kind::text, choice.help});
    Parameter form{
        "format",
        Kind::one_of,
        "The form of the answer; JSON where none is given",
        false,
        false,
        {"json", "csv"}};
    if (measure.draw) {
        form.values.insert(form.values.end(), {"svg", "picture"});
        out.forms.emplace_back("image/svg+xml");
    }
    out.parameters.push_back(std::move(form));
    return out;
}

}  // namespace

void add_measure_routes(Routes& out) {
    out.push_back(
        {.method = "GET",
         .path = "/api/measures",
         .name = "listMeasures",
         .command = "measures",
         .summary = "What can be asked of a pair, with choices and references",
         .reply = "Measures",
         .tells_nothing = true,
         .answer = list_measures}
    );
    for (const auto& measure : measures::all_measures()) out.push_back(measure_route(measure));
    out.push_back(
        {.method = "GET",
         .path = "/api/compare",
         .name = "compareTies",
         .command = "compare",
         .summary = "Several ties of one actor beside each other: probabilities, never a bare rank",
         .parameters =
             {{"home", Kind::actor, "Whose ties", true},
              {"with", Kind::actor, "Partners, with commas between or one by one", true, true},
              {"strand", Kind::text, "One strand in place of the total"},
              on_day("at"),
              general_knowledge(),
              as_of()},
         .reply = "Answer",
         .answer = compare}
    );
}

}  // namespace entente::api
