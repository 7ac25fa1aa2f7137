#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>

#include "base/result.h"
#include "ingest/table/open_table.h"

namespace entente::ingest::table {

/// What reading a file may cost; for each 50 MiB of the file, the first begun.
struct WorkerLimits {
    std::chrono::milliseconds wall{
        30'000};  ///< time waited for the worker, not the time of whoever takes rows
    unsigned processor_seconds = 10;
    std::uint64_t memory_bytes = 512U << 20;  ///< address space; in all, whatever the size of the file
};

/// Opens a table that is read in a process of its own: this program executed anew, which may read one file
/// and write one pipe and call the system for nothing else; no file, no network, no further process, no
/// secrets of ours in its memory. Whoever reads cannot tell it from `open_table`.
/// Errors  as open_table; and invalid_argument with file, last row and limit when the worker was stopped
Result<std::unique_ptr<TableReader>> open_confined_table(
    const std::filesystem::path& path, const TableOptions& options = {}, const WorkerLimits& limits = {}
);

}  // namespace entente::ingest::table
