#include "cli/commands.h"
#include "cli/render_answer.h"
#include "ingest/table/confined_table.h"
#include "measures/relational/term.h"
#include "service/ask_measure.h"
#include "service/fit_events.h"

namespace entente::cli {

Result<Exit> run_events(const Session& session, const EventsOptions& options) {
    service::FitEventsRequest request;
    request.file = options.file;
    request.time = options.time, request.sender = options.from, request.receiver = options.to;
    request.weight = options.weight;
    request.directed = !options.undirected, request.repeats_once = options.repeats_once;
    request.model.ties =
        options.ties == "efron" ? measures::relational::Ties::efron : measures::relational::Ties::breslow;
    for (const auto& term : options.terms) {
        ENTENTE_ASSIGN_OR_RETURN(auto statistic, measures::relational::parse_term(term));
        request.model.statistics.push_back(std::move(statistic));
    }
    ENTENTE_ASSIGN_OR_RETURN(
        const auto answer,
        service::fit_events(
            request,
            [](const std::filesystem::path& file) { return ingest::table::open_confined_table(file); }
        )
    );
    if (options.json)
        print(pretty_json(service::answer_json(answer, "no record: a file")) + "\n");
    else if (options.csv)
        print(answer_csv(answer));
    else
        print(render_answer(answer, "Events of " + request.file.filename().string(), "", session.style, true)
        );
    return Exit::done;
}

}  // namespace entente::cli
