#pragma once

#include <vector>

#include "cli/session.h"

namespace entente::cli {

/// Reads the command line and runs one command. Gives the exit code of the process.
int run(int count, char** arguments, const service::Stores& stores, const domain::Schema& schema);

/// Commands and their options as `entente completion` offers them.
struct CommandWords {
    std::string name;
    std::string help;
    std::vector<std::string> options;
};
std::vector<CommandWords> command_words();

}  // namespace entente::cli
