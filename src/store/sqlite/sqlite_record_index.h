#pragma once

#include <filesystem>
#include <memory>

#include "domain/declaration.h"
#include "ledger/document_text.h"
#include "ledger/record_index.h"

namespace entente::store {

/// The record index in one SQLite file. Disposable: commits are not flushed; after a power cut it is caught
/// up again from the ledger. A file made from other declarations, or damaged beyond opening, is emptied and
/// made anew. Base tables cannot be read but through the views that keep to visible labels: the connection of
/// a view refuses it. `read_text` reads documents when the index is made; without it they have no text.
Result<std::unique_ptr<ledger::RecordIndex>> open_sqlite_record_index(
    const std::filesystem::path& file, const domain::Schema& schema, ledger::TextReader read_text = {}
);

/// Name of the index file for these declarations, such as `projection-3f1c09ab77d2.db`.
std::string record_index_name(const domain::Schema& schema);

}  // namespace entente::store
