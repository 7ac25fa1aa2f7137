#include <fmt/format.h>

#include "base/csv.h"
#include "cli/commands.h"
#include "cli/render_brief.h"
#include "cli/write_drawn.h"
#include "domain/date_span.h"
#include "drawing/sheet.h"
#include "service/brief.h"
#include "service/brief_document.h"

namespace entente::cli {

Result<Exit> run_brief(const Session& session, const BriefOptions& options) {
    if (options.b.empty()) return run_home_brief(session, options);
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::read));
    ENTENTE_ASSIGN_OR_RETURN(const auto standing, node->standing());
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node->view(options.as_of));
    const auto resolve = service::make_resolver(*view, session.schema);
    service::BriefRequest request;
    ENTENTE_ASSIGN_OR_RETURN(request.a, resolve({"actor"}, options.a));
    ENTENTE_ASSIGN_OR_RETURN(request.b, resolve({"actor"}, options.b));
    ENTENTE_ASSIGN_OR_RETURN(const auto on, domain::end_of_typed_date(options.on, "on", false));
    request.on = on.value_or(today());
    if (calendar(request.on).year < 1800 || calendar(request.on).year > 9000)
        return fail(
            ErrorCode::invalid_argument,
            "on",
            fmt::format("found {}, expected a day of the years 1800 to 9000", to_iso(request.on))
        );
    request.general_knowledge = options.general_knowledge;
    request.pictured = !options.pdf.empty();
    if (standing.checkpoint) {
        request.checkpoint =
            fmt::format("checkpoint {} of {}", standing.checkpoint->size, standing.checkpoint->origin);
        if (standing.entries > standing.checkpoint->size)
            request.checkpoint +=
                fmt::format(", {} entries beyond it", standing.entries - standing.checkpoint->size);
        if (options.as_of) request.checkpoint += fmt::format(", as of entry {}", *options.as_of);
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto brief, service::make_brief(*view, request));
    if (!options.pdf.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(const auto bytes, drawing::to_pdf(service::brief_document(brief)));
        ENTENTE_RETURN_IF_ERROR(write_drawn(options.pdf, bytes));
    } else if (options.csv) {
        print(csv_line({"figure", "value", "records"}));
        for (const auto& figure : service::figures(brief)) {
            std::string records;
            for (const auto& record : figure.records) records += (records.empty() ? "" : " ") + record.shown;
            print(csv_line({figure.what, figure.value, records}));
        }
    } else if (options.json)
        print(pretty_json(service::brief_json(brief)) + "\n");
    else
        print(render_brief(brief, session.style, {options.all, options.explain}));
    return Exit::done;
}

}  // namespace entente::cli
