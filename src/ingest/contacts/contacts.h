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
    std::size_t changed = 0;            ///< accepted, supersedes what an earlier import said
    std::size_t already_on_record = 0;  ///< accepted, nothing to add
    std::size_t set_aside = 0;
};

/// A row of the batch, and the content that it will have.
struct PlannedRecord {
    ledger::Draft draft;
    domain::Content content;
};

/// A record on which this folder says other than an earlier one did.
struct Change {
    std::string id;
    std::vector<std::string> fields;  ///< that differ
    bool kept_by_hand = false;        ///< somebody revised it since: it stays as it is
};

/// What an import would do; nothing has been written. seen = added + changed + already on record + set
/// aside, file by file.
struct Plan {
    std::vector<FileReport> files;
    std::vector<SetAside> set_aside;
    std::vector<std::string> remarks;  ///< what was left out of an accepted row, and why
    std::vector<Change> changes;
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
    bool by_hand = false;    ///< its last revision is no import's, or some of its texts were erased
    Hash leaf{};             ///< of its last revision
};
/// Finds the current record of a type by its code, key or id in the source.
using Lookup =
    std::function<Result<std::optional<Existing>>(const std::string& type, const std::string& handle)>;

/// Turns a folder of the contacts form into records. A row that cannot be read is set aside with file, line,
/// field and reason; the others are not held up by it. Rows that are on record already add nothing; one that
/// says other than the import that brought its record supersedes it, unless a person revised it since. Errors
/// whatever `lookup` says
Result<Plan> make_plan(
    const Folder& folder, const Options& options, const Lookup& lookup, const std::string& label
);

}  // namespace entente::ingest::contacts
