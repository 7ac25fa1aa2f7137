#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ingest/table/confined_table.h"

namespace entente::ingest::table {

/// The words with which this program is executed to be a worker; argv[1] on.
std::vector<std::string> worker_words(
    const std::string& name, const TableOptions& options, const WorkerLimits& limits
);

/// How a worker ends when it cannot send an error.
inline constexpr int kExitOutOfMemory = 77;
inline constexpr int kExitBug = 78;
inline constexpr int kExitNotConfined = 79;

}  // namespace entente::ingest::table
