#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/document_text.h"
#include "ledger/revision.h"
#include "ledger/store.h"
#include "ledger/vault.h"
#include "store/sqlite/connection.h"

namespace entente::store::sqlite {

/// The text of documents in the index: a row a page, under the revision and so under its label. It lies
/// nowhere else, and is read out of the kept bytes again whenever the index is made.
std::string page_table();

/// Gives a revision the text of its document, if it is one that brought bytes. Bytes that do not open give no
/// text here; verify tells of them.
Result<void> attach_text(
    ledger::Revision& revision,
    ledger::LedgerReader& reader,
    ledger::Vault& vault,
    const ledger::TextReader& read_text
);

/// Puts the pages of a revision in: its own, or those of the revision before, whose file it keeps. Gives the
/// words of all of them for the full text.
Result<std::string> put_pages(Statements& statements, std::int64_t rev, const ledger::Revision& revision);

}  // namespace entente::store::sqlite
