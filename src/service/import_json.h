#pragma once

#include <string>

#include "base/json.h"
#include "service/import_run.h"

namespace entente::service {

/// The report of an import: rows seen = accepted + set aside, file by file, and every row of what was set aside, changed
/// or remarked on, with the values in full as they would be typed.
json::object import_run_json(const ImportReport& report);

/// The rows set aside, one a line with file, place, id, field and reason.
std::string set_aside_csv(const ImportReport& report);

/// Imports on record, in the order of the log.
json::array imports_json(const std::vector<ImportOnRecord>& imports);

/// What an undo did, or would do.
json::object undone_json(const UndoneImport& undone);

}  // namespace entente::service
