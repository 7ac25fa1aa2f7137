#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "accounts/account_store.h"
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

using OpenAccounts =
    std::function<Result<std::unique_ptr<accounts::AccountStore>>(const std::filesystem::path&)>;

/// Everything a command needs to run and to speak. Standard output carries data only; hints and errors go to
/// standard error.
struct Session {
    service::Stores stores;
    const domain::Schema& schema;
    std::filesystem::path node;
    Style style;
    OpenAccounts accounts;

    Result<std::unique_ptr<service::Node>> open(service::Access access) const {
        return service::Node::open(node, access, stores, schema);
    }
    /// Who may sign in to the node; made when there was nobody yet.
    /// Errors  as Node::open
    Result<std::unique_ptr<accounts::AccountStore>> open_accounts() const;
};

/// Writes to standard output; a reader that went away is no error.
void print(std::string_view text);
/// Writes to standard error.
void say(std::string_view text);
/// What happened, what was kept, what to type next.
void say_error(const Error& error);

}  // namespace entente::cli
