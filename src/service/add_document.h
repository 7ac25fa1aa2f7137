#pragma once

#include <filesystem>
#include <string>

#include "ledger/document_text.h"
#include "service/write_record.h"

namespace entente::service {

struct AddedDocument {
    Written written;
    bool on_record = false;  ///< the same bytes from the same source were there before; nothing was added
    ledger::DocumentText text;
};

/// Takes a file in: finds out what it is, reads its text, and puts record and bytes on the record in one
/// commit. The same bytes from the same source again add nothing.
/// Errors  not_found, unavailable: the file · invalid_argument: empty, over 64 MiB, no regular file, a field
///         · unavailable: not enough space; nothing was written
Result<AddedDocument> add_document(
    Node& node, const std::filesystem::path& file, const TypedFields& fields, const WriteOptions& options
);

/// A document found by what a person types, with its bytes: all of them, opened and held against their
/// digest.
struct OpenDocument {
    ledger::Revision record;
    std::string bytes;
};

/// Errors  not_found: no such document on record, or its bytes were erased · corrupt: the bytes are damaged;
/// none are given out
Result<OpenDocument> open_document(Node& node, ledger::RecordView& view, const std::string& id);

}  // namespace entente::service
