#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "ledger/note.h"

namespace entente::crash {

/// Call number `at` of the writer goes wrong as `mode` says; 0 only counts.
struct Fault {
    long at = 0;
    std::string mode;
};

struct Run {
    std::vector<std::string> lines;
    bool killed = false;
    int exit_code = 0;
};

Run run_writer(
    const std::filesystem::path& node,
    const Fault& fault,
    const std::string& plant = {},
    const std::filesystem::path& log = {},
    const std::filesystem::path& trace = {}
);

/// Runs crash_writer with its many threads, without the shim, and kills it after a while.
Run run_writers_until_killed(const std::filesystem::path& node, std::chrono::microseconds after);

/// What the world was told by one run.
struct Told {
    struct Ack {
        std::uint64_t index;
        Hash leaf;
    };
    std::map<std::string, Ack> acks;
    std::optional<ledger::Checkpoint> checkpoint;  ///< the last one that was handed out
    bool went_on_after_refusal = false;
    static Told read(const std::vector<std::string>& lines);
};

/// Opens a node after a crash and holds it against what was told: everything acknowledged is there, verify is
/// clean, a retry of everything ends in one entry for each key. Gives what is wrong; empty when all is well.
std::vector<std::string> check_after_crash(
    const std::filesystem::path& node, const Told& told, const std::string& plant = {}
);

/// A directory for scratch nodes, in memory where the system has such a place: a kill does not care about
/// flushes.
class Scratch {
public:
    Scratch();
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// Replaces a directory by a copy of another.
void copy_node(const std::filesystem::path& from, const std::filesystem::path& to);

std::uint64_t from_environment(const char* name, std::uint64_t otherwise);

}  // namespace entente::crash
