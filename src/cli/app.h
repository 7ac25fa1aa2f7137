#pragma once

#include <vector>

#include "cli/session.h"

namespace entente::cli {

/// Reads the command line and runs one command. Gives the exit code of the process.
/// \param  accounts  opens the file of those who may sign in
int run(
    int count,
    char** arguments,
    const service::Stores& stores,
    const OpenAccounts& accounts,
    const domain::Schema& schema
);

/// Commands and their options as `entente completion` offers them.
struct CommandWords {
    std::string name;
    std::string help;
    std::vector<std::string> options;
};
std::vector<CommandWords> command_words();
/// The same of all that does something by itself, hidden ones among it: `account add` and not `account`.
std::vector<CommandWords> whole_commands();

}  // namespace entente::cli
