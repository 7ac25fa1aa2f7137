#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/content.h"
#include "ingest/contacts/folder.h"
#include "ledger/ledger.h"

namespace entente::ingest::contacts {

/// A row that is not taken in, and why.
struct SetAside {
    std::string file;
    std::size_t line = 0;
    std::string id;
    std::string field;
    std::string reason;
};

/// How the rows of one file fared.
struct FileReport {
    std::string file;
    std::size_t seen = 0;
    std::size_t added = 0;              ///< accepted, new
    std::size_t already_on_record = 0;  ///< accepted, nothing to add
    std::size_t set_aside = 0;
};

/// A row of the batch, and the content that it will have.
struct PlannedRecord {
    ledger::Draft draft;
    domain::Content content;
};

/// What an import would do; nothing has been written. seen = added + already on record + set aside, file by
/// file.
struct Plan {
    std::vector<FileReport> files;
    std::vector<SetAside> set_aside;
    std::vector<std::string> remarks;  ///< what was left out of an accepted row, and why
    std::vector<PlannedRecord> records;
    ledger::Draft batch;  ///< the import entry; used only when there are records
};

struct Options {
    bool general_knowledge = false;  ///< take in rows that rest on general knowledge alone
};

/// A record that is on record already.
struct Existing {
    std::string rec;
    domain::Content content;
    bool retracted = false;  ///< withdrawn: it stays so, whatever a file says
};
/// Finds the current record of a type by its code, key or id in the source.
using Lookup =
    std::function<Result<std::optional<Existing>>(const std::string& type, const std::string& handle)>;

/// Turns a folder of the contacts form into records. A row that cannot be read is set aside with file, line,
/// field and reason; the others are not held up by it. Rows that are on record already add nothing. Errors
/// whatever `lookup` says
Result<Plan> make_plan(
    const Folder& folder, const Options& options, const Lookup& lookup, const std::string& label
);

}  // namespace entente::ingest::contacts
