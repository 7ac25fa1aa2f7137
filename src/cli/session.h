#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "cli/terminal.h"
#include "service/node.h"

namespace entente::cli {

/// Exit codes, as the README lists them.
enum class Exit : int {
    done = 0,
    nothing_found = 1,
    wrong_command = 2,
    refused = 3,
    record_damaged = 4,
    busy = 5,
    bug = 70
};

/// Exit code of an error.
Exit exit_of(ErrorCode code);

/// Everything a command needs to run and to speak. Standard output carries data only; hints and errors go to
/// standard error.
struct Session {
    service::Stores stores;
    const domain::Schema& schema;
    std::filesystem::path node;
    Style style;

    Result<std::unique_ptr<service::Node>> open(service::Access access) const {
        return service::Node::open(node, access, stores, schema);
    }
};

/// Writes to standard output; a reader that went away is no error.
void print(std::string_view text);
/// Writes to standard error.
void say(std::string_view text);
/// What happened, what was kept, what to type next.
void say_error(const Error& error);

}  // namespace entente::cli
