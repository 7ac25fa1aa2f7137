#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "trial.h"

namespace entente::crash {

/// One thing that the writer did, as the fault shim traced it. Paths are relative to the node.
struct Operation {
    enum class Kind : std::uint8_t { write, sync, truncate, create, unlink, rename, say } kind;
    std::string path;
    std::uint64_t offset = 0;  ///< of a write; the new size for a truncation
    std::string data;          ///< what was written or said; the old name for a renaming
};

std::vector<Operation> read_trace(const std::filesystem::path& file);

/// Makes the states in which a power cut can leave a node: what was flushed is there; of what was not, each
/// write may be there, gone, or there in some of its sectors, whatever the order; names made or removed since
/// their directory was flushed may be undone.
class PowerCut {
public:
    PowerCut(std::filesystem::path initial, std::vector<Operation> trace)
        : initial_(std::move(initial)), trace_(std::move(trace)) {}

    std::size_t operations() const { return trace_.size(); }
    /// The state after a cut behind `done` operations, drawn at random, in a directory that is replaced.
    /// Gives what the world had been told by then.
    Told make(std::size_t done, std::mt19937_64& random, const std::filesystem::path& node) const;

private:
    std::filesystem::path initial_;
    std::vector<Operation> trace_;
};

}  // namespace entente::crash
