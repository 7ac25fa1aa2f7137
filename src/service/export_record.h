#pragma once

#include <functional>
#include <string>

#include "base/json.h"
#include "service/node.h"

namespace entente::service {

struct ExportRequest {
    bool csv = true;      ///< else NDJSON, with all that a table cannot hold
    std::string context;  ///< the nation on whose behalf the view is; empty: home
};

/// Takes one file of the export; it has the name that a person sees.
using ExportSink = std::function<Result<void>(const std::string& name, const std::string& bytes)>;
/// Told of each file as it is done.
using ExportTold = std::function<void(const std::string& name, std::size_t records)>;

/// Writes all current records that a view holds, a file a record type, and `manifest.json` with the digest of each.
/// The manifest says under which state of the log the files stand; on behalf of another nation it says nothing of the
/// log, and not when it was made: the same records give the same bytes.
///
/// Errors  as the sink
/// Cost    the largest file in memory
/// \return  the manifest
Result<json::object> export_record(
    Node& node,
    ledger::RecordView& view,
    const ExportRequest& request,
    const ExportSink& sink,
    const ExportTold& told = {}
);

}  // namespace entente::service
