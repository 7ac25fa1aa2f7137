#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ingest/import_source.h"
#include "service/import_difference.h"
#include "service/node.h"

namespace entente::service {

/// A row that was not taken in, and why.
struct SetAsideRow {
    std::string file;
    std::string place;  ///< line, or sheet and row
    std::string id;
    std::string field;
    std::string reason;
};

/// How the rows of one file fared. seen = added + changed + unchanged + set aside.
struct ImportFileReport {
    std::string file;
    bool read_before = false;   ///< the very same bytes are on record: nothing of it was read again
    std::uint64_t read_by = 0;  ///< entry of the import that did
    std::uint64_t seen = 0;
    std::uint64_t added = 0;
    std::uint64_t changed = 0;    ///< supersede a row of an earlier edition
    std::uint64_t unchanged = 0;  ///< on record already, or kept as somebody revised it by hand
    std::uint64_t set_aside = 0;
    std::uint64_t gone = 0;  ///< rows of an earlier edition that this one lacks: withdrawn
};

/// What an edition changes of the one before it, row by row. Of a file without an earlier edition nothing is
/// told so.
struct EditionChange {
    enum class Kind : std::uint8_t { changed, added, gone, kept_by_hand, kept_unreadable };
    Kind kind = Kind::changed;
    std::size_t file = 0;  ///< number of the file, from 1
    std::string handle;    ///< under which the record is found: its id in the source
    std::string rec;       ///< of the record; of an added one it comes when it is kept
    std::string type;
    std::string brief;                ///< the record in a few words, as it is now; of a gone one as it was
    std::vector<FieldChange> fields;  ///< that differ; of one kept by hand: what the source says otherwise
    std::string note;                 ///< what else there is to say of the row
};

/// A remark that several rows share, told once.
struct SharedRemark {
    std::string text;
    std::string first_file, first_place;
    std::uint64_t rows = 0;
};

/// A file without an earlier edition whose ids are on record from another file of the source; where rows have
/// no ids, what they say.
struct KnownElsewhere {
    std::size_t file = 0;    ///< number of the file, from 1
    std::string edition;     ///< of the other file
    std::uint64_t rows = 0;  ///< that are on record from it
    bool by_id = true;       ///< told by the ids of the source; else by what the rows say
};

struct ImportReport {
    std::string source_key;
    std::vector<KnownElsewhere> elsewhere;
    std::vector<ImportFileReport> files;
    std::vector<SetAsideRow> set_aside;
    std::vector<EditionChange> changes;
    std::vector<SharedRemark> remarks;
    std::uint64_t records = 0;  ///< put on the record, of all types
    bool kept = false;          ///< false: a preview, or nothing to add
    std::uint64_t index = 0;    ///< the import entry
    std::string checkpoint;     ///< note signed after it
    std::string not_signed;     ///< why it could not be signed; empty: it was

    ImportFileReport total() const;
};

struct ImportProgress {
    std::uint64_t rows = 0;
    double share = 0;  ///< of the bytes, 0 to 1
};

struct ImportRunOptions {
    bool preview = false;  ///< say what would happen, keep nothing
    bool replace = false;  ///< take an edition in that lacks most of what is on record of the one before it
    bool as_new = false;   ///< take a file in as new though most of its ids are on record from another file
    /// Asked with what a corrected edition would change, before anything of it is kept; false: nothing is.
    std::function<bool(const ImportReport&)> agree;
    std::function<void(const ImportProgress&)> progress;
    std::function<bool()> stopped;  ///< asked now and then; true: nothing is kept
};

/// Takes a source in: all of what is accepted or nothing. The same files add nothing; a corrected edition
/// supersedes the rows that it changed and withdraws those that it lacks, in the same batch. A row that
/// somebody revised or retracted by hand stays as it is, and so does the record of a row that cannot be read
/// now. Rows without ids are told by what they say. Memory does not grow with the rows but for those set
/// aside, and for the rows of the earlier editions when there are some.
/// Errors  invalid_argument: a file
/// cannot be read on · unavailable: nothing was kept
Result<ImportReport> run_import(Node& node, ingest::ImportSource& source, const ImportRunOptions& options);

/// An import on record.
struct ImportOnRecord {
    std::uint64_t index = 0;
    std::string rec;
    std::string t;
    std::string source_key;
    std::uint64_t rows = 0;
    std::uint64_t files = 0;
    std::optional<std::uint64_t> undone_by;  ///< entry
    std::vector<std::string> editions;       ///< of its files that are editions of something
};
Result<std::vector<ImportOnRecord>> list_imports(ledger::RecordView& view);

struct UndoneImport {
    ImportOnRecord import;
    std::uint64_t withdrawn = 0;   ///< revisions of the batch that are no longer current
    std::uint64_t reinstated = 0;  ///< earlier revisions that are current again
    std::uint64_t kept = 0;        ///< records of the batch that somebody revised since: they stay
    std::uint64_t index = 0;
    std::string checkpoint;
};

/// Withdraws all that an import brought; what it had superseded or withdrawn is current again. One entry,
/// itself on the record. `which`: number of the import entry.
/// Errors  not_found: no import there · conflict: undone already; a later edition of one of its files stands
///         on it, which is to be undone first · invalid_argument: no such reason
Result<UndoneImport> undo_import(Node& node, std::uint64_t which, const std::string& reason, bool preview);

}  // namespace entente::service
