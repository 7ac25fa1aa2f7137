#pragma once

#include "ingest/map/recorded_names.h"
#include "service/node.h"

namespace entente::service {

/// How the record calls its actors, for who reads a table of any form.
Result<ingest::map::RecordedNames> recorded_names(Node& node);

}  // namespace entente::service
