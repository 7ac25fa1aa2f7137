#pragma once

#include <string>

#include "base/json.h"
#include "cli/session.h"
#include "service/import_run.h"

namespace entente::cli {

/// What an edition changes of the one on record: each changed row with its fields, old -> new, the new rows,
/// the gone ones, those kept. The first twenty of each; `all`: every one. Empty when it changes nothing.
std::string render_edition_changes(const Session& session, const service::ImportReport& report, bool all);
/// Every one, with the values in full as they would be typed.
json::array edition_changes_json(const service::ImportReport& report);

}  // namespace entente::cli
