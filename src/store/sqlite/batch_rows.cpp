#include "store/sqlite/batch_rows.h"

#include <utility>

#include <fmt/format.h>

#include "base/check.h"
#include "base/codec.h"
#include "policy/label.h"
#include "store/sqlite/index_relay.h"
#include "store/sqlite/index_writer.h"

namespace entente::store::sqlite {
namespace {

class SqliteBatchRows final : public ledger::BatchRows {
public:
    SqliteBatchRows(Connection connection, const domain::Schema& schema)
        : connection_(std::move(connection)), writer_(connection_, schema), relay_(writer_) {}

    ~SqliteBatchRows() override {
        if (kept_) return;
        (void)relay_.finish();
        (void)connection_.execute("ROLLBACK");
    }

    Result<void> begin(const std::string& label) {
        // Texts and handles come in any order: their trees are written all over, and what does not fit is
        // written twice.
        ENTENTE_RETURN_IF_ERROR(connection_.execute("PRAGMA cache_size=-160000; BEGIN IMMEDIATE"));
        label_ = policy::label_digest(label);
        return relay_.put(IndexRelay::Label{label_, label});
    }

    Result<void> put(ledger::Revision row) override {
        if (!row.label.empty() && row.label != label_)
            return fail(
                ErrorCode::invalid_argument, "label", "found a row with another label than its batch"
            );
        row.label = label_;
        index_ = row.index;
        return relay_.put(std::move(row));
    }

    void end() override { relay_.end(); }

    Result<void> keep(ledger::LedgerStore& store) override {
        ENTENTE_ASSIGN_OR_RETURN(const auto reader, store.read());
        ENTENTE_ASSIGN_OR_RETURN(const auto head, reader->head());
        check(
            index_ && head.size == *index_ + 1, "nothing is written to the log behind a batch that is kept"
        );
        ENTENTE_ASSIGN_OR_RETURN(auto batch, ledger::read_system_entry(*reader, *index_));
        ENTENTE_RETURN_IF_ERROR(relay_.finish());
        ENTENTE_RETURN_IF_ERROR(writer_.put(batch));
        ENTENTE_RETURN_IF_ERROR(set_applied(connection_, *reader, head));
        ENTENTE_RETURN_IF_ERROR(connection_.execute("COMMIT"));
        kept_ = true;
        return {};
    }

private:
    Connection connection_;
    IndexWriter writer_;
    IndexRelay relay_;
    std::string label_;
    std::optional<std::uint64_t> index_;
    bool kept_ = false;
};

}  // namespace

Result<std::unique_ptr<ledger::BatchRows>> make_batch_rows(
    Connection connection, const domain::Schema& schema, const std::string& label
) {
    auto rows = std::make_unique<SqliteBatchRows>(std::move(connection), schema);
    ENTENTE_RETURN_IF_ERROR(rows->begin(label));
    return rows;
}

Result<void> set_applied(Connection& connection, ledger::LedgerReader& reader, const ledger::Head& head) {
    std::string last;
    if (head.size > 0) {
        ENTENTE_ASSIGN_OR_RETURN(const auto hashes, reader.entry_hashes(head.size - 1));
        last = hex(hashes);
    }
    return connection.execute(fmt::format(
        "UPDATE state SET value='{}' WHERE name='applied'; UPDATE state SET value='{}' WHERE name='last'",
        head.size,
        last
    ));
}

}  // namespace entente::store::sqlite
