#pragma once

#include <filesystem>
#include <memory>

#include "domain/declaration.h"
#include "ledger/document_text.h"
#include "ledger/record_index.h"
#include "store/sqlite/index_memory.h"

namespace entente::store {

/// What a server keeps of the indexes that it reads: sets of bits by value and condition, and orders, 256 MiB at most.
inline constexpr std::size_t kMostRemembered = std::size_t{256} << 20;

/// The record index in one SQLite file. Disposable: commits are not flushed; after a power cut it is caught
/// up again from the ledger. A file made from other declarations, or damaged beyond opening, is emptied and
/// made anew. Base tables cannot be read but through the views that keep to visible labels: the connection of
/// a view refuses it. `read_text` reads documents when the index is made; without it they have no text. `memory` is for
/// whoever asks again and again: all openings that are given the same share what their views learn.
Result<std::unique_ptr<ledger::RecordIndex>> open_sqlite_record_index(
    const std::filesystem::path& file,
    const domain::Schema& schema,
    ledger::TextReader read_text = {},
    std::shared_ptr<sqlite::IndexMemory> memory = {}
);

/// Name of the index file for these declarations, such as `projection-3f1c09ab77d2.db`.
std::string record_index_name(const domain::Schema& schema);

}  // namespace entente::store
