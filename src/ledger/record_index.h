#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/day.h"
#include "domain/declaration.h"
#include "ledger/find_query.h"
#include "ledger/revision.h"
#include "ledger/store.h"
#include "policy/context.h"

namespace entente::ledger {

/// Which values to count. All fields are of one record type.
struct TallyQuery {
    std::string type;
    std::string field;              ///< a field of one text: name, text, code, identifier; may be repeated
    std::string by;                 ///< a single reference by which to tell them apart; empty: not at all
    std::vector<std::string> sums;  ///< counts, decimals or amounts of money to add up
};

/// One distinct value with what stands behind it.
struct Tally {
    std::string value;
    std::string by;  ///< id of the record referred to; empty where there is none
    std::uint64_t records = 0;
    std::vector<double>
        sums;  ///< in the order asked; money without regard to currency: for ordering, no account
    std::optional<Day> first;  ///< first day of any of the records
    std::optional<Day> last;
};

/// An entry of the log, as those see it who ask who changed what.
struct Change {
    std::uint64_t index = 0;
    std::string t;             ///< recorded time
    std::string by;            ///< id of the account
    std::string kind;          ///< record, supersede, retract, import, schema, key, config
    std::string rec;           ///< its record; of an import, and of the undoing of one, the import's own
    std::string type;          ///< of the record; of a schema entry, the type declared; else empty
    std::string reason;        ///< a code
    std::uint32_t number = 0;  ///< of the revision; 0: it is none
    std::uint64_t rows = 0;    ///< of an import
};
struct ChangesQuery {
    std::optional<std::uint64_t> before;  ///< entries below this number only
    std::string account;                  ///< of this account alone, by its id; empty: of all
    std::size_t limit = 50;
};

/// Reads of one consistent state of the index, on behalf of one context. Nothing that the context may not see
/// is found, counted or told apart from what does not exist.
class RecordView {
public:
    virtual ~RecordView() = default;
    /// Current revision of a record (as of the view's size); retracted ones are not found.
    virtual Result<std::optional<Revision>> current(std::string_view rec) = 0;
    /// Text of the document with this id, page by page, as of the view's size; none when it has no text, or
    /// is not to be seen.
    virtual Result<std::vector<std::string>> pages(std::string_view rec) = 0;
    /// All revisions up to the view's size, oldest first.
    virtual Result<std::vector<Revision>> history(std::string_view rec) = 0;
    /// One page of the records that fit, and how many fit in all.
    /// Errors  invalid_argument: a field that cannot be asked so, words that cannot be read, `after` not in
    /// it
    virtual Result<RecordPage> list(const RecordQuery& query) = 0;
    /// Hands on the records that fit one by one, in order, up to the limit; holds one at a time.
    using Taker = std::function<Result<void>(Revision)>;
    virtual Result<void> each(const RecordQuery& query, const Taker& take) = 0;
    virtual Result<std::size_t> count(const RecordQuery& query) = 0;
    /// Errors  as list · invalid_argument: not one type, a field that cannot be counted or added up so
    virtual Result<FacetPage> facets(const FacetQuery& query) = 0;
    /// Size of the log whose state this is.
    virtual std::uint64_t as_of() const = 0;
    /// Ids of current records that a person may mean: by code, key or id in the source, exactly and case
    /// ignored, or by the beginning of the id (4 characters at least). `types` empty: any.
    virtual Result<std::vector<std::pair<std::string, std::string>>> resolve(
        const std::vector<std::string>& types, std::string_view text
    ) = 0;
    /// Id and type of the record with this beginning of its id, retracted ones included.
    virtual Result<std::vector<std::pair<std::string, std::string>>> resolve_any(std::string_view text) = 0;
    virtual Result<std::vector<SystemEntry>> system_entries(std::string_view kind) = 0;
    /// The entries that came to the log, the latest first.
    /// Cost  by those passed over: one look an entry, one an import
    virtual Result<std::vector<Change>> changes(const ChangesQuery& query) = 0;
    /// Distinct values of a field in current records, sorted by value and `by`; empties are no values.
    /// Errors  invalid_argument: a field that the type does not have, or of a kind that cannot be counted so
    /// Cost    one pass over the records of the type
    virtual Result<std::vector<Tally>> tally_values(const TallyQuery& query) = 0;
    /// Visits the current record of every id of a type, in no order, without keeping them.
    virtual Result<void> each_current(
        const std::string& type, const std::function<Result<void>(const Revision&)>& visit
    ) = 0;
    /// Which revisions of these types are current and may be seen, by the place that `RecordIndex::each_revision` gives
    /// them. What it says of other types means nothing.
    virtual Result<std::vector<bool>> current_places(const std::vector<std::string>& types) = 0;
    /// Visits every revision that the batch at entry `index` brought, in the order of its rows, past ones
    /// included.
    virtual Result<void> each_of_batch(
        std::uint64_t index, const std::function<Result<void>(Revision)>& visit
    ) = 0;
};

/// The rows of a batch that is being written, on their way into the index: what is at hand is not read back
/// from the log and opened again. Unless it is kept, the index stays as it was.
class BatchRows {
public:
    virtual ~BatchRows() = default;
    /// The next row, in order.
    /// Errors  whatever an earlier row met; then nothing more is to be put and nothing can be kept
    virtual Result<void> put(Revision row) = 0;
    /// There are no more: what is left to do is begun.
    virtual void end() = 0;
    /// Once the batch is durable in the log: now its rows are in the index, and the index has caught up.
    /// Requires  nothing else was written to the log since
    virtual Result<void> keep(LedgerStore& store) = 0;
};

/// The disposable index over the log: current and past revisions, tables by declared field, references
/// between records. It can always be made again from log, vault and schema; `dump` of two that read the same
/// log are equal.
class RecordIndex {
public:
    virtual ~RecordIndex() = default;
    /// Number of entries that are in the index.
    virtual Result<std::uint64_t> applied() = 0;
    /// Takes in what the log holds beyond `applied`. An index that was made from another log, or from a
    /// longer one (a backup was restored), is emptied first. Gives the number of entries now applied. Safe
    /// beside other processes that read or catch up the same index.
    virtual Result<std::uint64_t> catch_up(LedgerStore& store, Vault& vault) = 0;
    /// Begins to take in the rows of a batch that will be the next entry, under `label` where a row has none
    /// of its own. Until it is kept or gone nobody else can write to the index, while all may read it.
    /// Requires  the caller holds the node's writer lock; the index has caught up
    virtual Result<std::unique_ptr<BatchRows>> take_rows(const std::string& label) = 0;
    /// Empties the index and takes the whole log in again, in one step: a reader sees the old state or the
    /// new one.
    virtual Result<std::uint64_t> rebuild(LedgerStore& store, Vault& vault) = 0;
    /// Throws the file away and begins an empty one: for an index that can no longer be read.
    virtual Result<void> clear() = 0;
    /// Visits every revision of these types behind a place, current or not and under whatever label, in the order of
    /// the log. Places count revisions of all types from 1: a log gives each the same, however its index was made.
    /// Gives the number of entries that are in the index.
    virtual Result<std::uint64_t> each_revision(
        const std::vector<std::string>& types,
        std::uint64_t behind,
        const std::function<Result<void>(std::uint64_t place, const Revision&)>& visit
    ) = 0;
    /// `as_of`: the state when the log had that many entries; nothing: now.
    virtual Result<std::unique_ptr<RecordView>> read(
        const policy::AuthzContext& context, std::optional<std::uint64_t> as_of
    ) = 0;
    /// Canonical text of the whole content: sorted rows, for comparing two indexes.
    virtual Result<std::string> dump() = 0;
};

}  // namespace entente::ledger
