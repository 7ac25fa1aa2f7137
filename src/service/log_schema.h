#pragma once

#include <vector>

#include "domain/declaration.h"
#include "ledger/ledger.h"
#include "ledger/revision.h"

namespace entente::service {

/// Puts on the record every declaration (record type or code list) that `known` does not hold in its present
/// form, so that the log explains itself. A later version of a declaration keeps the id of the earlier one.
Result<void> log_declarations(
    ledger::Ledger& ledger,
    const domain::Schema& schema,
    const std::vector<ledger::SystemEntry>& known,
    const std::string& label
);

}  // namespace entente::service
