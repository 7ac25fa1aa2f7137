#pragma once

#include <filesystem>
#include <string>

#include "ingest/contacts/contacts.h"
#include "service/node.h"

namespace entente::service {

struct ImportRequest {
    std::filesystem::path folder;
    bool general_knowledge = false;
    bool preview = false;  ///< say what would happen, keep nothing
};

struct ImportOutcome {
    ingest::contacts::Plan plan;
    bool kept = false;        ///< false: a preview, or nothing to add
    std::uint64_t index = 0;  ///< the import entry
    std::string checkpoint;   ///< note signed after it
};

/// Takes a folder of the contacts form in: all of what is accepted or nothing. The same files a second time
/// add nothing.
/// Errors  invalid_argument, not_found: the folder cannot be read · unavailable: nothing was
/// kept
Result<ImportOutcome> import_contacts(Node& node, const ImportRequest& request);

}  // namespace entente::service
