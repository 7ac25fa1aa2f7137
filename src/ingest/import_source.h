#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "domain/content.h"

namespace entente::ingest {

/// A file that an import reads.
struct ImportFile {
    std::string name;
    std::string
        edition;  ///< what the file is an edition of, the same in a corrected one; a code without blanks
    std::uint64_t bytes = 0;
    Hash sha256;  ///< of the file as stored, before it is unpacked
};

/// A record as one row proposes it. A reference to another record is written `type:handle`, such as
/// `actor:USA` or `source:dod-2015-113`, in the place of its id.
struct ProposedRecord {
    std::string type;
    std::string handle;  ///< what tells the row from all others of its source, in every edition of it
    domain::Content content;
};

/// What one row of a source gave: records, or the reason why it was set aside.
struct ImportRow {
    std::size_t file = 0;  ///< number of the file, from 1
    std::string place;     ///< line, or `sheet!row`
    std::string id;        ///< the id that the source gives the row; empty when it has none
    /// What is to be put on record. Of a row that is set aside: what could be read all the same, so that one can
    /// tell which record of an earlier edition it is; nothing of it is kept.
    std::vector<ProposedRecord> records;
    std::string field;                 ///< set aside: the column at fault
    std::string reason;                ///< set aside: what was found and what was expected; empty: accepted
    std::vector<std::string> remarks;  ///< what was left out of an accepted row, or mended, and why

    bool set_aside() const { return !reason.empty(); }
};

/// One pass over a source. The same code takes any source in: preview, progress, all or nothing, twice adds
/// nothing, corrected editions, undo (service/import_run.h).
class ImportSource {
public:
    virtual ~ImportSource() = default;
    /// Key of the source record, the same for every edition of the source.
    virtual const std::string& key() const = 0;
    /// Content of the source record: key, title, publisher, licence and so on.
    virtual domain::Content description() const = 0;
    virtual const std::vector<ImportFile>& files() const = 0;
    /// Rows have no ids: their handle is their place in the table, which another edition may move.
    virtual bool told_by_place() const { return false; }
    /// The next row; false at the end. `row` is emptied first.
    /// Errors  invalid_argument: the file cannot be read on, with place and reason; nothing of it is kept
    virtual Result<bool> next(ImportRow& row) = 0;
    /// Begins again at the first row.
    virtual Result<void> restart() = 0;
    /// Share of the bytes that were read, 0 to 1.
    virtual double progress() const = 0;
};

}  // namespace entente::ingest
