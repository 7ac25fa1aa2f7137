#include "cli/commands.h"
#include "cli/measure_asked.h"
#include "cli/render_validation.h"

namespace entente::cli {

Result<Exit> run_validate(const Session& session, const ValidateOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto parameters, read_parameters(options.parameters));
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::read));
    ENTENTE_ASSIGN_OR_RETURN(const auto standing, node->standing());
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node->view(options.as_of));
    service::ValidateRequest request{node->config().home, {}, options.general_knowledge};
    ENTENTE_ASSIGN_OR_RETURN(request.at, day_asked(options.at));
    ENTENTE_ASSIGN_OR_RETURN(const auto validation, service::validate_measures(*view, request, parameters));
    const auto known = known_at(standing, options.as_of);
    if (options.json)
        print(pretty_json(service::validation_json(validation, known)) + "\n");
    else if (options.csv)
        print(validation_csv(validation));
    else if (options.markdown)
        print(validation_page(validation));
    else
        print(render_validation(validation, known, session.style));
    return Exit::done;
}

}  // namespace entente::cli
