#pragma once

#include <string>

#include "cli/session.h"
#include "service/import_run.h"

namespace entente::cli {

/// What an edition changes of the one on record: each changed row with its fields, old -> new, the new rows,
/// the gone ones, those kept. The first twenty of each; `all`: every one. Empty when it changes nothing.
std::string render_edition_changes(const Session& session, const service::ImportReport& report, bool all);

}  // namespace entente::cli
