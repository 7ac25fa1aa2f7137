#pragma once

#include "api/tasks.h"
#include "ingest/import_source.h"
#include "service/import_run.h"

namespace entente::api {

/// Takes a source in as a task that tells how far it is and can be stopped.
/// Errors  as run_import
/// \return  what became of the rows: the first two thousand of those that changed or were set aside, and how many
Result<json::object> run_import_task(
    service::Node& node, ingest::ImportSource& source, service::ImportRunOptions run, TaskHandle& task
);

}  // namespace entente::api
