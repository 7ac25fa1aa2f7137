#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ingest/import_source.h"
#include "ledger/record_index.h"
#include "ledger/revision.h"

namespace entente::service {

/// What is on record of a row of an earlier edition.
struct KnownRow {
    std::string rec;
    Hash leaf;             ///< of the last revision that an import brought
    Hash content;          ///< digest of what it says
    bool by_hand = false;  ///< somebody revised or retracted it since
    bool seen = false;     ///< the edition at hand has it
    domain::Content says;  ///< where rows are told by what they say
};

/// What earlier imports of a source brought and is not withdrawn: all that imports brought that stand, and of
/// those undone what stays because somebody revised it since.
class Editions {
public:
    /// `source`: key of the source, whose record may have gone with an import that was undone. `says`: whether
    /// rows are to be told by what they say, which is kept then.
    static Result<Editions> load(
        ledger::RecordView& view,
        const std::string& source,
        const std::vector<ingest::ImportFile>& files,
        bool says
    );

    /// The very same bytes were the last edition of this file.
    bool is_read(std::size_t file) const { return read_[file - 1]; }
    /// The import entry of that edition.
    std::uint64_t read_by(std::size_t file) const { return read_by_[file - 1]; }
    /// An earlier edition of this file is on record.
    bool has_earlier(std::size_t file) const { return earlier_[file - 1]; }
    /// Rows of the earlier editions of a file, and how many of them the edition at hand lacks.
    struct Overlap {
        std::uint64_t known = 0, gone = 0;
    };
    Overlap overlap(std::size_t file) const;
    /// The edition of another file of the source that brought this row; empty: none did. Asked only of files
    /// that have no earlier edition: such a file may be a corrected one under another name.
    const std::string& elsewhere(const std::string& type, const std::string& handle) const;
    /// The same where rows are told by what they say: one that says this, and is not asked for again; empty:
    /// none does. Of more than a million rows on record the later ones are not known.
    std::string take_said_elsewhere(const Hash& said);
    /// The row on record under this handle; null when there is none.
    KnownRow* find(std::size_t file, const std::string& type, const std::string& handle);
    /// The rows on record of a file, by `type:handle`.
    std::unordered_map<std::string, KnownRow>& rows_of(std::size_t file) { return rows_[file - 1]; }
    /// Visits rows of earlier editions that the files at hand lack.
    using GoneVisitor = std::function<Result<void>(
        std::size_t file, const KnownRow& row, const std::string& type, const std::string& handle
    )>;
    Result<void> each_gone(const GoneVisitor& visit) const;

private:
    struct Batch {
        std::uint64_t index;
        std::vector<std::size_t> file_of;  // number in the batch -> number at hand, 0: not at hand
    };
    Result<void> load_rows(ledger::RecordView& view, const Batch& batch);
    Result<void> load_left_standing(ledger::RecordView& view, const Batch& batch);
    Result<void> load_elsewhere(
        ledger::RecordView& view, std::uint64_t batch, const std::vector<std::string>& editions
    );
    static Result<void> settle(ledger::RecordView& view, std::unordered_map<std::string, KnownRow>& rows);

    Result<void> note_said_elsewhere(
        ledger::RecordView& view, const ledger::Revision& revision, const std::string& edition
    );
    void keep(std::size_t file, const ledger::Revision& revision, const Hash& digest);

    bool says_ = false;
    std::vector<bool> read_, earlier_;
    std::vector<std::uint64_t> read_by_;
    // One map for each file at hand: `type:handle` -> row.
    std::vector<std::unordered_map<std::string, KnownRow>> rows_;
    std::unordered_map<std::string, std::string> elsewhere_;  // `type:handle` -> edition
    // Beginning of what `said_digest` gives -> number of the edition in `names_elsewhere_`.
    std::unordered_multimap<std::uint64_t, std::uint32_t> said_elsewhere_;
    std::vector<std::string> names_elsewhere_;
};

/// Digest of what a record says, whatever the order of its fields.
Result<Hash> content_digest(const domain::Content& content);
/// The handle under which an import put a record: its code, key or id in the source.
std::string handle_of(const domain::Content& content);

}  // namespace entente::service
