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

/// What becomes of calls that open files: `table` readers never make them, and end at one; the library that
/// reads PDF looks for files that it can do without, and is told that there are none.
enum class FileCalls : std::uint8_t { ended, refused };

/// Gives up, for good, everything that reading needs not. False: the system could not do it.
bool confine(const WorkerLimits& limits, FileCalls files = FileCalls::ended);

}  // namespace entente::ingest::table
