#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/declaration.h"
#include "ledger/revision.h"
#include "store/sqlite/connection.h"

namespace entente::store::sqlite {

/// Puts revisions into the tables of the index. Inside one transaction of the caller; not thread-safe.
class IndexWriter {
public:
    IndexWriter(Connection& connection, const domain::Schema& schema)
        : statements_(connection), schema_(schema) {}

    Result<void> put(const ledger::Revision& revision);
    Result<void> put(const ledger::SystemEntry& entry);
    Result<void> put_label(const std::string& digest, const std::string& bytes);

private:
    Result<Statement*> statement(const std::string& sql) { return statements_.get(sql); }
    /// What the batch said is no longer current; what it had superseded or withdrawn is current again.
    Result<void> retract_batch(const ledger::SystemEntry& retraction);
    Result<std::vector<ledger::Revision>> replaced_by(std::int64_t batch);
    Result<std::int64_t> close_previous(const ledger::Revision& revision);
    Result<void> put_words(std::int64_t rev, const domain::RecordType& type, const domain::Content& content);
    Result<void> put_fields(std::int64_t rev, const domain::RecordType& type, const domain::Content& content);
    Result<void> put_items(
        std::int64_t rev, const domain::RecordType& type, const domain::Field& field, const json::value& value
    );
    Result<void> put_links(
        std::int64_t rev, const domain::RecordType& type, const domain::Field& field, const json::value& value
    );

    Statements statements_;
    const domain::Schema& schema_;
    std::map<std::string, std::int64_t> label_ids_;
};

/// First and last day of a record, by the day field of its type.
std::pair<std::optional<std::int64_t>, std::optional<std::int64_t>> days_of(
    const domain::RecordType& type, const domain::Content& content
);

}  // namespace entente::store::sqlite
