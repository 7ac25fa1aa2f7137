#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "domain/declaration.h"
#include "ledger/revision.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/content_columns.h"
#include "store/sqlite/index_texts.h"

namespace entente::store::sqlite {

/// Puts revisions into the tables of the index. Inside one transaction of the caller; not thread-safe. What
/// is sorted by something else than the order of the log is held back and put in sorted, many rows at once.
class IndexWriter {
public:
    IndexWriter(Connection& connection, const domain::Schema& schema)
        : connection_(connection),
          statements_(connection),
          contents_(
              [&connection](const std::string& sql) { return connection.prepare(sql); },
              ContentReader::From::tables
          ),
          numbers_(connection),
          schema_(schema) {
        check(texts_.add_functions(connection.raw()), "SQLite takes a function");
    }
    ~IndexWriter() { texts_.remove_functions(); }
    IndexWriter(const IndexWriter&) = delete;
    IndexWriter& operator=(const IndexWriter&) = delete;

    Result<void> put(const ledger::Revision& revision);
    /// Of a batch this may come before its rows or behind them.
    Result<void> put(const ledger::SystemEntry& entry);
    Result<void> put_label(const std::string& digest, const std::string& bytes);
    /// Puts in what is still held back. Called once, when all revisions are put.
    Result<void> finish();

private:
    struct Columns {
        bool exact = false;       ///< the columns say all; else the content is kept beside them
        std::uint64_t lists = 0;  ///< fields with rows in a table of their own, a bit each by position
    };
    struct TypeStatements {
        Statement* insert = nullptr;
        std::vector<Statement*> items;  ///< by position of the field; null where it has no table
    };

    Result<Statement*> statement(const std::string& sql) { return statements_.get(sql); }
    Result<TypeStatements*> statements_of(const domain::RecordType& type);
    Result<Statement*> item_statement(const domain::RecordType& type, const domain::Field& field);
    /// What the batch said is no longer current; what it had superseded or withdrawn is current again.
    Result<void> retract_batch(const ledger::SystemEntry& retraction);
    Result<std::vector<ledger::Revision>> replaced_by(std::int64_t batch);
    Result<std::int64_t> close_previous(const ledger::Revision& revision);
    Result<std::int64_t> next_rev();
    /// When an entry was recorded and by whom.
    Result<void> put_entry(std::uint64_t index, const std::string& t, const std::string& by);
    /// Puts in what is held back.
    Result<void> flush();
    Result<void> flush_references();
    Result<void> flush_handles();
    Result<void> flush_words();
    /// Drops the indexes over revisions once so many are new that they are made faster at the end.
    Result<void> count_for_indexes();
    /// Makes them again: at the end, or when they are asked.
    Result<void> restore_indexes();
    Result<Columns> put_fields(
        std::int64_t rev, const domain::RecordType& type, const std::vector<const json::value*>& values
    );
    /// Whether the columns say all.
    Result<bool> put_items(
        Statement& statement, std::int64_t rev, const domain::Field& field, const json::array& items
    );
    Result<void> put_links(
        std::int64_t rev, const domain::RecordType& type, const domain::Field& field, const json::value& value
    );

    TextsByNumber texts_;
    Connection& connection_;
    Statements statements_;
    ContentReader contents_;
    TextNumbers numbers_;
    const domain::Schema& schema_;
    std::map<std::string, std::int64_t> label_ids_;
    std::map<const domain::RecordType*, TypeStatements> types_;
    Statement* revision_ = nullptr;
    std::int64_t rev_ = 0;
    std::int64_t rows_before_ = 0, rows_put_ = 0;
    bool indexes_dropped_ = false, indexes_asked_ = false;
    std::optional<std::uint64_t> entry_;
    std::vector<std::pair<std::int64_t, std::string>> words_;
    std::vector<std::array<std::int64_t, 3>> references_;  ///< target, revision, field
    std::vector<std::pair<std::string, std::int64_t>> handles_;
};

/// First and last day of a record, by the day field of its type.
std::pair<std::optional<std::int64_t>, std::optional<std::int64_t>> days_of(
    const domain::RecordType& type, const domain::Content& content
);

}  // namespace entente::store::sqlite
