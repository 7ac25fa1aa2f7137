#include "cli/commands.h"
#include "cli/measure_asked.h"
#include "cli/render_validation.h"

namespace entente::cli {

Result<Exit> run_validate(const Session& session, const ValidateOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto asking, open_asking(session, options));
    const service::ValidateRequest request{asking.node->config().home, asking.at, options.general_knowledge};
    ENTENTE_ASSIGN_OR_RETURN(
        const auto validation, service::validate_measures(*asking.view, request, asking.parameters)
    );
    if (options.json)
        print(pretty_json(service::validation_json(validation, asking.known)) + "\n");
    else if (options.csv)
        print(validation_csv(validation));
    else if (options.markdown)
        print(validation_page(validation));
    else
        print(render_validation(validation, asking.known, session.style));
    return Exit::done;
}

}  // namespace entente::cli
