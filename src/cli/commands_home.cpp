// Questions about all ties of one nation.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/measure_asked.h"
#include "cli/render_answer.h"
#include "service/home_overview.h"

namespace entente::cli {

Result<Exit> run_attention_of_all(
    const Asking& asking,
    const Session& session,
    const MeasureOptions& options,
    const std::string& home,
    const measures::AttentionRules& rules
) {
    ENTENTE_ASSIGN_OR_RETURN(
        const auto found,
        service::home_overview(
            *asking.view, {home, asking.at, options.general_knowledge}, rules, asking.parameters
        )
    );
    const auto answer = measures::attention_of_all(found.overview, rules, asking.parameters);
    return print_answer(answer, asking, options, [&]() -> Result<std::string> {
        return render_answer(
            answer, found.overview.home + " and its partners", asking.known, session.style, options.explain
        );
    });
}

Result<Exit> run_home_brief(const Session& session, const BriefOptions& options) {
    if (!options.pdf.empty())
        return fail(
            ErrorCode::invalid_argument,
            "pdf",
            "found one actor, expected two: a relationship is printed on two pages",
            fmt::format("entente brief {} B --pdf {}", options.a, options.pdf)
        );
    AskingOptions asked;
    asked.at = options.on, asked.parameters = options.parameters, asked.as_of = options.as_of;
    asked.json = options.json, asked.csv = options.csv;
    ENTENTE_ASSIGN_OR_RETURN(const auto asking, open_asking(session, asked));
    ENTENTE_ASSIGN_OR_RETURN(const auto rules, read_rules(options.rules));
    ENTENTE_ASSIGN_OR_RETURN(
        const auto home, service::make_resolver(*asking.view, session.schema)({"actor"}, options.a)
    );
    ENTENTE_ASSIGN_OR_RETURN(
        const auto found,
        service::home_overview(
            *asking.view, {home, asking.at, options.general_knowledge}, rules, asking.parameters
        )
    );
    const auto answer = measures::overview_answer(
        found.overview, rules, asking.parameters, options.all || options.json || options.csv
    );
    return print_answer(answer, asking, asked, [&]() -> Result<std::string> {
        return render_answer(
            answer, found.overview.home + " and its partners", asking.known, session.style, options.explain
        );
    });
}

}  // namespace entente::cli
