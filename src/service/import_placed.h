#pragma once

#include <map>
#include <vector>

#include "ingest/import_source.h"
#include "service/import_editions.h"
#include "service/import_references.h"

namespace entente::service {

/// Rows of a corrected edition that have no ids. Which rows of the edition on record they are can be told only
/// when all of them are there; until then they wait here.
class PlacedRows {
public:
    struct Placed {
        ingest::ImportRow row;   ///< with the handles under which the record knows it, or new ones
        bool ambiguous = false;  ///< several rows on record are as like: it is taken as new
    };

    PlacedRows(const domain::Schema& schema, Editions& editions, ImportReferences& references)
        : schema_(schema), editions_(editions), references_(references) {}

    void add(ingest::ImportRow row) { waiting_[row.file].push_back({std::move(row), false}); }

    /// The rows in their order, each told from the others; of one that cannot be read now the handles name
    /// the record that stands for it, and none when nobody can tell.
    std::vector<Placed> settle();

private:
    void settle_file(std::size_t file, std::vector<Placed>& rows);

    const domain::Schema& schema_;
    Editions& editions_;
    ImportReferences& references_;
    std::map<std::size_t, std::vector<Placed>> waiting_;
};

/// Digest of what a record says but for the place in the table.
Result<Hash> said_digest(const domain::Content& content);
/// Whether two records say the same but for the place in the table.
bool says_the_same(const domain::Content& a, const domain::Content& b);

}  // namespace entente::service
