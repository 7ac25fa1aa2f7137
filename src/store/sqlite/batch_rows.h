#pragma once

#include <memory>
#include <string>

#include "ledger/record_index.h"
#include "store/sqlite/connection.h"

namespace entente::store::sqlite {

/// The rows of the next batch on their way into the index behind `connection`, whose write transaction they
/// hold.
/// Requires  the index has caught up with the log
Result<std::unique_ptr<ledger::BatchRows>> make_batch_rows(
    Connection connection, const domain::Schema& schema, const std::string& label
);

/// Notes that the index holds all that the log holds.
Result<void> set_applied(Connection& connection, ledger::LedgerReader& reader, const ledger::Head& head);

}  // namespace entente::store::sqlite
