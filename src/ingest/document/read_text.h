#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "ledger/document_text.h"

namespace entente::ingest::document {

/// What reading a file may cost.
struct TextLimits {
    std::chrono::milliseconds wall{120'000};
    unsigned processor_seconds = 60;
    std::uint64_t memory_bytes = 768U << 20;  ///< address space
    std::uint64_t text_bytes = 16U << 20;     ///< of all pages
    std::uint32_t pages = 20'000;
};

/// Reads the text out of a file. PDF and workbooks are read in a process of its own, which may read one file
/// and write one pipe and call the system for nothing else; text is taken as it is. Never fails: a file that
/// is damaged, hostile, locked or without text gives no pages, and `why_none` says why.
ledger::DocumentText read_text(
    std::string_view media_type, std::string_view bytes, const TextLimits& limits = {}
);

/// `read_text` that remembers the last file it read: a command that takes a file in reads it once for what it
/// says of it and once for the index. Safe from any thread.
ledger::TextReader remembering_text_reader();

}  // namespace entente::ingest::document
